"""The review queue in the admin: no content; decided by whoever may see it."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from governance import access, audit, staff
from governance.models import AuditEvent, MemoryType
from governance.models.access import Role
from memories import entries, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper
from memories.models import Memory, ReviewItem
from memories.rules.owner import Owner
from tests.governance.house import House, page

pytestmark = pytest.mark.django_db
SECRET = "bees-in-delft"


class Court(House):
    """A house with one memory that waits."""

    def __init__(self, slug):
        super().__init__(slug)
        now, space = timezone.now(), self.namespace.pk
        with access.scope(space):
            draft = Draft(
                type=MemoryType.objects.get(namespace_id=space, name="preference"),
                text=SECRET,
                trust=40,
                valid_from=now,
                place=Place(),
                data={"value": SECRET},
                confidence=0.1,
                terms=vectors.sparse({1: 1.0}),
            )
            owner = Owner(space, self.identity.subject_id)
            keeper = Keeper(owner, self.identity.pk, audit.SYSTEM, now, "m")
            (outcome,) = entries.apply([draft], keeper)
            self.memory = outcome.memory
            self.item = ReviewItem.objects.get(pk=outcome.review_id)

    def states(self):
        with access.scope(self.namespace.pk):
            memory = Memory.objects.filter(pk=self.memory.pk).first()
            item = ReviewItem.objects.get(pk=self.item.pk)
            return item.state, memory and memory.state


@pytest.fixture
def court(db):
    return Court("court")


def decide(client, verdict, *courts):
    chosen = [str(one.item.pk) for one in courts]
    address = page(ReviewItem, "changelist")
    return client.post(address, {"action": verdict, "_selected_action": chosen}, follow=True)


def test_no_page_shows_content_and_each_leads_to_the_memory(court, client):
    client.force_login(court.member(Role.PRIVACY_OFFICER))

    listed = client.get(page(ReviewItem, "changelist")).content.decode()
    shown = client.get(page(ReviewItem, "change", court.item.pk)).content.decode()

    assert str(court.item.pk) in listed
    assert "low_confidence" in listed
    assert page(Memory, "change", court.memory.pk) in shown
    assert SECRET not in listed + shown


def test_the_queue_is_narrowed(court, client):
    client.force_login(court.member(Role.PRIVACY_OFFICER))
    address = page(ReviewItem, "changelist")

    def found(**query):
        return len(client.get(address, query).context["cl"].result_list)

    assert (found(state="OPEN"), found(state="REJECTED")) == (1, 0)
    assert (found(reason="low_confidence"), found(reason="x")) == (1, 0)
    assert (found(namespace=str(court.namespace.pk)), found(q=str(court.memory.pk))) == (1, 1)


@pytest.mark.parametrize(
    ("verdict", "states"),
    [("accept", ("ACCEPTED", "ACTIVE")), ("reject", ("REJECTED", None))],
)
def test_staff_decide_under_their_own_name(court, client, verdict, states):
    officer = court.member(Role.PRIVACY_OFFICER)
    client.force_login(officer)

    answer = decide(client, verdict, court)

    assert court.states() == states
    assert f"1 {verdict}ed" in answer.content.decode()
    with access.scope(court.namespace.pk):
        event = AuditEvent.objects.get(action=f"review.{verdict}ed")
        item = ReviewItem.objects.get()
    assert (event.actor_kind, event.actor_id) == ("staff", str(officer.pk))
    assert (item.decided_by_kind, item.decided_by) == ("staff", str(officer.pk))
    assert (
        "(gone)" in client.get(page(ReviewItem, "change", court.item.pk)).content.decode()
        or verdict == "accept"
    )


def test_what_was_decided_stays(court, client):
    client.force_login(court.member(Role.OWNER))
    decide(client, "accept", court)

    answer = decide(client, "reject", court)

    assert court.states() == ("ACCEPTED", "ACTIVE")
    assert "0 rejected; 1 were decided before" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.NAMESPACE_ADMIN])
def test_who_may_not_see_content_does_not_decide(court, client, role):
    mona = court.member(role)
    client.force_login(mona)

    decide(client, "accept", court)
    assert court.states() == ("OPEN", "QUARANTINED")

    # A role that may counts in its own organization only.
    staff.appoint(mona, organization=Court("other").organization, role=Role.PRIVACY_OFFICER)
    answer = decide(client, "accept", court)
    assert court.states() == ("OPEN", "QUARANTINED")
    assert "0 accepted" in answer.content.decode()


def test_another_organizations_reviews_are_not_there(court, client):
    other = Court("other")
    client.force_login(court.member(Role.OWNER))

    assert client.get(page(ReviewItem, "change", other.item.pk)).status_code == 404
    decide(client, "reject", other)
    assert other.states() == ("OPEN", "QUARANTINED")


def test_rows_are_neither_added_changed_nor_deleted(court, client):
    client.force_login(User.objects.create_superuser("root"))

    assert client.get(page(ReviewItem, "add")).status_code == 403
    assert client.post(page(ReviewItem, "change", court.item.pk), {"state": "X"}).status_code == 403
    assert client.post(page(ReviewItem, "delete", court.item.pk)).status_code == 403
    assert court.states() == ("OPEN", "QUARANTINED")
