"""Never-remember rules in the admin: lists hide them, members add and remove those of everybody."""

import pytest
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM
from governance.models import AuditEvent
from governance.models.access import Role
from memories import never_rules
from memories.admin.revealing import Reason
from memories.models import NeverRemember
from memories.never_rules import Wanted
from tests.governance.house import House, page

pytestmark = pytest.mark.django_db
WORD = "Voldemort"


@pytest.fixture
def bakery(db):
    return House("bakery")


@pytest.fixture
def dairy(db):
    return House("dairy")


def forbid(house, value=WORD):
    rule, _ = never_rules.add(
        Wanted("word", value), namespace_id=house.namespace.pk, actor=SYSTEM, now=timezone.now()
    )
    return rule


def rules(house):
    return never_rules.every(namespace_id=house.namespace.pk, subject_id=None)


def actors(house):
    with access.scope(house.namespace.pk):
        found = AuditEvent.objects.filter(action__startswith="never_rule").order_by("pk")
        return [(event.action, event.actor_kind) for event in found]


def add(client, house, **given):
    body = {"namespace": house.namespace.pk, "kind": "word", "value": WORD, **given}
    return client.post(page(NeverRemember, "add"), body)


def remove(client, *chosen):
    body = {"action": "remove", "_selected_action": [str(rule.pk) for rule in chosen]}
    return client.post(page(NeverRemember, "changelist"), body)


@pytest.mark.parametrize("role", Role)
def test_lists_and_pages_show_no_value_and_no_others_rules(bakery, dairy, client, role):
    mine, others = forbid(bakery), forbid(dairy)
    client.force_login(bakery.member(role))

    listing = client.get(page(NeverRemember, "changelist"))

    assert [row.pk for row in listing.context["cl"].result_list] == [mine.pk]
    shown = client.get(page(NeverRemember, "change", mine.pk))
    assert shown.status_code == 200
    assert WORD not in (listing.content + shown.content).decode()
    assert client.get(page(NeverRemember, "change", others.pk)).status_code == 404


def test_the_value_is_revealed_for_a_reason(bakery, client):
    rule = forbid(bakery)
    client.force_login(bakery.member(Role.PRIVACY_OFFICER))

    answer = client.post(page(NeverRemember, "reveal", rule.pk), {"reason": Reason.LEGAL})

    assert WORD in answer.content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.NAMESPACE_ADMIN])
def test_who_configures_adds_and_removes(bakery, client, role):
    client.force_login(bakery.member(role))

    assert add(client, bakery).status_code == 302
    (rule,) = rules(bakery)
    assert rule.value == WORD
    assert remove(client, rule).status_code == 302

    assert rules(bakery) == []
    assert actors(bakery) == [("never_rule.added", "staff"), ("never_rule.removed", "staff")]


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.VIEWER])
def test_who_only_looks_does_neither(bakery, client, role):
    rule = forbid(bakery)
    client.force_login(bakery.member(role))

    assert add(client, bakery, value="other").status_code == 403
    remove(client, rule)

    assert rules(bakery) == [rule]


def test_nobody_rules_over_others(bakery, dairy, client):
    rule = forbid(dairy)
    client.force_login(bakery.member(Role.OWNER))

    answer = add(client, dairy, value="other")
    remove(client, rule)

    assert answer.status_code == 200
    assert "namespace" in answer.context["form"].errors
    assert rules(dairy) == [rule]


def test_a_value_that_cannot_be_used_is_told_in_the_form(bakery, client):
    client.force_login(bakery.member(Role.OWNER))

    answer = add(client, bakery, kind="pattern", value="(a+)+$")

    assert answer.status_code == 200
    assert "too long" in answer.context["form"].errors["value"][0]
    assert rules(bakery) == []
