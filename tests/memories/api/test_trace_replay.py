"""A trace is replayed over HTTP."""

import uuid

import pytest

from governance import access
from governance.audit import Action
from governance.models import AuditEvent, Subject
from governance.rules.scopes import Scope
from memories.models import RecallTrace, StoredAnswer
from tests.conftest import bot_of
from tests.memories.api.talk import ask, post, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(bot):
    """A trace of before a change of city, and the ids of both."""
    old = remember(bot, "Ada lives in Berlin", type="profile", slot="city")["id"]
    trace = ask(bot, "Where does Ada live?")["trace_id"]
    new = remember(bot, "Ada lives in Hamburg", type="profile", slot="city")["id"]
    return trace, old, new


def replayed(bot, trace, **headers):
    answer = post(bot, f"traces/{trace}/replay", {}, **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_it_answers_as_then_and_as_now_and_says_why_they_differ(bot, moved):
    trace, old, new = moved

    told = replayed(bot, trace)

    assert (told["trace_id"], told["matches_trace"]) == (trace, True)
    assert [(one["id"], one["memory"]) for one in told["then"]] == [(old, "Ada lives in Berlin")]
    assert [(one["id"], one["memory"]) for one in told["now"]] == [(new, "Ada lives in Hamburg")]
    gone, learned = told["difference"]
    assert (gone["id"], gone["change"], gone["now"]) == (old, "gone", None)
    assert gone["reason"].startswith("superseded on ")
    assert gone["reasons"][0]["by"] == new
    assert gone["then"]["rank"] == 1
    assert (learned["id"], learned["change"], learned["then"]) == (new, "new", None)
    assert (told["mismatches"], told["changes"], told["degraded"]) == ([], [], [])


def test_a_correction_is_called_one(bot):
    wrong = remember(bot, "Ada lives in Berlin", type="profile", slot="city")["id"]
    trace = ask(bot, "Where does Ada live?")["trace_id"]
    body = {"text": "Ada lives in Hamburg", "data": {"value": "Hamburg"}}
    corrected = post(bot, f"memories/{wrong}/correct", body)
    assert corrected.status_code == 201, corrected.content

    told = replayed(bot, trace)

    assert told["matches_trace"] is True
    assert told["difference"][0]["reason"].startswith("corrected on ")


def test_without_the_right_to_read_memories_it_tells_ids_alone(namespace, moved):
    told = replayed(bot_of(namespace, scopes=[Scope.TRACES]), moved[0])

    assert [one["id"] for one in told["then"]] == [moved[1]]
    assert {one["memory"] for one in told["then"] + told["now"]} == {None}


def test_it_leaves_no_trace_and_one_event(bot, moved, namespace):
    replayed(bot, moved[0])

    with access.scope(namespace.pk):
        assert RecallTrace.objects.count() == 1
        event = AuditEvent.objects.get(action=Action.REPLAYED.value)
    assert (event.actor_kind, event.target_id) == ("bot", moved[0])


def test_the_same_key_gets_the_same_replay(bot, moved, namespace):
    first = replayed(bot, moved[0], HTTP_IDEMPOTENCY_KEY="k")
    remember(bot, "Ada lives in Delft", type="profile", slot="city")

    assert replayed(bot, moved[0], HTTP_IDEMPOTENCY_KEY="k") == first
    with access.scope(namespace.pk):
        # Kept under the person's id, so that erasure finds it.
        assert StoredAnswer.objects.get().subject_id is not None


def test_a_kept_replay_does_not_outlive_a_memory_that_is_forgotten(bot, moved):
    replayed(bot, moved[0], HTTP_IDEMPOTENCY_KEY="k")
    bot.delete(f"/api/v1/memories/{moved[1]}/")

    again = post(bot, f"traces/{moved[0]}/replay", {}, HTTP_IDEMPOTENCY_KEY="k")

    assert again.status_code == 410
    assert b"Berlin" not in again.content


def test_it_takes_nothing(bot, moved):
    assert refused_fields(post(bot, f"traces/{moved[0]}/replay", {"query": "x"})) == ["query"]
    assert bot.post(f"/api/v1/traces/{moved[0]}/replay/").status_code == 200


def test_replays_need_their_scope(namespace, moved):
    writer = bot_of(namespace, scopes=[Scope.FEEDBACK])

    problem = refusal(post(writer, f"traces/{moved[0]}/replay", {}), 403, "scope_missing")

    assert "traces:read" in problem["detail"]


def test_another_namespaces_trace_is_not_there(stranger, moved):
    for trace in (moved[0], uuid.uuid4()):
        refusal(post(stranger, f"traces/{trace}/replay", {}), 404, "not_found")


def test_what_a_restricted_person_asked_is_not_replayed(bot, moved, namespace):
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    refusal(post(bot, f"traces/{moved[0]}/replay", {}), 403, "subject_not_accepting")
