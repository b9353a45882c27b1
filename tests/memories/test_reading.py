"""What is gathered to read a conversation: of this owner, current, and said in it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from governance import access
from memories import reading
from memories.models import Episode, Memory
from memories.providers import embeddings
from memories.rules.candidates import Turn
from memories.rules.owner import Owner
from tests.memories.api.talk import post, recalled, remember

pytestmark = pytest.mark.django_db


def owner_of(bot, namespace, user="ada"):
    answer = post(bot, "identities/resolve", {"user_id": user}).json()
    return Owner(namespace.pk, uuid.UUID(answer["subject_id"]))


def near(bot, namespace, said, user="ada", at=None):
    turns = [Turn(0, "user", said, timezone.now())]
    found = reading.neighbours(
        turns,
        owner_of(bot, namespace, user),
        model=embeddings.serving("local:bge-small-en-v1.5"),
        language="english",
        now=at or timezone.now(),
    )
    return [one.text for one in found]


def received(bot, content, **fields):
    body = {"user_id": "ada", "messages": [{"role": "user", "content": content}], **fields}
    return post(bot, "episodes", body).json()["id"]


def before(namespace, episode_id):
    with access.scope(namespace.pk):
        return [one.content for one in reading.before(Episode.objects.get(pk=episode_id))]


def test_neighbours_are_the_owners_current_memories_the_nearest_first(bot, namespace, stranger):
    remember(bot, text="I prefer tea in the morning")
    remember(bot, text="My sister is a pilot")
    remember(bot, text="I prefer tea, says Bob", user_id="bob")
    remember(stranger, text="I prefer tea elsewhere")

    assert near(bot, namespace, "I drink coffee now, not tea") == [
        "I prefer tea in the morning",
        "My sister is a pilot",
    ]


def test_what_is_no_longer_so_is_no_neighbour(bot, namespace):
    remember(bot, text="I live in Berlin", type="profile", slot="city", data={"value": "Berlin"})
    remember(bot, text="I live in Bonn", type="profile", slot="city", data={"value": "Bonn"})

    assert near(bot, namespace, "I moved") == ["I live in Bonn"]


def test_what_a_slot_holds_is_a_neighbour_however_far_away(bot, namespace):
    remember(bot, text="I live in Bonn", type="profile", slot="city", data={"value": "Bonn"})
    for number in range(reading.NEAREST + 5):
        remember(bot, text=f"I drank tea number {number}", type="interaction")

    found = near(bot, namespace, "I drink tea")

    assert len(found) == reading.NEAREST + 1
    assert found[-1] == "I live in Bonn"


def test_of_whom_nothing_is_known_there_are_none_and_nothing_is_embedded(bot, namespace):
    received(bot, "Hello")

    turns = [Turn(0, "user", "Hello", timezone.now())]
    owner = owner_of(bot, namespace)
    missing = embeddings.Missing("local:none")
    assert reading.neighbours(
        turns, owner, model=missing, language="english", now=timezone.now()
    ) == []  # fmt: skip


def test_the_turns_before_are_of_the_same_conversation(bot, namespace):
    received(bot, "In another run", run_id="r2")
    received(bot, "With another agent", run_id="r1", agent_id="a")
    received(bot, "Of another person", run_id="r1", user_id="bob")
    received(bot, "First", run_id="r1")
    received(bot, "Second", run_id="r1")
    now = received(bot, "Third", run_id="r1")
    received(bot, "Later", run_id="r1")

    assert before(namespace, now) == ["First", "Second"]


def test_a_conversation_ends_with_a_long_silence_and_with_its_messages(bot, namespace):
    old, cleared = received(bot, "Long ago"), received(bot, "Cleared")
    now = received(bot, "Now")
    with access.scope(namespace.pk):
        Episode.objects.filter(pk=old).update(
            received_at=timezone.now() - reading.SAME_CONVERSATION - timedelta(minutes=1)
        )
        Episode.objects.filter(pk=cleared).update(messages=[])

    assert before(namespace, now) == []


def test_only_so_many_turns_before_and_the_last_of_them(bot, namespace):
    for number in range(reading.TURNS_BEFORE + 3):
        received(bot, f"Turn {number}")
    now = received(bot, "Now")

    assert before(namespace, now) == [f"Turn {n}" for n in range(3, reading.TURNS_BEFORE + 3)]


def test_what_was_recalled_lately_is_known_while_it_is_current(bot, namespace):
    remember(bot, text="I live in Bonn near the river", type="profile")
    kept = remember(bot, text="I like green tea a lot", type="preference")
    assert len(recalled(bot, "Bonn, the river, green tea")) == 2
    owner = owner_of(bot, namespace)
    with access.scope(namespace.pk):
        Memory.objects.filter(pk=kept["id"]).update(state="ARCHIVED")

        now = timezone.now()
        assert reading.recalled_lately(owner, now=now) == ["I live in Bonn near the river"]
        assert reading.recalled_lately(owner, now=now + reading.RECALLED_LATELY) == []
