"""Has a namespace, a key and staff ready to try the site with; prints them as one JSON line.

It stands in this app and not in governance because it asks whether episodes exist.
"""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from governance import access, audit, keys, namespaces, organizations, staff
from governance.errors import KeyRefused
from governance.models import ApiKey, Membership, Namespace, Organization
from governance.models.access import Role
from governance.rules.scopes import ALL_SCOPES
from memories.models import Episode

SLUG = KEY_NAME = "demo"
# A superuser's role in one organization adds nothing; it marks the account as the demo's.
STAFF = (("admin", Role.OWNER, True), ("officer", Role.PRIVACY_OFFICER, False))


class Command(BaseCommand):
    """`setup_demo [--existing FILE]`."""

    help = "Have the demo's namespace, key and staff ready; print them as one JSON line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What an earlier call printed, if it was kept."""
        parser.add_argument("--existing", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer with what was kept if it still works, or else with new secrets."""
        now = timezone.now()
        kept = _kept(options["existing"])
        with transaction.atomic():
            organization, _ = organizations.find_or_create(SLUG, name="Demo")
            namespace = _namespace(organization, now=now)
            if not _still_works(kept, namespace, now=now):
                kept = _new_secrets(organization, namespace, now=now)
        with access.scope(namespace.pk):
            fresh = not Episode.objects.filter(namespace=namespace).exists()
        self.stdout.write(json.dumps({**kept, "fresh": fresh}))


def _kept(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _namespace(organization: Organization, *, now: datetime) -> Namespace:
    found = Namespace.objects.filter(organization=organization, slug=SLUG).first()
    return found or namespaces.create(organization, slug=SLUG, actor=audit.SYSTEM, now=now)


def _still_works(kept: dict[str, Any], namespace: Namespace, *, now: datetime) -> bool:
    try:
        opened = access.authenticate(str(kept.get("api_key", "")), now=now)
    except KeyRefused:
        return False
    # A key of an earlier version may lack what came since.
    whole = set(ALL_SCOPES) <= set(opened.scopes)
    return opened.namespace == namespace and whole and "staff" in kept


def _new_secrets(
    organization: Organization, namespace: Namespace, *, now: datetime
) -> dict[str, Any]:
    _revoke_old_keys(namespace, now=now)
    _, text = keys.issue(namespace, name=KEY_NAME, scopes=ALL_SCOPES, actor=audit.SYSTEM, now=now)
    return {
        "namespace": namespace.slug,
        "namespace_id": str(namespace.pk),
        "api_key": text,
        "staff": [
            {
                "username": username,
                "password": _new_password(username, organization, role, superuser=superuser),
                "role": "SUPERUSER" if superuser else role.value,
            }
            for username, role, superuser in STAFF
        ],
    }


def _revoke_old_keys(namespace: Namespace, *, now: datetime) -> None:
    with access.scope(namespace.pk):
        old = ApiKey.objects.filter(namespace=namespace, name=KEY_NAME, revoked_at=None)
        for key_id in list(old.values_list("pk", flat=True)):
            keys.revoke(key_id, namespace_id=namespace.pk, actor=audit.SYSTEM, now=now)


def _new_password(username: str, organization: Organization, role: Role, *, superuser: bool) -> str:
    password = staff.new_password()
    user = User.objects.filter(username=username).first()
    if user is None:
        user = staff.create_account(username, password=password, superuser=superuser)
        staff.appoint(user, organization=organization, role=role)
    elif Membership.objects.filter(organization=organization, user=user).exists():
        staff.set_password(user, password)
    else:
        raise CommandError(
            f"There is an account {username} that is not the demo's. Set the demo up elsewhere."
        )
    return password
