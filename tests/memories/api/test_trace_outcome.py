"""A bot tells what it made of a recall."""

import json
import uuid

import pytest

from governance import access, audit
from governance.models import AuditEvent, Subject
from governance.rules.scopes import Scope
from memories.models import MemoryUse, TraceOutcome
from tests.conftest import bot_of
from tests.memories.api.talk import ask, post, refusal, refused_fields, remember

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(bot):
    return remember(bot, "Ada keeps xylocopa bees")["id"]


@pytest.fixture
def trace(bot, kept):
    answer = ask(bot, "bees")
    assert [one["id"] for one in answer["results"]] == [kept]
    return answer["trace_id"]


def tell(bot, trace, status=200, **body):
    answer = post(bot, f"traces/{trace}/outcome", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def told_of(bot, trace):
    return bot.get(f"/api/v1/traces/{trace}/").json()["outcome"]


def used(namespace):
    with access.scope(namespace.pk):
        return {str(row.memory_id): row.used for row in MemoryUse.objects.all()}


def test_a_trace_has_no_outcome_until_one_is_told(bot, trace):
    assert told_of(bot, trace) is None


def test_what_is_told_stands_with_the_trace(bot, trace, kept):
    tell(
        bot,
        trace,
        answer="You keep bees.",
        answer_id="msg_1",
        used=[kept],
        tokens={"prompt": 120, "completion": 9},
        latency_ms=812.5,
    )

    outcome = told_of(bot, trace)
    assert outcome.pop("at")
    assert outcome == {
        "answer": "You keep bees.",
        "answer_id": "msg_1",
        "used": [kept],
        "tokens": {"prompt": 120, "completion": 9},
        "latency_ms": 812.5,
    }


def test_what_is_told_later_is_added_and_what_is_told_again_replaces(bot, trace, kept):
    tell(bot, trace, answer="First.", used=[kept])

    tell(bot, trace, answer="Second.", latency_ms=5)

    outcome = told_of(bot, trace)
    assert (outcome["answer"], outcome["latency_ms"]) == ("Second.", 5)
    assert outcome["used"] == [kept]


def test_a_memory_that_is_told_twice_as_used_counts_once(bot, trace, kept, namespace):
    for _ in range(2):
        tell(bot, trace, used=[kept, kept])

    assert used(namespace) == {kept: 1}


def test_a_use_that_is_taken_back_counts_no_more(bot, trace, kept, namespace):
    tell(bot, trace, used=[kept])

    tell(bot, trace, used=[])

    assert used(namespace) == {kept: 0}
    assert told_of(bot, trace)["used"] == []


def test_uses_of_two_traces_add_up(bot, trace, kept, namespace):
    tell(bot, trace, used=[kept])
    tell(bot, ask(bot, "bees")["trace_id"], used=[kept])

    assert used(namespace) == {kept: 2}
    with access.scope(namespace.pk):
        assert MemoryUse.objects.get().last_used_at is not None


def test_a_memory_that_the_trace_did_not_give_cannot_have_been_used(bot, trace, kept, namespace):
    other = remember(bot, "The tax return is due", user_id="ada")["id"]

    answer = post(bot, f"traces/{trace}/outcome", {"used": [kept, other, str(uuid.uuid4())]})

    assert refused_fields(answer) == ["used[1]", "used[2]"]
    assert used(namespace) == {}
    assert told_of(bot, trace) is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "answer"),
        ({"answer": "  "}, "answer"),
        ({"latency_ms": -1}, "latency_ms"),
        ({"latency_ms": "NaN"}, "latency_ms"),
        ({"latency_ms": "Infinity"}, "latency_ms"),
        ({"tokens": {"prompt": -1}}, "tokens.prompt"),
        ({"tokens": {"total": 1}}, "tokens.total"),
        ({"used": ["x"]}, "used[0]"),
        ({"used": "x"}, "used"),
        ({"answer_id": "x" * 256}, "answer_id"),
        ({"answers": "x"}, "answers"),
    ],
)
def test_what_cannot_be_used_is_named(bot, trace, body, field):
    assert refused_fields(post(bot, f"traces/{trace}/outcome", body)) == [field]


def test_an_answer_has_a_greatest_length(bot, trace):
    tell(bot, trace, answer="x" * 32_000)

    refusal(post(bot, f"traces/{trace}/outcome", {"answer": "x" * 32_001}), 413, "too_large")


def test_the_receipt_repeats_no_word_of_the_answer(bot, trace, namespace):
    receipt = tell(bot, trace, answer="About xylocopa.")

    assert receipt["trace_id"] == trace
    assert "xylocopa" not in json.dumps(receipt)


def test_the_same_key_tells_once(bot, trace, kept):
    first = post(bot, f"traces/{trace}/outcome", {"used": [kept]}, HTTP_IDEMPOTENCY_KEY="k")
    again = post(bot, f"traces/{trace}/outcome", {"used": [kept]}, HTTP_IDEMPOTENCY_KEY="k")

    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"


def test_each_report_is_audited_without_a_word_of_it(bot, trace, kept, namespace):
    tell(bot, trace, answer="About xylocopa.", used=[kept])

    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action=audit.Action.OUTCOME_RECORDED.value)
    assert (event.target_id, event.actor_kind) == (trace, "bot")
    assert event.details == {"used": 1}


def test_another_namespaces_trace_is_not_there(stranger, trace, namespace):
    refusal(post(stranger, f"traces/{trace}/outcome", {"answer": "x"}), 404, "not_found")

    with access.scope(namespace.pk):
        assert not TraceOutcome.objects.exists()


def test_outcomes_need_their_scope(namespace, trace):
    reader = bot_of(namespace, scopes=[Scope.TRACES])

    problem = refusal(post(reader, f"traces/{trace}/outcome", {"answer": "x"}), 403)

    assert "traces:write" in problem["detail"]


def test_nothing_is_told_of_a_restricted_person(bot, trace, namespace):
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    refusal(post(bot, f"traces/{trace}/outcome", {"answer": "x"}), 403, "subject_not_accepting")

    with access.scope(namespace.pk):
        assert not TraceOutcome.objects.exists()


def test_a_use_of_a_memory_that_is_forgotten_since_is_told_and_counts_nowhere(
    bot, trace, kept, namespace
):
    bot.delete(f"/api/v1/memories/{kept}/")

    tell(bot, trace, used=[kept])

    assert told_of(bot, trace)["used"] == [kept]
    assert used(namespace) == {}


def test_an_answer_does_not_outlive_a_memory_that_it_was_given(bot, trace, kept):
    other = ask(bot, "bees", user_id="nobody")["trace_id"]
    body = {"user_id": "ada", "message": "bees", "include": ["pinned"]}
    pinned = remember(bot, "Answer in English", type="preference", slot="language")["id"]
    context = post(bot, "context", body).json()["trace_id"]
    for told in (trace, other, context):
        tell(bot, told, answer="x", answer_id="y")

    bot.delete(f"/api/v1/memories/{kept}/")
    assert [told_of(bot, one)["answer"] for one in (trace, other, context)] == [None, "x", "x"]
    bot.delete(f"/api/v1/memories/{pinned}/")

    assert [told_of(bot, one)["answer"] for one in (trace, other, context)] == [None, "x", None]
    assert told_of(bot, trace)["answer_id"] == "y"


@pytest.mark.parametrize("asker", [{"user_id": "nobody"}, {"user_id": None, "agent_id": "poet"}])
def test_a_recall_that_found_nobody_has_an_outcome_too(bot, asker):
    trace = ask(bot, "bees", **asker)["trace_id"]

    tell(bot, trace, answer="I do not know you yet.")

    assert told_of(bot, trace)["answer"] == "I do not know you yet."


def test_an_outcome_follows_its_person_when_identities_are_linked(bot, trace, namespace):
    tell(bot, trace, answer="x")
    remember(bot, "Another of Ada's", user_id="lovelace")
    evidence = {"kind": "sign_in"}

    body = {"user_id": "ada", "to": {"user_id": "lovelace"}, "evidence": evidence}
    to = post(bot, "identities/link", body).json()["subject_id"]

    with access.scope(namespace.pk):
        assert str(TraceOutcome.objects.get().subject_id) == to


def test_an_answers_id_is_kept_without_a_secret(bot, trace):
    tell(bot, trace, answer="You keep bees.", answer_id="hf_" + "abcdefghij7" * 3)

    assert told_of(bot, trace)["answer_id"] == "[api_key]"
