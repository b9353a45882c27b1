"""Create namespaces, with their memory types and settings."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings as site

from governance import access, audit, setting_checks
from governance.audit import Action, Actor
from governance.models import MemoryType, Namespace, Organization
from governance.rules import seeds


def create(  # noqa: PLR0913 - each is a column, or who and when
    organization: Organization,
    *,
    slug: str,
    actor: Actor,
    now: datetime,
    name: str = "",
    region: str = "eu",
    settings: dict[str, Any] | None = None,
) -> Namespace:
    """A namespace with the seeded memory types.

    The embedding model is written down at birth, so that a later change of the site's default
    does not make its vectors unreadable. Raises InvalidInput for settings that cannot be used.
    """
    given = {"embedding_model": site.EMBEDDING_MODEL, **(settings or {})}
    setting_checks.check(given)
    namespace = Namespace(
        organization=organization, slug=slug, name=name or slug, region=region, settings=given
    )
    with access.scope(namespace.pk):
        access.admit(namespace.pk)
        namespace.save(force_insert=True)
        seed_types(namespace)
        audit.record(
            Action.NAMESPACE_CREATED,
            namespace_id=namespace.pk,
            actor=actor,
            target=namespace,
            now=now,
            details={"region": region},
        )
    return namespace


def seed_types(namespace: Namespace) -> None:
    """The four types that every bot needs. Inside the namespace's scope."""
    MemoryType.objects.bulk_create(
        [MemoryType(namespace=namespace, **seed) for seed in seeds.MEMORY_TYPES]
    )


def by_path(path: str) -> Namespace:
    """The namespace written `organization/namespace`. Raises Namespace.DoesNotExist."""
    organization, _, slug = path.partition("/")
    return Namespace.objects.select_related("organization").get(
        organization__slug=organization, slug=slug
    )


def all_ids() -> list[uuid.UUID]:
    """Every namespace: what a sweep walks, one scope after another."""
    return list(Namespace.objects.order_by("pk").values_list("pk", flat=True))
