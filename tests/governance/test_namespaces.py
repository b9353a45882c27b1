"""Namespaces are born with their types, their model and an event."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance import access, namespaces
from governance.audit import SYSTEM
from governance.errors import InvalidInput
from governance.models import AuditEvent, MemoryType, Namespace
from governance.rules import seeds
from tests.conftest import make_namespace

pytestmark = pytest.mark.django_db


def create(organization, slug, **settings):
    return namespaces.create(
        organization, slug=slug, actor=SYSTEM, now=timezone.now(), settings=settings
    )


def test_a_namespace_is_born_with_the_seeded_types_and_an_event():
    made = make_namespace()

    with access.scope(made.pk):
        names = set(MemoryType.objects.values_list("name", flat=True))
        events = list(AuditEvent.objects.values_list("action", "target_id"))
    assert names == {seed["name"] for seed in seeds.MEMORY_TYPES}
    assert events == [("namespace.created", str(made.pk))]


def test_the_model_is_written_down_at_birth(settings):
    made = make_namespace()

    settings.EMBEDDING_MODEL = "local:another"

    made.refresh_from_db()
    assert made.settings == {"embedding_model": "local:bge-small-en-v1.5"}


def test_settings_outside_the_schema_make_no_namespace():
    before = Namespace.objects.count()

    with pytest.raises(InvalidInput):
        make_namespace(colour="red")

    assert Namespace.objects.count() == before


def test_a_path_is_used_once_in_an_organization(namespace):
    with pytest.raises(IntegrityError), transaction.atomic():
        create(namespace.organization, namespace.slug)

    assert create(namespace.organization, "second").slug == "second"


def test_a_namespace_is_found_by_its_path(namespace):
    path = f"{namespace.organization.slug}/{namespace.slug}"

    assert namespaces.by_path(path) == namespace
    for wrong in ("", "/", path + "x", namespace.slug, f"x/{namespace.slug}"):
        with pytest.raises(Namespace.DoesNotExist):
            namespaces.by_path(wrong)


def test_a_sweep_walks_them_all(namespace):
    other = make_namespace()

    assert {namespace.pk, other.pk} <= set(namespaces.all_ids())
