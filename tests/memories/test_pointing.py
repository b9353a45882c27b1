"""What takes something back means one memory, or none."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from governance import access
from governance.audit import SYSTEM
from governance.subjects import IdentityRef
from memories import extraction, ingestion, owners, pointing
from memories.drafts import Place
from memories.ingestion import Received
from memories.models import Memory
from memories.providers import embeddings
from memories.rules.candidates import Candidate, Relation

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 20, 10, tzinfo=UTC)
ADA = (IdentityRef("default", "ada"),)


def tell(namespace, *messages, refs=ADA):
    """Each message is an episode, a day after the last."""
    for day, message in enumerate(messages):
        at = AT + timedelta(days=day)
        episode = ingestion.receive(
            Received(refs, Place(), [{"role": "user", "content": message}]),
            namespace=namespace,
            actor=SYSTEM,
            key_id=uuid.uuid4(),
            now=at,
        )
        extraction.extract(
            episode.pk, namespace_id=namespace.pk, clock=lambda at=at: at + timedelta(hours=1)
        )


def id_of(namespace, text):
    with access.scope(namespace.pk):
        return Memory.objects.get(namespace=namespace, text=text).pk


def point(namespace, text, *, relation=Relation.ENDS, refs=ADA, **more):
    """What one retraction is about."""
    with access.scope(namespace.pk):
        owner = owners.known(refs, "", namespace_id=namespace.pk)
    candidate = Candidate("profile", text, 0, "user", relation=relation, **more)
    model = embeddings.for_model("local:bge-small-en-v1.5")
    (found,) = pointing.pointed(
        [candidate], owner, model=model, language="english", now=AT + timedelta(days=9)
    )
    return found.about


def test_a_retraction_is_about_the_memory_that_says_it(namespace):
    tell(namespace, "I play the violin in an orchestra.", "I have a dog called Biscuit.")

    assert point(namespace, "I have a dog") == id_of(namespace, "I have a dog called Biscuit.")
    assert point(namespace, "I have a dog", relation=Relation.FORGETS) is not None


def test_of_two_that_may_be_meant_it_is_about_neither(namespace):
    tell(namespace, "I have a dog called Biscuit.", "I have a dog called Moss.")

    assert point(namespace, "I have a dog") is None


def test_it_is_about_nobody_elses(namespace):
    tell(namespace, "I have a dog called Biscuit.", refs=(IdentityRef("default", "bob"),))
    tell(namespace, "I play the violin in an orchestra.")

    assert point(namespace, "I have a dog") is None


def test_what_names_a_slot_or_a_memory_or_takes_nothing_back_is_left_as_it_is(namespace):
    tell(namespace, "I have a dog called Biscuit.")
    other = uuid.uuid4()

    assert point(namespace, "I have a dog", slot="pet") is None
    assert point(namespace, "I have a dog", about=other) == other
    assert point(namespace, "I have a dog", relation=Relation.NEW) is None


def current(namespace):
    with access.scope(namespace.pk):
        kept = Memory.objects.filter(namespace=namespace, state="ACTIVE")
        return sorted(kept.values_list("text", flat=True))


@pytest.mark.parametrize(
    "said",
    [
        ("I love coffee.", "I hate coffee now."),
        ("I'm a vegetarian.", "I'm vegan now."),
        ("I'm vegan.", "I'm eating meat again."),
        ("I love coffee.", "I hate coffee now.", "I love coffee again."),
    ],
)
def test_what_is_said_otherwise_of_the_same_thing_takes_its_place(namespace, said):
    tell(namespace, *said)

    assert current(namespace) == [said[-1]]


def test_what_is_said_of_another_thing_stands_beside_it(namespace):
    tell(namespace, "I love coffee.", "I hate tea.")

    assert current(namespace) == ["I hate tea.", "I love coffee."]


def test_of_two_that_it_would_change_neither_is_changed(namespace):
    # The milder is no change of mind, so both are kept.
    tell(namespace, "I love coffee.", "I enjoy coffee.", "I hate coffee now.")

    assert current(namespace) == ["I enjoy coffee.", "I hate coffee now.", "I love coffee."]


@pytest.mark.parametrize(
    "said",
    [
        ("I live in Rome.", "I no longer live in Rome.", "I live in Rome."),
        ("I'm a vegetarian.", "I'm not a vegetarian any more.", "I'm a vegetarian again."),
        ("I have a dog called Fido.", "I no longer have a dog.", "I have a dog called Fido."),
    ],
)
def test_the_words_of_an_ending_do_not_stay_beside_the_fact_that_returns(namespace, said):
    tell(namespace, *said)

    assert current(namespace) == [said[-1]]


def test_an_ending_of_what_was_never_told_is_news(namespace):
    tell(namespace, "I no longer smoke.")

    assert current(namespace) == ["I no longer smoke."]
