"""Memory types in the admin: defined and changed by the verbs, refused by field."""

import pytest

from governance import access
from governance.models import AuditEvent, MemoryType, Namespace, Organization
from governance.models.access import Role
from tests.governance.house import page, posted

pytestmark = pytest.mark.django_db


def type_form(namespace, **given):
    return {
        "namespace": str(namespace.pk),
        "name": "allergy",
        "description": "What they cannot eat.",
        "data_schema": "{}",
        "slots": "",
        "precedence": "0",
        "half_life_days": "",
        "sensitivity": "special",
        "active": "on",
        **given,
    }


def test_a_memory_type_is_defined_and_changed_on_the_record(bakery, dairy, client):
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))

    assert posted(client.post(page(MemoryType, "add"), type_form(bakery.namespace))) == 302
    with access.scope(bakery.namespace.pk):
        allergy = MemoryType.objects.get(namespace=bakery.namespace, name="allergy")
    changed = type_form(dairy.namespace, name="other", slots="nuts,milk", data_schema="")
    assert posted(client.post(page(MemoryType, "change", allergy.pk), changed)) == 302

    with access.scope(bakery.namespace.pk):
        allergy.refresh_from_db()
        actions = AuditEvent.objects.filter(target_id=str(allergy.pk)).order_by("id")
        assert [event.action for event in actions] == ["type.defined", "type.changed"]
    assert (allergy.name, allergy.slots, allergy.data_schema) == ("allergy", ["nuts", "milk"], {})
    assert allergy.namespace_id == bakery.namespace.pk


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"data_schema": '{"type": "nonsense"}'}, "data_schema"),
        ({"data_schema": "[1]"}, "data_schema"),
        ({"data_schema": "{"}, "data_schema"),
        ({"data_schema": '{"title": "\\u0000"}'}, "data_schema"),
        ({"name": "Upper"}, "name"),
        ({"name": "profile"}, "__all__"),
        ({"slots": "a,a"}, "slots"),
        ({"half_life_days": "nan"}, "half_life_days"),
        ({"half_life_days": "0"}, "half_life_days"),
        ({"precedence": "40000"}, "precedence"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"description": ""}, "description"),
    ],
)
def test_a_memory_type_that_cannot_be_kept_is_refused_by_field(bakery, root, client, given, field):
    client.force_login(root)

    answer = client.post(page(MemoryType, "add"), type_form(bakery.namespace, **given))

    assert list(posted(answer)) == [field]


def test_a_memory_type_is_defined_in_a_namespace_of_ones_own(bakery, dairy, client):
    client.force_login(bakery.member(Role.OWNER))

    answer = client.post(page(MemoryType, "add"), type_form(dairy.namespace))

    assert list(posted(answer)) == ["namespace"]


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.VIEWER])
def test_who_only_looks_changes_nothing(bakery, client, role):
    client.force_login(bakery.member(role))
    with access.scope(bakery.namespace.pk):
        profile = MemoryType.objects.get(namespace=bakery.namespace, name="profile")

    for answer in (
        client.post(page(MemoryType, "add"), type_form(bakery.namespace)),
        client.post(page(MemoryType, "change", profile.pk), type_form(bakery.namespace)),
        client.post(page(Namespace, "add"), {"slug": "new"}),
        client.post(page(Organization, "change", bakery.organization.pk), {"name": "Mine"}),
    ):
        assert answer.status_code == 403
