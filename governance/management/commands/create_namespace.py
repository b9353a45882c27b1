"""Creates a namespace, and its organization if that is missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from governance import audit, namespaces, organizations
from governance.management import arguments
from governance.models import Namespace


class Command(BaseCommand):
    """`create_namespace --organization acme --namespace support --region eu`."""

    help = "Create a namespace with its memory types, and its organization if that is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and what it is called."""
        parser.add_argument("--organization", required=True, type=arguments.slug)
        parser.add_argument("--namespace", required=True, type=arguments.slug)
        parser.add_argument("--region", default="eu", type=arguments.region)
        parser.add_argument("--name", default="", help="for people to read; default: the slug")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Create what is missing and say what was there."""
        path = f"{options['organization']}/{options['namespace']}"
        with transaction.atomic():
            organization, founded = organizations.find_or_create(options["organization"])
            namespace = Namespace.objects.filter(
                organization=organization, slug=options["namespace"]
            ).first()
            if namespace is not None:
                self.stdout.write(f"Namespace {path} is there already ({namespace.pk}).")
                return
            namespace = namespaces.create(
                organization,
                slug=options["namespace"],
                name=options["name"],
                region=options["region"],
                actor=audit.SYSTEM,
                now=timezone.now(),
            )
        if founded:
            self.stdout.write(f"Organization {organization.slug} was created.")
        self.stdout.write(f"Namespace {path} was created ({namespace.pk}).")
