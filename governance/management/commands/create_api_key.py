"""Issues an API key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from governance import audit, keys
from governance.management import arguments
from governance.rules import key_expiry
from governance.rules.scopes import BOT_SCOPES


class Command(BaseCommand):
    """`create_api_key --namespace acme/support --name helpdesk`."""

    help = "Issue an API key. Its text is printed on standard output, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For which namespace, and what it opens."""
        parser.add_argument("--namespace", required=True, help="organization/namespace")
        parser.add_argument("--name", required=True, type=arguments.short)
        parser.add_argument(
            "--scopes",
            nargs="+",
            default=[scope.value for scope in BOT_SCOPES],
            help="what it may do; `all` for everything; default: what a bot needs",
        )
        parser.add_argument(
            "--expires",
            type=arguments.day,
            metavar="YYYY-MM-DD",
            help="the last day (UTC) on which it is accepted",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Issue it; the key alone goes to standard output, so that it can be captured."""
        now, last_day = timezone.now(), options["expires"]
        if last_day and key_expiry.is_past(last_day, now=now):
            raise CommandError(f"{last_day} is over.")
        key, text = keys.issue(
            arguments.namespace(options["namespace"]),
            name=options["name"],
            scopes=arguments.scopes(options["scopes"]),
            expires_at=key_expiry.end_of(last_day) if last_day else None,
            actor=audit.SYSTEM,
            now=now,
        )
        self.stderr.write(
            f"Key {key.prefix} may: {', '.join(key.scopes)}. Keep it: it is not shown again."
        )
        self.stdout.write(text)
