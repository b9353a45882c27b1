"""Memory types are defined and changed by verbs that audit."""

import pytest
from django.utils import timezone

from governance import access, audit, memory_types, namespaces
from governance.errors import InvalidInput, NotFound
from governance.models import AuditEvent, MemoryType, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    organization = Organization.objects.create(slug="bakery", name="Bakery")
    return namespaces.create(organization, slug="shop", actor=audit.SYSTEM, now=timezone.now())


def define(home, **fields):
    fields = {"name": "allergy", "description": "What they cannot eat.", **fields}
    return memory_types.define(home, fields=fields, actor=audit.SYSTEM, now=timezone.now())


def change(memory_type, **fields):
    return memory_types.change(memory_type, fields=fields, actor=audit.SYSTEM, now=timezone.now())


def events(home, action):
    with access.scope(home.pk):
        return list(AuditEvent.objects.filter(namespace=home, action=action.value))


def test_a_type_is_defined_and_audited(home):
    allergy = define(home, sensitivity="special", slots=["nuts"])

    with access.scope(home.pk):
        kept = MemoryType.objects.get(namespace=home, pk=allergy.pk)
    assert (kept.name, kept.sensitivity, kept.slots) == ("allergy", "special", ["nuts"])
    assert [event.target_id for event in events(home, audit.Action.TYPE_DEFINED)] == [
        str(allergy.pk)
    ]


def test_a_name_is_used_once(home):
    define(home)

    with pytest.raises(InvalidInput) as refusal:
        define(home)

    assert [error.field for error in refusal.value.fields] == ["name"]


def test_a_change_says_which_fields_and_not_what(home):
    allergy = define(home)

    changed = change(allergy, description="secret plan", pinned=True, active=True)

    assert (changed.pinned, changed.description) == (True, "secret plan")
    (event,) = events(home, audit.Action.TYPE_CHANGED)
    assert event.details == {"fields": ["description", "pinned"]}


def test_a_change_to_what_is_there_writes_nothing(home):
    allergy = define(home)

    change(allergy, pinned=False)

    assert events(home, audit.Action.TYPE_CHANGED) == []


def test_the_name_stays(home):
    allergy = define(home)

    with pytest.raises(InvalidInput) as refusal:
        change(allergy, name="other")

    assert [error.field for error in refusal.value.fields] == ["name"]


def test_a_type_that_is_gone_is_not_found(home):
    with pytest.raises(NotFound):
        change(MemoryType(namespace=home, name="ghost"), pinned=True)
