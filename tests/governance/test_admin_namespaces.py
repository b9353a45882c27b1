"""Namespaces in the admin: made by the verb, settings refused by field, their place fixed."""

import pytest

from governance import access, staff
from governance.models import AuditEvent, MemoryType, Namespace
from governance.models.access import Role
from governance.rules import namespace_settings
from tests.governance.house import page, posted

pytestmark = pytest.mark.django_db


def new_namespace(organization, **settings):
    return {"organization": str(organization.pk), "slug": "new", "name": "", "region": "eu"} | {
        name: settings.get(name, "") for name in namespace_settings.SCHEMA["properties"]
    }


@pytest.mark.parametrize("by", ["root", "owner"])
def test_a_new_namespace_has_its_types(bakery, root, client, by):
    who = root if by == "root" else bakery.member(Role.OWNER)
    client.force_login(who)

    answer = client.post(page(Namespace, "add"), new_namespace(bakery.organization, trace_days=30))

    assert posted(answer) == 302
    new = Namespace.objects.get(organization=bakery.organization, slug="new")
    assert new.settings["trace_days"] == 30
    assert new.settings["embedding_model"]
    with access.scope(new.pk):
        assert MemoryType.objects.filter(namespace=new).count() == 4
        event = AuditEvent.objects.get(namespace=new)
    assert (event.action, event.actor_kind, event.actor_id) == (
        "namespace.created",
        "staff",
        str(who.pk),
    )
    assert client.get(page(Namespace, "change", new.pk)).status_code == 200
    shown = client.get(page(MemoryType, "changelist"), {"namespace": str(new.pk)})
    assert len(shown.context["cl"].result_list) == 4


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"message_days": -1}, "message_days"),
        ({"trace_days": 0}, "trace_days"),
        ({"trace_days": "many"}, "trace_days"),
        ({"requests_per_minute": -5}, "requests_per_minute"),
        ({"embedding_model": "nonsense"}, "embedding_model"),
        ({"default_strategy": "Not A Name"}, "default_strategy"),
        ({"language": "klingon"}, "language"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(bakery, root, client, settings, field):
    client.force_login(root)

    answer = client.post(page(Namespace, "add"), new_namespace(bakery.organization, **settings))
    assert list(posted(answer)) == [field]
    unchanged = dict(bakery.namespace.settings)
    answer = client.post(
        page(Namespace, "change", bakery.namespace.pk),
        new_namespace(bakery.organization, **settings),
    )
    bakery.namespace.refresh_from_db()
    assert bakery.namespace.settings == unchanged
    # The model of what is there is not asked for again, so it cannot be wrong.
    assert posted(answer) == 302 if field == "embedding_model" else list(posted(answer)) == [field]


def test_a_namespaces_place_and_model_stay(bakery, dairy, root, client):
    client.force_login(root)
    model = bakery.namespace.settings["embedding_model"]

    answer = client.post(
        page(Namespace, "change", bakery.namespace.pk),
        new_namespace(dairy.organization, embedding_model="local:other", message_days=0)
        | {"region": "us"},
    )

    assert posted(answer) == 302
    bakery.namespace.refresh_from_db()
    assert bakery.namespace.settings == {"embedding_model": model, "message_days": 0}
    assert (bakery.namespace.organization, bakery.namespace.slug, bakery.namespace.region) == (
        bakery.organization,
        "main",
        "us",
    )


def test_a_namespace_is_made_in_an_organization_of_ones_own(bakery, dairy, client):
    client.force_login(bakery.member(Role.OWNER))

    answer = client.post(page(Namespace, "add"), new_namespace(dairy.organization))

    assert list(posted(answer)) == ["organization"]


def test_a_role_elsewhere_does_not_count_here(bakery, dairy, client):
    mona = bakery.member(Role.OWNER)
    staff.appoint(mona, organization=dairy.organization, role=Role.VIEWER)
    client.force_login(mona)

    answer = client.post(
        page(Namespace, "change", dairy.namespace.pk),
        new_namespace(dairy.organization) | {"region": "us"},
    )

    assert answer.status_code == 403
    dairy.namespace.refresh_from_db()
    assert dairy.namespace.region == "eu"
    assert list(posted(client.post(page(Namespace, "add"), new_namespace(dairy.organization)))) == [
        "organization"
    ]


def test_who_only_looks_sees_the_settings(bakery, client):
    client.force_login(bakery.member(Role.VIEWER))

    shown = client.get(page(Namespace, "change", bakery.namespace.pk)).content.decode()

    assert bakery.namespace.settings["embedding_model"] in shown
    assert 'name="_save"' not in shown
