"""A trace says what a recall asked, found and left out, and why."""

import json
import uuid

import pytest

from governance import access, audit
from governance.models import AuditEvent, Subject
from tests.conftest import bot_of
from tests.memories.api.talk import ask, refusal, remember, remember_all

pytestmark = pytest.mark.django_db


def trace_of(bot, answer):
    found = bot.get(f"/api/v1/traces/{answer['trace_id']}/")
    assert found.status_code == 200, found.content
    return found.json()


def test_a_trace_says_what_was_asked_and_how(bot):
    remember(bot, "Ada keeps bees")

    trace = trace_of(
        bot, ask(bot, "bees", types=["interaction"], filters={"text": {"contains": "b"}}, top_k=3)
    )

    assert trace["asked"]["query"] == "bees"
    assert trace["asked"]["filters"] == {"text": {"contains": "b"}}
    assert (trace["asked"]["types"], trace["asked"]["top_k"]) == (["interaction"], 3)
    assert (trace["strategy"]["name"], trace["strategy"]["dense_weight"]) == ("default", 0.6)
    assert trace["embedding_model"] == "local:bge-small-en-v1.5"
    assert set(trace["timings"]) >= {"embed", "search", "rank"}


def test_a_trace_names_what_was_found_with_its_version_and_score(bot):
    kept = remember(bot, "Ada keeps bees")
    bot.patch(f"/api/v1/memories/{kept['id']}/", {"importance": 0.9}, format="json")

    answer = ask(bot, "bees")

    (found,) = trace_of(bot, answer)["found"]
    assert (found["id"], found["version"]) == (kept["id"], 2)
    assert found["score"] == answer["results"][0]["score"]
    parts = {"relevance", "dense", "lexical", "recency", "importance", "strength"}
    assert set(found["parts"]) == parts


def test_a_trace_names_what_was_left_out_and_why(bot):
    remember_all(bot, [{"text": f"bees, hive {n}"} for n in range(3)])
    remember(bot, "The tax return is due")

    trace = trace_of(bot, ask(bot, "bees", top_k=1))

    why = {one["why"] for one in trace["left_out"]}
    assert len(trace["found"]) + len(trace["left_out"]) == 4
    assert why == {"beyond_top_k", "below_threshold"}


def test_a_trace_repeats_no_memory(bot):
    remember(bot, "Ada keeps xylocopa")

    trace = trace_of(bot, ask(bot, "bees", threshold=0))

    assert trace["found"]
    assert "xylocopa" not in json.dumps(trace)


def test_each_recall_is_audited_without_a_word_of_it(bot, namespace):
    remember(bot, "Ada keeps xylocopa")

    answer = ask(bot, "wherever xylocopa")

    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action=audit.Action.RECALLED.value)
    assert event.target_id == answer["trace_id"]
    assert event.actor_kind == "bot"
    assert "xylocopa" not in json.dumps(event.details)


def test_an_unknown_trace_is_not_found(bot):
    refusal(bot.get(f"/api/v1/traces/{uuid.uuid4()}/"), 404, "not_found")


def test_traces_need_their_scope(bot, namespace):
    answer = ask(bot, "bees")
    reader = bot_of(namespace, scopes=[])

    problem = refusal(reader.get(f"/api/v1/traces/{answer['trace_id']}/"), 403, "scope_missing")

    assert "traces:read" in problem["detail"]


def test_what_a_restricted_person_asked_is_not_shown(bot, namespace):
    remember(bot, "Ada keeps bees")
    answer = ask(bot, "a private question")
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    refusal(bot.get(f"/api/v1/traces/{answer['trace_id']}/"), 403, "subject_not_accepting")
