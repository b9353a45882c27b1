"""Decisions that meet: one of them counts, nobody deadlocks, a slot holds one value."""

import pytest
from rest_framework.test import APIClient

from governance import access
from memories.models import Memory, ReviewItem
from tests.memories.api.talk import post
from tests.memories.conftest import at_once


@pytest.fixture
def send(committed_key):
    def sent(name, body):
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return post(bot, name, body)

    return sent


@pytest.fixture
def say(send):
    def said(name, **fields):
        body = {"user_id": "ada", "text": f"lives in {name}", "type": "profile", "slot": "city"}
        (result,) = send("memories", {**body, **fields}).json()["results"]
        return result

    return said


def current(namespace):
    with access.scope(namespace.pk):
        rows = Memory.objects.filter(state="ACTIVE")
        return list(rows.values_list("text", flat=True))


def test_of_two_who_decide_at_once_one_decides(committed, send, say):
    say("Delft")
    review = say("Lisbon", role="assistant")["review_id"]

    answers = at_once(
        *(
            lambda: send(f"reviews/{review}/accept", {}),
            lambda: send(f"reviews/{review}/reject", {}),
        )
        * 2
    )

    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200, 409, 409, 409]
    with access.scope(committed.pk):
        state = ReviewItem.objects.get().state
    assert current(committed) == (
        ["lives in Lisbon"] if state == "ACCEPTED" else ["lives in Delft"]
    )


def test_two_corrections_at_once_leave_one_current(committed, send, say):
    kept = say("Berlin")

    answers = at_once(
        *(
            lambda: send(f"memories/{kept['id']}/correct", {"text": "lives in Hamburg"}),
            lambda: send(f"memories/{kept['id']}/correct", {"text": "lives in Bonn"}),
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(current(committed)) == 1


def test_what_is_said_accepted_and_undone_at_once_leaves_one_current(committed, send, say):
    say("Delft")
    review = say("Oslo", role="assistant")["review_id"]
    lisbon = say("Lisbon")

    answers = at_once(
        lambda: send(f"reviews/{review}/accept", {}),
        lambda: send(f"memories/{lisbon['id']}/undo", {}),
        lambda: say("Rome"),
        lambda: send(f"memories/{lisbon['id']}/correct", {"text": "lives in Bonn"}),
    )

    assert all(getattr(answer, "status_code", 200) in (200, 201, 409) for answer in answers)
    assert len(current(committed)) == 1


def test_a_decision_and_a_forgetting_at_once_end_in_one_of_both(
    committed, send, say, committed_key
):
    review = say("Lisbon", confidence=0.1)
    bot = APIClient()
    bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")

    accepted, gone = at_once(
        lambda: send(f"reviews/{review['review_id']}/accept", {}),
        lambda: bot.delete(f"/api/v1/memories/{review['id']}/"),
    )

    assert gone.status_code == 200
    assert accepted.status_code in (200, 404)
    assert current(committed) == []


def test_a_link_and_a_correction_at_once_leave_one_value(committed, send, say):
    kept = say("Berlin")
    say("Paris", user_id="phone")
    body = {"user_id": "phone", "to": {"user_id": "ada"}, "evidence": {"kind": "x"}}

    link, correction = at_once(
        lambda: send("identities/link", body),
        lambda: send(f"memories/{kept['id']}/correct", {"text": "lives in Bonn"}),
    )

    assert link.status_code == 200
    assert correction.status_code in (201, 409)
    assert len(current(committed)) == 1
