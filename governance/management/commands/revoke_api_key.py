"""Revokes an API key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance import access, audit, keys
from governance.management import arguments
from governance.models import ApiKey


class Command(BaseCommand):
    """`revoke_api_key --namespace acme/support --prefix abcdefgh`."""

    help = "Revoke an API key; from the next request on it is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which; the prefix, because a whole key would stay in the shell's history."""
        parser.add_argument("--namespace", required=True, help="organization/namespace")
        parser.add_argument("--prefix", required=True, help="the key's public part, 8 characters")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Revoke it; one that is revoked already stays so."""
        namespace, prefix = arguments.namespace(options["namespace"]), options["prefix"]
        with access.scope(namespace.pk):
            key = ApiKey.objects.filter(namespace=namespace, prefix=prefix).first()
        if key is None:
            raise CommandError(f"There is no key {prefix} in {options['namespace']}.")
        keys.revoke(key.pk, namespace_id=namespace.pk, actor=audit.SYSTEM, now=timezone.now())
        self.stdout.write(f"Key {prefix} is revoked.")
