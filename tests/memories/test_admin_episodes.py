"""Episodes and counters in the admin: what they cost, and trying again."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from governance import access
from governance.models import AuditEvent
from governance.models.access import Role
from memories import counts
from memories.models import DailyCount, Episode
from tests.governance.house import House, page

pytestmark = pytest.mark.django_db


def failed(house, **fields):
    with access.scope(house.namespace.pk):
        return Episode.objects.create(
            namespace=house.namespace,
            subject=house.identity.subject,
            received_at=timezone.now(),
            **{
                "state": "FAILED",
                "model": "gpt-x",
                "tokens": {"prompt": 1200, "completion": 34, "calls": 1},
                "messages": [{"role": "user", "content": "bees"}],
                **fields,
            },
        )


@pytest.fixture
def houses(db):
    return House("bakery"), House("dairy")


def retry(client, *episodes):
    pks = [str(one.pk) for one in episodes]
    chosen = {"action": "retry", "_selected_action": pks}
    return client.post(page(Episode, "changelist"), chosen, follow=True)


def state(episode):
    with access.scope(episode.namespace_id):
        return Episode.objects.get(pk=episode.pk).state


def test_the_list_tells_the_model_and_what_it_cost(houses, client):
    client.force_login(houses[0].member(Role.VIEWER))
    failed(houses[0])

    shown = client.get(page(Episode, "changelist")).content.decode()

    assert "gpt-x" in shown
    assert "1200 + 34" in shown
    assert "bees" not in shown


def test_episodes_of_several_namespaces_are_retried_at_once_and_recorded(houses, client):
    root = User.objects.create_superuser("root")
    client.force_login(root)
    mine, theirs = (failed(house) for house in houses)

    told = retry(client, mine, theirs).content.decode()

    assert "2 will be tried again; 0 did not" in told
    assert (state(mine), state(theirs)) == ("RECEIVED", "RECEIVED")
    with access.scope(mine.namespace_id):
        event = AuditEvent.objects.get(action="episode.retried")
    assert (event.actor_kind, event.actor_id) == ("staff", str(root.pk))
    assert event.target_id == str(mine.pk)


def test_what_cannot_be_retried_is_told_and_stays(houses, client):
    client.force_login(houses[0].member(Role.OWNER))
    done, cleared = failed(houses[0], state="DONE"), failed(houses[0], messages=[])

    told = retry(client, done, cleared).content.decode()

    assert "0 will be tried again; 2 did not" in told
    assert (state(done), state(cleared)) == ("DONE", "FAILED")


@pytest.mark.parametrize(("role", "retried"), [
    (Role.OWNER, True), (Role.NAMESPACE_ADMIN, True), (Role.PRIVACY_OFFICER, False),
    (Role.VIEWER, False),
])  # fmt: skip
def test_whoever_configures_a_namespace_may_retry(houses, client, role, retried):
    client.force_login(houses[0].member(role))
    mine, theirs = (failed(house) for house in houses)

    retry(client, mine, theirs)

    assert state(mine) == ("RECEIVED" if retried else "FAILED")
    assert state(theirs) == "FAILED"


def test_counters_are_looked_at_by_section_and_by_nobody_else(houses, client):
    for house in houses:
        with access.scope(house.namespace.pk):
            counted = {f"tokens.{house.organization.slug}": 77, "decision.add": 1}
            counts.add(counted, namespace_id=house.namespace.pk, now=timezone.now())
    client.force_login(houses[0].member(Role.VIEWER))

    every = client.get(page(DailyCount, "changelist")).content.decode()
    tokens = client.get(page(DailyCount, "changelist"), {"section": "tokens"}).content.decode()

    assert "tokens.bakery" in every
    assert "decision.add" in every
    assert "tokens.dairy" not in every
    assert "tokens.bakery" in tokens
    assert "decision.add" not in tokens
