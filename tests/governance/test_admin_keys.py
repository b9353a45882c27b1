"""API keys in the admin: issued, shown once, revoked."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access, staff
from governance.errors import KeyRefused
from governance.models import ApiKey, AuditEvent
from governance.models.access import Role
from governance.rules.scopes import Scope
from tests.governance.house import page

pytestmark = pytest.mark.django_db


def key_form(namespace, **given):
    return {
        "namespace": str(namespace.pk),
        "name": "till",
        "scopes": ["recall", "memories:read"],
        "last_day": "",
    } | given


def test_a_key_is_shown_once(bakery, client):
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))
    today = timezone.now().date()

    answer = client.post(
        page(ApiKey, "add"), key_form(bakery.namespace, last_day=today.isoformat())
    )

    (text,) = re.findall(r"rmb_[A-Za-z0-9_-]+", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert text not in str(answer.cookies)
    opened = access.authenticate(text, now=timezone.now())
    assert opened.scopes == {Scope.RECALL.value, Scope.READ.value}
    with pytest.raises(KeyRefused):
        access.authenticate(text, now=timezone.now() + timedelta(days=1))
    for again in (page(ApiKey, "changelist"), page(ApiKey, "change", opened.key_id)):
        assert text[-43:] not in client.get(again).content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "soon"}, "last_day"),
        ({"namespace": "nonsense"}, "namespace"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_by_field(bakery, root, client, given, field):
    client.force_login(root)

    answer = client.post(page(ApiKey, "add"), key_form(bakery.namespace) | given)

    assert list(answer.context["form"].errors) == [field]


def test_a_key_is_issued_in_a_namespace_of_ones_own(bakery, dairy, client):
    client.force_login(bakery.member(Role.NAMESPACE_ADMIN))

    answer = client.post(page(ApiKey, "add"), key_form(dairy.namespace))

    assert list(answer.context["form"].errors) == ["namespace"]
    client.force_login(bakery.member(Role.PRIVACY_OFFICER))
    assert client.post(page(ApiKey, "add"), key_form(bakery.namespace)).status_code == 403


def revoke(client, *houses):
    return client.post(
        page(ApiKey, "changelist"),
        {"action": "revoke", "_selected_action": [str(house.key.pk) for house in houses]},
    )


def works(house):
    try:
        return bool(access.authenticate(house.key_text, now=timezone.now()))
    except KeyRefused:
        return False


def test_keys_of_several_namespaces_are_revoked_at_once(bakery, dairy, root, client):
    client.force_login(root)

    revoke(client, bakery, dairy)

    assert (works(bakery), works(dairy)) == (False, False)
    with access.scope(dairy.namespace.pk):
        event = AuditEvent.objects.get(namespace=dairy.namespace, action="key.revoked")
    assert event.actor_id == str(root.pk)


def test_a_key_is_revoked_by_whoever_configures_its_namespace(bakery, dairy, client):
    mona = bakery.member(Role.NAMESPACE_ADMIN)
    staff.appoint(mona, organization=dairy.organization, role=Role.VIEWER)
    client.force_login(mona)

    revoke(client, bakery, dairy)

    assert (works(bakery), works(dairy)) == (False, True)
    client.force_login(dairy.member(Role.PRIVACY_OFFICER))
    revoke(client, dairy)
    assert works(dairy)


def test_a_key_is_not_edited(bakery, root, client):
    client.force_login(root)

    answer = client.post(
        page(ApiKey, "change", bakery.key.pk), {"name": "other", "scopes": "recall"}
    )

    assert answer.status_code == 403
