"""Posts of one conversation claimed together: each is read once, whoever dies or comes at once."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM
from governance.subjects import IdentityRef
from memories import episodes, extraction, ingestion
from memories.drafts import Place
from memories.ingestion import Received
from memories.models import Episode, Memory
from tests.memories.conftest import at_once
from tests.memories.reading_model import candidate, found, read_by

NOW = timezone.now()
LEASE = timedelta(seconds=60)


def received(namespace, **given):
    return Episode.objects.create(
        namespace=namespace,
        **{
            "agent_id": "a",
            "received_at": NOW,
            "next_attempt_at": NOW,
            "messages": [{"role": "user", "content": "Hello"}],
            **given,
        },
    )


@pytest.fixture
def scoped(namespace):
    with access.scope(namespace.pk):
        yield namespace


def claim(episode, at=NOW):
    return episodes.claim(episode.pk, namespace_id=episode.namespace_id, now=at, lasting=LEASE)


def others(claimed, messages=100, at=NOW):
    taken = episodes.claim_others(claimed, messages=messages, now=at, lasting=LEASE)
    return [one.pk for one in taken]


@pytest.mark.django_db
def test_what_waits_in_the_same_conversation_comes_along_oldest_first(scoped):
    older, mine, resting = (
        received(scoped),
        received(scoped),
        received(scoped, next_attempt_at=NOW + timedelta(seconds=30)),
    )
    put_back = received(scoped, waiting_for="language_model_unavailable", attempts=2)

    assert others(claim(mine)) == [older.pk, resting.pk, put_back.pk]
    resting.refresh_from_db()
    assert (resting.state, resting.lease_until, resting.attempts) == ("EXTRACTING", NOW + LEASE, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"agent_id": "b"},
        {"app_id": "b"},
        {"run_id": "b"},
        {"state": "DONE"},
        {"state": "FAILED"},
        {"state": "EXTRACTING", "lease_until": NOW + LEASE},
        {"state": "EXTRACTING", "lease_until": NOW - LEASE},
        {"waiting_for": episodes.RETRIED},
    ],
)
def test_nothing_else_does(scoped, other):
    mine = received(scoped)
    received(scoped, **other)

    assert others(claim(mine)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("mine", [{"interruptions": 1}, {"waiting_for": episodes.RETRIED}])
def test_what_ended_a_worker_or_was_retried_takes_no_other_along(scoped, mine):
    first = received(scoped, **mine)
    received(scoped)

    assert others(claim(first)) == []


@pytest.mark.django_db
def test_so_many_messages_and_the_order_is_kept(scoped):
    two = [{"role": "user", "content": "x"}] * 2
    mine, first, large, last = (
        received(scoped),
        received(scoped),
        received(scoped, messages=two),
        received(scoped),
    )

    assert others(claim(mine), messages=2) == [first.pk], "a later one does not overtake"
    assert others(claim(large), messages=0) == []
    assert others(claim(last), messages=1) == []


@pytest.mark.django_db
def test_a_lease_is_renewed_while_it_is_ours(scoped):
    mine, other = claim(received(scoped)), claim(received(scoped))

    assert episodes.renew([mine, other], now=NOW + LEASE / 2, lasting=LEASE)
    assert claim(mine, NOW + LEASE) is None
    taken = claim(other, NOW + LEASE * 2)

    assert taken is not None
    assert not episodes.renew([mine, other], now=NOW + LEASE * 2, lasting=LEASE)


@pytest.mark.django_db
def test_a_model_has_time_for_two_calls(settings):
    settings.LANGUAGE_MODEL_TIMEOUT = 20.0

    longer = episodes.lease(calls_a_model=True) - episodes.lease(calls_a_model=False)

    assert longer == timedelta(seconds=40)


@pytest.mark.django_db
def test_who_lost_an_episode_neither_fails_it_nor_puts_it_back(scoped):
    slow = claim(received(scoped))
    taken = claim(slow, NOW + LEASE)

    episodes.fail(slow, code="reply_malformed", now=NOW)
    episodes.put_back(slow, waiting_for="model", now=NOW)

    row = Episode.objects.get()
    assert (row.state, row.attempts, row.waiting_for) == ("EXTRACTING", taken.attempts, "")


def posted(namespace, count, at):
    given = Received((IdentityRef("user_id", "ada"),), Place(), [])
    made = []
    for number in range(count):
        said = [{"role": "user", "content": f"I own {number + 2} boats"}]
        received = Received(given.refs, given.place, said)
        made.append(
            ingestion.receive(received, namespace=namespace, actor=SYSTEM, key_id=None, now=at)
        )
    return made


def reads_all(body):
    """A candidate for each new turn."""
    turns = body["messages"][1]["content"].split("# NEW TURNS\n")[1].splitlines()
    said = [line.split('"text": "')[1].rstrip('"}') for line in turns]
    return found(*(candidate(text, message=at) for at, text in enumerate(said, start=1)))


def state_of(namespace):
    with access.scope(namespace.pk):
        texts = sorted(Memory.objects.values_list("text", "version"))
        states = set(Episode.objects.values_list("state", flat=True))
    return texts, states


def test_many_workers_at_once_read_each_post_once(committed, settings):
    tomorrow = timezone.now() + timedelta(days=1)
    with read_by(reads_all, settings):
        made = posted(committed, 4, tomorrow)
        at_once(
            *[
                lambda one=one: extraction.extract(
                    one.pk, namespace_id=committed.pk, clock=lambda: tomorrow
                )
                for one in made * 2
            ]
        )

    texts, states = state_of(committed)
    assert texts == [(f"I own {number} boats", 1) for number in range(2, 6)]
    assert states == {"DONE"}


def test_a_batch_whose_worker_died_is_read_by_the_next(committed, settings):
    tomorrow = timezone.now() + timedelta(days=1)
    made = None
    with read_by(reads_all, settings) as model:
        made = posted(committed, 3, tomorrow)
        with pytest.raises(ZeroDivisionError):
            broken(made[0], committed, tomorrow, settings)
        texts, states = state_of(committed)
        assert (texts, states) == ([], {"EXTRACTING"})
        later = tomorrow + timedelta(seconds=60)
        for one in made:
            extraction.extract(one.pk, namespace_id=committed.pk, clock=lambda: later)
        assert len(model.requests) == 3, "each by itself: one of them may have ended the worker"

    texts, states = state_of(committed)
    assert (len(texts), states) == (3, {"DONE"})


def broken(episode, namespace, at, settings):
    """A worker ends while it has the batch."""
    chosen = settings.EXTRACTORS
    settings.EXTRACTORS = {**chosen, "model": "tests.memories.extractors.BrokenReader"}
    settings.MEMORIES_EXTRACTOR = settings.EXTRACTORS["model"]
    try:
        extraction.extract(episode.pk, namespace_id=namespace.pk, clock=lambda: at)
    finally:
        settings.EXTRACTORS = chosen
        settings.MEMORIES_EXTRACTOR = chosen["model"]


def test_a_slow_worker_writes_nothing_of_what_another_took_meanwhile(committed, settings):
    tomorrow = timezone.now() + timedelta(days=1)
    asked, go_on = threading.Event(), threading.Event()

    def reply(body):
        if not asked.is_set():
            asked.set()
            go_on.wait(10)
        return reads_all(body)

    with read_by(reply, settings, LANGUAGE_MODEL_TIMEOUT=20.0):
        (one,) = posted(committed, 1, tomorrow)
        later = tomorrow + timedelta(seconds=100)

        def slow():
            return extraction.extract(one.pk, namespace_id=committed.pk, clock=lambda: tomorrow)

        def quick():
            asked.wait(10)
            done = extraction.extract(one.pk, namespace_id=committed.pk, clock=lambda: later)
            go_on.set()
            return done

        assert at_once(slow, quick) == [False, True]

    texts, _ = state_of(committed)
    assert texts == [("I own 2 boats", 1)]
