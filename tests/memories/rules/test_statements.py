"""What is indexed of a memory."""

from datetime import UTC, datetime

import pytest

from memories.rules import statements
from memories.rules.statements import GLOSSES, MAX_CONTEXT_CHARACTERS, statement

MAY = datetime(2023, 5, 8, 23, 59, tzinfo=UTC)


def test_a_statement_names_its_speaker():
    assert statement("I keep bees", speaker="Ada", occurred_at=None).alone == "Ada: I keep bees"


def test_without_a_speaker_the_words_stand_alone():
    assert statement("I keep bees", speaker="", occurred_at=None).alone == "I keep bees"


def test_a_slot_says_what_it_is_about():
    found = statement("I moved to Lisbon", speaker="", occurred_at=None, slot="city")

    assert found.alone == "I moved to Lisbon (the city where the person lives, home)"


def test_a_slot_without_a_gloss_is_read_as_words():
    found = statement("Blue", speaker="", occurred_at=None, slot="favourite_colour")

    assert found.alone == "Blue (favourite colour)"


@pytest.mark.parametrize("slot", sorted(GLOSSES))
def test_each_gloss_is_of_a_slot_as_it_may_be_named(slot):
    assert slot.replace("_", "").isalpha()
    assert slot.islower()
    assert GLOSSES[slot]


def test_a_date_is_written_as_people_ask_for_it():
    assert statements.spoken_date(MAY) == "8 May 2023"
    assert statements.spoken_date(None) == ""


def test_nothing_before_it_means_no_context():
    assert statement("I keep bees", speaker="Ada", occurred_at=MAY).in_context == ""


def test_the_context_is_the_date_the_last_two_turns_and_the_statement():
    found = statement("Bees", speaker="Ada", occurred_at=MAY, before=["one", "two", "three"])

    assert found.in_context.split("\n") == ["8 May 2023", "two", "three", "Ada: Bees"]


def test_a_context_without_a_date_begins_with_a_turn():
    found = statement("Bees", speaker="Ada", occurred_at=None, before=["one"])

    assert found.in_context.split("\n") == ["one", "Ada: Bees"]
    assert found.date == ""


def test_a_long_context_loses_its_beginning_and_never_the_statement():
    found = statement("Bees", speaker="Ada", occurred_at=MAY, before=["a" * 5000, "b" * 900])

    assert len(found.in_context) == MAX_CONTEXT_CHARACTERS
    assert found.in_context.endswith("b\nAda: Bees")
