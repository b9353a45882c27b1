"""A question is asked again: the past answers as it did, and today's difference is explained."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM, Action
from governance.errors import NotFound, SubjectNotAccepting
from governance.models import AuditEvent, Subject
from memories import reembedding, replay
from memories.models import Memory, MemoryIndex, MemoryUse, MemoryVersion, RecallTrace
from memories.providers import embeddings
from tests.conftest import make_namespace
from tests.memories.api.talk import ask, post, remember, remember_all

pytestmark = pytest.mark.django_db
QUESTION = "Where does Ada live?"


def again(namespace, trace):
    prepared = replay.prepare(uuid.UUID(trace), namespace=namespace)
    return replay.replay(prepared, actor=SYSTEM, now=timezone.now())


def live_in(bot, city, **fields):
    return remember(bot, f"Ada lives in {city}", type="profile", slot="city", **fields)["id"]


def reasons(found):
    return {str(one.id): one.reason for one in found.differences}


def ids(run):
    return [str(one.id) for one in run.kept]


def today():
    return f"{timezone.now():%Y-%m-%d}"


def link(bot, user, to):
    body = {"user_id": user, "to": {"user_id": to}, "evidence": {"kind": "sign_in"}}
    assert post(bot, "identities/link", body).status_code == 200


def close(namespace, memory, state, **fields):
    """End a memory as a sweep does: with its version."""
    with access.scope(namespace.pk):
        row = Memory.objects.get(pk=memory)
        MemoryVersion.objects.create(
            namespace=namespace, memory=row, version=row.version + 1, change="x", at=timezone.now(),
            actor_kind="system", before={"state": row.state}, after={"state": state},
        )  # fmt: skip
        Memory.objects.filter(pk=memory).update(state=state, version=row.version + 1, **fields)


def test_where_nothing_has_changed_nothing_differs(bot, namespace):
    remember_all(bot, [{"text": f"Ada keeps bees, hive {n}"} for n in range(4)])
    trace = ask(bot, "bees")["trace_id"]

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert len(found.then.kept) == 4
    assert ids(found.then) == ids(found.now)
    assert (found.differences, found.changes, found.degraded) == ([], [], [])


def test_a_value_that_was_superseded_is_answered_then_and_not_now(bot, namespace):
    old = live_in(bot, "Berlin")
    trace = ask(bot, QUESTION)["trace_id"]
    new = live_in(bot, "Hamburg")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), ids(found.now)) == ([old], [new])
    assert list(found.said_then.values()) == ["Ada lives in Berlin"]
    assert list(found.said_now.values()) == ["Ada lives in Hamburg"]
    assert reasons(found) == {
        old: f"superseded on {today()} by {new}",
        new: f"learned on {today()}",
    }


def test_words_that_were_edited_are_read_as_they_were(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees")["trace_id"]
    bot.patch(f"/api/v1/memories/{kept}/", {"text": "Ada keeps wasps now"}, format="json")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert found.said_then[uuid.UUID(kept)] == "Ada keeps bees"
    assert found.then.kept[0].version == 1
    assert reasons(found)[kept].startswith("changed: version 1 → 2; score ")


def test_what_is_edited_away_from_the_question_says_so(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees", threshold=0.3)["trace_id"]
    bot.patch(f"/api/v1/memories/{kept}/", {"text": "The tax return is due"}, format="json")

    (one,) = again(namespace, trace).differences

    assert (one.change, [reason.code for reason in one.reasons]) == (
        "gone",
        ["changed", "below_threshold"],
    )


def test_what_was_forgotten_is_told_by_its_id_alone(bot, namespace):
    stays, gone = remember(bot, "bees in Leiden")["id"], remember(bot, "bees in Delft")["id"]
    trace = ask(bot, "bees")["trace_id"]
    bot.delete(f"/api/v1/memories/{gone}/")

    found = again(namespace, trace)

    assert found.matches_trace is False
    assert {(str(one.id), one.what) for one in found.mismatches} >= {(gone, "missing")}
    assert found.lost[uuid.UUID(gone)].says == f"forgotten on {today()}"
    assert ids(found.then) == [stays]
    assert found.changes == ["1 of 2 memories that were searched then cannot be shown"]


@pytest.mark.parametrize(
    ("state", "because", "says"),
    [
        ("EXPIRED", "policy:keep a year:v3", "policy keep a year v3 expired it on {}"),
        ("EXPIRED", "", "expired on {}"),
        ("ARCHIVED", "", "archived on {}"),
        ("RETRACTED", "retracted", "retracted on {}"),
        ("QUARANTINED", "", "quarantined on {}"),
    ],
)
def test_what_has_ended_says_how(bot, namespace, state, because, says):
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees")["trace_id"]
    close(namespace, kept, state, closed_because=because)

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert reasons(found) == {kept: says.format(today())}


def test_what_has_expired_by_itself_says_when(bot, namespace):
    kept = remember(bot, "x bees", expires_at=(timezone.now() + timedelta(days=1)).isoformat())
    trace = ask(bot, "bees")["trace_id"]
    prepared = replay.prepare(uuid.UUID(trace), namespace=namespace)

    found = replay.replay(prepared, actor=SYSTEM, now=timezone.now() + timedelta(days=2))

    assert found.matches_trace is True
    assert reasons(found)[kept["id"]].startswith("expired on ")


def test_what_came_back_says_so(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    close(namespace, kept, "ARCHIVED")
    trace = ask(bot, "bees")["trace_id"]
    close(namespace, kept, "ACTIVE")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), reasons(found)) == ([], {kept: f"came back on {today()}"})


def test_what_was_overtaken_says_by_how_much(bot, namespace):
    kept = remember(bot, "Ada keeps some bees in a garden")["id"]
    trace = ask(bot, "bees", top_k=1)["trace_id"]
    better = remember(bot, "bees")["id"]

    found = again(namespace, trace)

    assert reasons(found)[kept].endswith(", beyond top_k")
    assert reasons(found)[better] == f"learned on {today()}"


def test_the_strategy_of_then_is_used_then_and_that_of_now_now(bot, namespace):
    remember_all(bot, [{"text": f"bees, hive number {n} of many"} for n in range(4)])
    bot.put("/api/v1/strategies/mine/", {"config": {"top_k": 4}}, format="json")
    trace = ask(bot, "bees", strategy="mine")["trace_id"]
    bot.put("/api/v1/strategies/mine/", {"config": {"top_k": 2}}, format="json")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (len(found.then.kept), len(found.now.kept)) == (4, 2)
    assert found.changes == ["strategy mine v1 → v2: top_k 4 → 2"]
    assert all("beyond top_k" in says for says in reasons(found).values())


def test_what_the_question_itself_had_set_holds_now_too(bot, namespace):
    remember_all(bot, [{"text": f"bees, hive number {n} of many"} for n in range(4)])
    bot.put("/api/v1/strategies/mine/", {"config": {"top_k": 4}}, format="json")
    trace = ask(bot, "bees", strategy="mine", top_k=3)["trace_id"]
    bot.put("/api/v1/strategies/mine/", {"config": {"top_k": 1}}, format="json")

    found = again(namespace, trace)

    assert len(found.now.kept) == 3
    assert found.changes == ["strategy mine v1 → v2"]


def test_memories_that_came_by_a_link_were_not_there_then(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    other = remember(bot, "Lovelace keeps bees too", user_id="lovelace")["id"]
    trace = ask(bot, "bees")["trace_id"]
    link(bot, "ada", "lovelace")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), set(ids(found.now))) == ([kept], {kept, other})
    assert reasons(found)[other] == f"came with a link on {today()}"


def test_a_trace_of_the_person_that_another_came_to_is_told_apart_too(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    other = remember(bot, "Lovelace keeps bees too", user_id="lovelace")["id"]
    trace = ask(bot, "bees", user_id="lovelace")["trace_id"]
    link(bot, "ada", "lovelace")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert ids(found.then) == [other]
    assert set(ids(found.now)) == {kept, other}


def test_a_trace_of_a_link_is_replayed_with_what_both_brought(bot, namespace):
    remember(bot, "Ada keeps bees")
    remember(bot, "Lovelace keeps bees too", user_id="lovelace")
    link(bot, "ada", "lovelace")
    trace = ask(bot, "bees")["trace_id"]

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert len(found.then.kept) == 2


def test_memories_of_somebody_who_was_parted_are_not_shown(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    other = remember(bot, "Lovelace keeps bees too", user_id="lovelace")["id"]
    link(bot, "ada", "lovelace")
    trace = ask(bot, "bees", user_id="lovelace")["trace_id"]
    post(bot, "identities/unlink", {"user_id": "ada"})

    found = again(namespace, trace)

    assert found.matches_trace is False
    assert found.lost[uuid.UUID(kept)].says == f"another person's since {today()}"
    assert reasons(found)[kept] == f"another person's since {today()}"
    assert (ids(found.then), ids(found.now)) == ([other], [other])
    assert "Ada keeps bees" not in (*found.said_then.values(), *found.said_now.values())


def test_a_question_of_the_past_is_asked_of_that_past(bot, namespace):
    live_in(bot, "Berlin")
    before = timezone.now()
    live_in(bot, "Hamburg")
    trace = ask(bot, QUESTION, as_of=before.isoformat())["trace_id"]
    live_in(bot, "Delft")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert list(found.said_then.values()) == ["Ada lives in Berlin"]
    assert ids(found.now) == ids(found.then)


def test_filters_are_asked_of_what_was(bot, namespace):
    kept = remember(bot, "Ada keeps bees", metadata={"trip": "rome"}, importance=0.9)["id"]
    remember(bot, "Ada keeps bees elsewhere", metadata={"trip": "oslo"})
    asked = {"filters": {"AND": [{"metadata.trip": "rome"}, {"importance": {"gte": 0.5}}]}}
    trace = ask(bot, "bees", **asked)["trace_id"]
    change = {"metadata": {"trip": "paris"}, "importance": 0.1}
    bot.patch(f"/api/v1/memories/{kept}/", change, format="json")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), ids(found.now)) == ([kept], [])
    assert reasons(found) == {kept: "no longer meets what was asked"}


def test_an_agents_own_memories_are_replayed_too(bot, namespace):
    agents = {"user_id": None, "agent_id": "poet"}
    kept = remember(bot, "Answer in rhyme", **agents)["id"]
    trace = ask(bot, "rhyme", **agents)["trace_id"]
    remember(bot, "Rhyme in English", **agents)

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert ids(found.then) == [kept]
    assert len(found.now.kept) == 2


def test_a_question_about_nobody_looks_into_nobodys_memories(bot, namespace):
    remember(bot, "Answer in rhyme", user_id=None, agent_id="poet")
    trace = ask(bot, "rhyme", user_id="nobody", agent_id="poet")["trace_id"]

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), ids(found.now)) == ([], [])


def test_a_replay_leaves_an_event_and_neither_trace_nor_use(bot, namespace):
    remember(bot, "Ada keeps xylocopa bees")
    trace = ask(bot, "bees")["trace_id"]

    again(namespace, trace)

    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action=Action.REPLAYED.value)
        assert (RecallTrace.objects.count(), MemoryUse.objects.count()) == (1, 0)
    assert (event.target_id, event.details) == (trace, {"matches": True, "differences": 0})


def test_a_replay_changes_nothing_in_the_store(bot, namespace):
    kept = live_in(bot, "Berlin")
    trace = ask(bot, QUESTION)["trace_id"]
    bot.patch(f"/api/v1/memories/{kept}/", {"text": "Ada lives in Bremen"}, format="json")

    def rows():
        with access.scope(namespace.pk):
            tables = (Memory, MemoryVersion, MemoryIndex)
            return [str(list(model.objects.order_by("pk").values())) for model in tables]

    before = rows()
    again(namespace, trace)

    assert rows() == before


def test_there_is_nothing_to_replay_in_another_namespace(bot):
    trace = ask(bot, "bees")["trace_id"]

    with pytest.raises(NotFound):
        replay.prepare(uuid.UUID(trace), namespace=make_namespace())


def test_what_a_restricted_person_asked_is_not_replayed(bot, namespace):
    remember(bot, "Ada keeps bees")
    trace = ask(bot, "bees")["trace_id"]
    prepared = replay.prepare(uuid.UUID(trace), namespace=namespace)
    with access.scope(namespace.pk):
        Subject.objects.update(state="RESTRICTED")

    with pytest.raises(SubjectNotAccepting):
        replay.prepare(uuid.UUID(trace), namespace=namespace)
    with pytest.raises(SubjectNotAccepting):
        replay.replay(prepared, actor=SYSTEM, now=timezone.now())


def move_to(namespace, name):
    model = embeddings.for_model(name)
    while reembedding.batch(namespace, model, limit=100):
        pass
    reembedding.adopt(namespace, name, model, actor=SYSTEM, now=timezone.now())


def test_a_question_of_before_a_change_of_model_is_answered_by_what_the_trace_recorded(
    bot, namespace, remote_model
):
    made = remember_all(bot, [{"text": f"Ada keeps bees, hive {n}"} for n in range(3)])
    trace = ask(bot, "bees")["trace_id"]
    bot.patch(f"/api/v1/memories/{made[0]['id']}/", {"text": "Ada keeps wasps"}, format="json")
    move_to(namespace, remote_model)

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert len(found.then.kept) == 3
    assert found.changes == [f"embedding model local:bge-small-en-v1.5 → {remote_model}"]
    assert found.degraded == ["then:embedding_model_changed"]


def test_a_model_that_is_gone_does_not_take_the_past_along(bot, namespace, remote_model, endpoint):
    move_to(namespace, remote_model)
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees", threshold=0)["trace_id"]
    move_to(namespace, "local:bge-small-en-v1.5")
    endpoint.status = 503

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert found.degraded == ["then:embedding_model_changed"]
    assert (ids(found.then), ids(found.now)) == ([kept], [kept])
    assert "dense" in found.then.kept[0].parts


def test_a_model_that_does_not_answer_now_does_not_take_the_past_along(
    bot, namespace, remote_model, endpoint
):
    move_to(namespace, remote_model)
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees", threshold=0)["trace_id"]
    endpoint.status = 503

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert found.degraded == ["then:embedding_unavailable", "now:embedding_unavailable"]
    assert "dense" in found.then.kept[0].parts
    assert ids(found.now) == [kept]
    assert "dense" not in found.now.kept[0].parts


def test_what_was_found_by_full_text_alone_is_found_so_again(bot, namespace, monkeypatch):
    remember_all(bot, [{"text": f"Ada keeps bees, hive {n}"} for n in range(3)])

    def unavailable(*_):
        raise embeddings.EmbeddingUnavailable("down")

    with monkeypatch.context() as down:
        model = type(embeddings.for_model("local:bge-small-en-v1.5"))
        down.setattr(model, "embed_query", unavailable)
        answer = ask(bot, "bees")
    assert answer["degraded"] == ["embedding_unavailable"]

    found = again(namespace, answer["trace_id"])

    assert found.matches_trace is True
    assert all("dense" not in one.parts for one in found.then.kept)


def test_what_waited_for_its_vector_waits_in_the_replay(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    with access.scope(namespace.pk):
        vector = MemoryIndex.objects.get().vector
        MemoryIndex.objects.update(vector=None)
    trace = ask(bot, "bees")["trace_id"]
    with access.scope(namespace.pk):
        MemoryIndex.objects.update(vector=vector)

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert "dense" not in found.then.kept[0].parts
    assert reasons(found)[kept].startswith("score ")


def test_vectors_that_bots_gave_are_replayed_as_they_were(bot, namespace):
    one, other = [1.0, *[0.0] * 383], [0.0, 1.0, *[0.0] * 382]
    texts = [{"text": f"thing {n}", "vector": one if n % 2 else other} for n in range(60)]
    made = remember_all(bot, texts)
    trace = ask(bot, "thing 5", top_k=3)["trace_id"]
    for memory in made[:40]:
        bot.patch(f"/api/v1/memories/{memory['id']}/", {"text": "thing 5 thing 5"}, format="json")

    found = again(namespace, trace)

    assert found.matches_trace is True


def test_equals_that_the_trace_did_not_list_do_not_come_in(bot, namespace):
    away, asked = [0.0, 1.0, *[0.0] * 382], "thing 5 at place 3"
    texts = [{"text": f"statement {n} about thing 5 alone", "vector": away} for n in range(60)]
    made = remember_all(bot, texts)
    trace = ask(bot, asked)["trace_id"]
    for memory in made[50:]:  # beyond the thirty that were ranked
        bot.patch(f"/api/v1/memories/{memory['id']}/", {"text": "something else"}, format="json")

    assert again(namespace, trace).matches_trace is True


def composed(bot, **fields):
    answer = post(bot, "context", {"user_id": "ada", "message": "bees", **fields})
    assert answer.status_code == 200, answer.content
    return answer.json()["trace_id"]


def prefer(bot, language):
    fields = {"type": "preference", "slot": "language", "data": {"value": language}}
    return remember(bot, f"Answer in {language}", **fields)["id"]


def test_a_context_is_replayed_with_what_was_pinned(bot, namespace):
    old, bees = prefer(bot, "English"), remember(bot, "Ada keeps bees")["id"]
    trace = composed(bot)
    new = prefer(bot, "Spanish")

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert (ids(found.then), ids(found.now)) == ([old, bees], [new, bees])
    assert found.said_then[uuid.UUID(old)] == "Answer in English"
    assert reasons(found)[old] == f"superseded on {today()} by {new}"
    assert found.then.kept[0].parts == {"pinned": 1.0}


def test_what_had_no_room_in_a_context_is_replayed_too(bot, namespace):
    kept = [prefer(bot, "English")]
    kept += [
        remember(bot, f"Ada likes thing {n} very much", type="preference")["id"] for n in range(9)
    ]
    trace = composed(bot, token_budget=60)

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert set(ids(found.then)) == set(kept)


def test_a_pinned_memory_that_is_forgotten_is_told(bot, namespace):
    gone = prefer(bot, "English")
    trace = composed(bot)
    bot.delete(f"/api/v1/memories/{gone}/")

    found = again(namespace, trace)

    assert found.matches_trace is False
    assert found.lost[uuid.UUID(gone)].says == f"forgotten on {today()}"
    assert reasons(found) == {gone: f"forgotten on {today()}"}


def test_a_context_without_pinned_memories_is_replayed_without(bot, namespace):
    prefer(bot, "English")
    bees = remember(bot, "Ada keeps bees")["id"]
    trace = composed(bot, include=["recalled"])

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert "bees" in " ".join(found.said_then.values())
    assert bees in ids(found.then)


def test_a_context_for_which_nothing_was_recalled_is_replayed_by_its_pins(bot, namespace):
    kept = prefer(bot, "English")
    remember(bot, "Ada keeps bees")
    trace = composed(bot, include=["pinned"])

    found = again(namespace, trace)

    assert found.matches_trace is True
    assert ids(found.then) == [kept]
