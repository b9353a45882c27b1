"""From an episode to memories: once, whoever works on it and whatever happens meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from governance.audit import SYSTEM
from governance.models import AuditEvent, Subject
from governance.subjects import IdentityRef
from memories import episodes, extraction, ingestion
from memories.drafts import Place
from memories.ingestion import Received
from memories.models import Episode, Memory
from tests.memories.api.talk import listed, page, post, recalled
from tests.memories.conftest import at_once

EACH = "tests.memories.extractors.EachMessage"


def receive(bot, *contents, role="user", **fields):
    messages = [
        {"role": role, "content": content, "time": f"2026-05-0{day}T12:00:00Z"}
        for day, content in enumerate(contents, start=1)
    ]
    answer = post(bot, "episodes", {"user_id": "ada", "messages": messages, **fields})
    assert answer.status_code == 202, answer.content
    return answer.json()


def extract(namespace, episode, at=None):
    return extraction.extract(
        episode["id"], namespace_id=namespace.pk, clock=lambda: at or timezone.now()
    )


def told(bot, episode):
    return bot.get(episode["status_url"]).json()


@pytest.mark.django_db
def test_a_conversation_becomes_memories_that_are_recalled(bot, namespace):
    episode = receive(bot, "I live in Delft.", "How do I bake bread?")

    assert extract(namespace, episode)

    done = told(bot, episode)
    assert (done["status"], done["extractor"]) == ("DONE", "OfflineExtractor")
    assert recalled(bot, "Where does she live?") == ["I live in Delft."]
    assert [one["id"] for one in page(bot)["results"]] == done["memories"]


@pytest.mark.django_db
def test_a_memory_knows_where_it_comes_from(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    episode = receive(
        bot, "The topic is bees", metadata={"trip": "rome"}, agent_id="a", app_id="w", run_id="r"
    )

    extract(namespace, episode)

    (memory,) = page(bot)["results"]
    assert (memory["episode_id"], memory["message_index"]) == (episode["id"], 0)
    assert (memory["agent_id"], memory["app_id"], memory["run_id"]) == ("a", "w", "r")
    assert (memory["metadata"], memory["data"]) == ({"trip": "rome"}, {"value": "bees"})
    assert (memory["sensitivity"], memory["confidence"]) == ("sensitive", 0.7)
    assert memory["occurred_at"] == memory["valid_from"] == "2026-05-01T12:00:00Z"


@pytest.mark.django_db
def test_a_clock_that_runs_ahead_hides_nothing(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    message = {"role": "user", "content": "The topic is bees", "time": "2999-01-01T00:00:00Z"}
    episode = post(bot, "episodes", {"user_id": "ada", "messages": [message]}).json()

    extract(namespace, episode)

    assert listed(bot) == ["The topic is bees"]


@pytest.mark.django_db
def test_trust_comes_from_the_role_of_who_spoke(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    extract(namespace, receive(bot, "The topic is bees"))

    extract(namespace, receive(bot, "The topic is", "The topic is rain", role="assistant"))

    assert listed(bot) == ["The topic is bees"]


@pytest.mark.django_db
def test_what_was_decided_is_counted(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    episode = receive(bot, "The topic is bees", "The topic is bees", "The topic is rain")

    extract(namespace, episode)

    assert told(bot, episode)["yielded"] == {"ADD": 1, "REINFORCE": 1, "SUPERSEDE": 1}


@pytest.mark.django_db
def test_nothing_worth_keeping_is_done_too(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = "tests.memories.extractors.Nothing"
    episode = receive(bot, "Hello")

    assert extract(namespace, episode)

    assert (told(bot, episode)["status"], told(bot, episode)["yielded"]) == ("DONE", {})


@pytest.mark.django_db
def test_twice_run_is_once_applied(bot, namespace):
    episode = receive(bot, "I live in Delft.")

    assert [extract(namespace, episode) for _ in range(3)] == [True, False, False]

    (memory,) = page(bot)["results"]
    assert memory["version"] == 1
    with access.scope(namespace.pk):
        assert AuditEvent.objects.filter(action="episode.extracted").count() == 1


def test_many_workers_at_once_apply_it_once(committed):
    # Received tomorrow: a worker of another test would not take it before.
    tomorrow = timezone.now() + timedelta(days=1)
    episode = ingestion.receive(
        Received(
            (IdentityRef("user_id", "ada"),),
            Place(),
            [{"role": "user", "content": "I live in Delft."}],
        ),
        namespace=committed,
        actor=SYSTEM,
        key_id=None,
        now=tomorrow,
    )

    done = at_once(*[lambda: extract(committed, {"id": episode.pk}, at=tomorrow)] * 4)

    assert sorted(done) == [False, False, False, True]
    with access.scope(committed.pk):
        assert list(Memory.objects.values_list("version", flat=True)) == [1]


@pytest.mark.django_db
def test_a_worker_whose_lease_ran_out_writes_nothing(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    episode = receive(bot, "The topic is bees")
    with access.scope(namespace.pk):
        slow = episodes.claim(episode["id"], namespace_id=namespace.pk, now=timezone.now())
    later = timezone.now() + timedelta(seconds=settings.EXTRACTION_LEASE_SECONDS + 1)

    assert extract(namespace, episode, at=later)

    with access.scope(namespace.pk):
        assert episodes.still_mine(slow) is None
        assert Memory.objects.count() == 1


@pytest.mark.django_db
def test_a_worker_that_breaks_leaves_the_episode_to_the_next(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = "tests.memories.extractors.Broken"
    episode = receive(bot, "The topic is bees")
    with pytest.raises(ZeroDivisionError):
        extract(namespace, episode)
    settings.MEMORIES_EXTRACTOR = EACH

    assert extract(namespace, episode) is False, "it is still leased"
    later = timezone.now() + timedelta(seconds=settings.EXTRACTION_LEASE_SECONDS + 1)
    assert extract(namespace, episode, at=later) is True


@pytest.mark.django_db
def test_an_episode_that_kills_its_workers_ends_as_failed(bot, namespace):
    episode = receive(bot, "I live in Delft.")
    with access.scope(namespace.pk):
        Episode.objects.update(interruptions=episodes.MAX_INTERRUPTIONS + 1)

    assert extract(namespace, episode) is False

    failed = told(bot, episode)
    assert (failed["status"], failed["waiting_for"]) == ("FAILED", "too_many_interruptions")
    assert extract(namespace, episode) is False
    with access.scope(namespace.pk):
        event = AuditEvent.objects.get(action="episode.failed")
    assert event.details == {"code": "too_many_interruptions"}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["RESTRICTED", "OPTED_OUT", "ERASING", "ERASED"])
def test_of_a_subject_that_was_closed_meanwhile_nothing_is_kept(bot, namespace, state):
    episode = receive(bot, "I live in Delft.")
    with access.scope(namespace.pk):
        Subject.objects.update(state=state)

    assert extract(namespace, episode) is False

    with access.scope(namespace.pk):
        row = Episode.objects.get()
        assert (row.state, row.waiting_for) == ("FAILED", "subject_not_accepting")
        assert Memory.objects.count() == 0


@pytest.mark.django_db
def test_an_agents_conversation_makes_memories_of_the_agent(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    episode = receive(bot, "The topic is bees", user_id="x")
    own = post(
        bot,
        "episodes",
        {"agent_id": "poet", "messages": [{"role": "user", "content": "The topic is rain"}]},
    ).json()

    extract(namespace, episode)
    extract(namespace, own)

    assert own["subject_id"] is None
    assert listed(bot, user_id=None, agent_id="poet") == ["The topic is rain"]
    assert listed(bot, user_id="x") == ["The topic is bees"]


@pytest.mark.django_db
def test_what_was_kept_is_confirmed_by_a_conversation(bot, namespace, settings):
    settings.MEMORIES_EXTRACTOR = EACH
    first, second = receive(bot, "The topic is bees"), receive(bot, "the topic is  bees!")
    extract(namespace, first)

    extract(namespace, second)

    assert told(bot, second)["yielded"] == {"REINFORCE": 1}
    assert listed(bot) == ["The topic is bees"]


@pytest.mark.django_db
def test_another_namespace_cannot_extract_it(bot, namespace, stranger):
    episode = receive(bot, "I live in Delft.")
    other = stranger.get("/api/v1/key/").json()["namespace"]["id"]

    assert extraction.extract(episode["id"], namespace_id=other, clock=timezone.now) is False
    assert told(bot, episode)["status"] == "RECEIVED"
