"""Recalls are counted afterwards: each once, whoever counts, whatever is gone meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from governance import access
from memories import tasks, traces, upkeep, uses
from memories.models import Memory, MemoryUse, RecallTrace
from tests.conftest import bot_of, make_namespace
from tests.memories.api.talk import ask, post, remember
from tests.memories.conftest import at_once

SOME_VECTOR = [1, *[0] * 383]


def counted(namespace):
    with access.scope(namespace.pk):
        return {str(row.memory_id): row.recalled for row in MemoryUse.objects.all()}


def waiting(namespace):
    with access.scope(namespace.pk):
        return RecallTrace.objects.filter(counted=False).count()


@pytest.mark.django_db
def test_each_recall_of_a_memory_counts_once(bot, namespace):
    bees, tax = remember(bot, "Ada keeps bees")["id"], remember(bot, "The tax is due")["id"]
    for query in ("bees", "bees", "tax"):
        ask(bot, query, top_k=1)
    assert counted(namespace) == {}

    tasks.count_uses()
    tasks.count_uses()

    assert counted(namespace) == {bees: 2, tax: 1}
    assert waiting(namespace) == 0


@pytest.mark.django_db
def test_it_says_when_a_memory_was_last_recalled(bot, namespace):
    remember(bot, "Ada keeps bees")
    ask(bot, "bees")
    last = ask(bot, "bees")["trace_id"]

    tasks.count_uses()

    with access.scope(namespace.pk):
        assert MemoryUse.objects.get().last_recalled_at == RecallTrace.objects.get(pk=last).at


@pytest.mark.django_db
def test_what_was_left_out_was_not_recalled(bot, namespace):
    for number in range(3):
        remember(bot, f"bees, hive {number}")
    found = {one["id"] for one in ask(bot, "bees", top_k=2)["results"]}

    tasks.count_uses()

    assert counted(namespace) == dict.fromkeys(found, 1)


@pytest.mark.django_db
def test_memories_that_are_forgotten_meanwhile_are_passed_over(bot, namespace):
    gone, stays = remember(bot, "bees in Delft")["id"], remember(bot, "bees in Leiden")["id"]
    ask(bot, "bees")
    bot.delete(f"/api/v1/memories/{gone}/")

    tasks.count_uses()

    assert counted(namespace) == {stays: 1}


@pytest.mark.django_db
def test_a_trace_of_nobody_is_counted_and_moves_nothing(bot, namespace):
    ask(bot, "bees", user_id="nobody")

    tasks.count_uses()

    assert (counted(namespace), waiting(namespace)) == ({}, 0)


@pytest.mark.django_db
def test_an_agents_own_memories_are_counted_too(bot, namespace):
    agents = {"user_id": None, "agent_id": "poet"}
    kept = remember(bot, "Answer in rhyme", **agents)["id"]
    ask(bot, "rhyme", **agents)

    tasks.count_uses()

    assert counted(namespace) == {kept: 1}


@pytest.mark.django_db
def test_more_traces_than_one_batch_are_all_counted(bot, namespace, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    kept = remember(bot, "Ada keeps bees")["id"]
    for _ in range(5):
        ask(bot, "bees")

    assert upkeep.count_uses(namespace.pk) == 5
    assert counted(namespace) == {kept: 5}


@pytest.mark.django_db
def test_one_namespace_counts_nothing_of_another(bot, namespace):
    other = make_namespace()
    kept = remember(bot_of(other), "Ada keeps bees")["id"]
    ask(bot_of(other), "bees")

    upkeep.count_uses(namespace.pk)
    assert (counted(other), waiting(other)) == ({}, 1)

    upkeep.count_uses(other.pk)
    assert counted(other) == {kept: 1}


@pytest.mark.django_db
def test_old_traces_are_counted_before_they_go(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    trace = ask(bot, "bees")["trace_id"]
    post(bot, f"traces/{trace}/outcome", {"answer": "x"})
    post(bot, f"traces/{trace}/feedback", {"verdict": "helpful"})
    with access.scope(namespace.pk):
        RecallTrace.objects.update(at=timezone.now() - timedelta(days=1000))

    upkeep.clear_old(namespace.pk, now=timezone.now())

    assert counted(namespace) == {kept: 1}
    with access.scope(namespace.pk):
        assert not RecallTrace.objects.exists()
        assert MemoryUse.objects.get().helpful == 1


@pytest.mark.django_db
def test_all_old_traces_go_however_many(bot, namespace, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for _ in range(5):
        ask(bot, "bees", user_id="nobody")
    with access.scope(namespace.pk):
        RecallTrace.objects.update(at=timezone.now() - timedelta(days=1000))
    young = ask(bot, "bees", user_id="nobody")["trace_id"]

    upkeep.clear_old(namespace.pk, now=timezone.now())

    with access.scope(namespace.pk):
        assert [str(pk) for pk in RecallTrace.objects.values_list("pk", flat=True)] == [young]


@pytest.fixture
def send(committed_key):
    def sent(name, body):
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return post(bot, name, body)

    return sent


def test_workers_at_once_count_each_trace_once(committed, send):
    kept = send("memories", {"user_id": "ada", "text": "bees", "vector": SOME_VECTOR}).json()
    for _ in range(20):
        send("recall", {"user_id": "ada", "query": "bees"})

    at_once(*[lambda: upkeep.count_uses(committed.pk)] * 4)
    upkeep.count_uses(committed.pk)

    assert counted(committed) == {kept["results"][0]["id"]: 20}


def test_counting_while_memories_are_forgotten_breaks_neither(committed, send, committed_key):
    told = {"memories": [{"user_id": f"u{n}", "text": "bees", "vector": SOME_VECTOR}
                         for n in range(12)]}  # fmt: skip
    kept = [one["id"] for one in send("memories", told).json()["results"]]
    for number in range(12):
        send("recall", {"user_id": f"u{number}", "query": "bees"})

    def forget(ids):
        bot = APIClient()
        bot.credentials(HTTP_AUTHORIZATION=f"Bearer {committed_key}")
        return [bot.delete(f"/api/v1/memories/{pk}/").status_code for pk in ids]

    answers = at_once(
        lambda: forget(kept[:6]),
        lambda: forget(kept[::-1][:3]),
        *[lambda: upkeep.count_uses(committed.pk)] * 2,
    )
    upkeep.count_uses(committed.pk)

    assert {*answers[0], *answers[1]} == {200}
    assert counted(committed) == dict.fromkeys(kept[6:9], 1)
    with access.scope(committed.pk):
        assert set(Memory.objects.values_list("pk", flat=True)) == {
            *MemoryUse.objects.values_list("memory_id", flat=True)
        }


def test_counting_while_people_are_linked_does_not_deadlock(committed, send):
    for number in range(8):
        for name in ("a", "b"):
            send("memories", {"user_id": f"{name}{number}", "text": "x", "vector": SOME_VECTOR})
            send("recall", {"user_id": f"{name}{number}", "query": "x"})

    def link():
        bodies = [{"user_id": f"b{n}", "to": {"user_id": f"a{n}"}} for n in range(8)]
        return [
            send("identities/link", {**body, "evidence": {"kind": "x"}}).status_code
            for body in bodies
        ]

    answers = at_once(link, lambda: upkeep.count_uses(committed.pk))
    upkeep.count_uses(committed.pk)

    assert set(answers[0]) == {200}
    assert sum(counted(committed).values()) == 16


def test_reports_at_once_count_once(committed, send):
    kept = send("memories", {"user_id": "ada", "text": "bees", "vector": SOME_VECTOR}).json()
    trace = send("recall", {"user_id": "ada", "query": "bees"}).json()["trace_id"]
    memory = kept["results"][0]["id"]

    answers = at_once(
        *[lambda: send(f"traces/{trace}/outcome", {"used": [memory]})] * 3,
        *[lambda: send(f"traces/{trace}/feedback", {"verdict": "wrong"})] * 3,
        lambda: upkeep.count_uses(committed.pk),
    )

    assert {answer.status_code for answer in answers[:6]} == {200}
    with access.scope(committed.pk):
        use = MemoryUse.objects.get()
    assert (use.recalled, use.used, use.wrong) == (1, 1, 1)


def test_a_trace_that_somebody_holds_is_left_to_them(committed, send):
    send("memories", {"user_id": "ada", "text": "bees", "vector": SOME_VECTOR})
    trace = send("recall", {"user_id": "ada", "query": "bees"}).json()["trace_id"]

    def held():
        with access.scope(committed.pk):
            traces.held(trace, namespace_id=committed.pk)
            (others,) = at_once(lambda: upkeep.count_uses(committed.pk))
            return others

    assert held() == 0
    assert upkeep.count_uses(committed.pk) == 1
    assert connection.in_atomic_block is False


@pytest.mark.django_db
def test_counters_follow_memories_to_another_subject(bot, namespace):
    kept = remember(bot, "Ada keeps bees")["id"]
    ask(bot, "bees")
    tasks.count_uses()
    other = remember(bot, "x", user_id="lovelace")["id"]

    with access.scope(namespace.pk):
        to = Memory.objects.get(pk=other).subject_id
        uses.follow(namespace.pk, [kept], to=to)

        assert MemoryUse.objects.get().subject_id == to


@pytest.mark.django_db
def test_of_a_context_what_went_in_was_recalled_and_what_had_no_room_was_not(bot, namespace):
    for number in range(12):
        text = f"Ada likes the very same long walks of number {number}"
        remember(bot, text, type="preference")
    body = {"user_id": "ada", "message": "walks", "token_budget": 80}
    trace = post(bot, "context", body).json()["trace_id"]
    composed = bot.get(f"/api/v1/traces/{trace}/").json()["composed"]
    (section,) = composed["sections"]
    assert composed["left_out"]

    tasks.count_uses()

    assert counted(namespace) == dict.fromkeys(section["memories"], 1)
