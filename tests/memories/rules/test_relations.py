"""What may be said of a known memory."""

import uuid
from datetime import UTC, datetime

import pytest

from memories.rules import evidence, relations
from memories.rules.candidates import Relation, Turn
from memories.rules.readings import Neighbour
from memories.rules.replies import Falls

NOW = datetime(2026, 5, 1, tzinfo=UTC)
CAR = Neighbour(uuid.uuid4(), "profile", "I have a red car")
CITY = Neighbour(uuid.uuid4(), "profile", "I live in Berlin", slot="city", value="Berlin")
JOB = Neighbour(uuid.uuid4(), "profile", "I work at Acme", slot="employer", value="Acme")


def behind(*contents):
    turns = [
        Turn(index, "assistant", content[2:].strip(), NOW)
        if content.startswith("A:")
        else Turn(index, "user", content, NOW)
        for index, content in enumerate(contents)
    ]
    return evidence.of(len(turns) - 1, turns)


def settled(relation, about, *contents, slot="", text=""):
    """`text` is as it was said last, unless it is given."""
    return relations.settled(
        relation, about, behind(*contents), text=text or contents[-1], slot=slot, language="english"
    )


@pytest.mark.parametrize(
    ("relation", "about", "contents"),
    [
        (Relation.FORGETS, CAR, ["Please forget about my car"]),
        (Relation.FORGETS, CAR, ["A: You have a red car.", "Forget that"]),
        (Relation.FORGETS, CAR, ["Vergiss das mit dem car"]),
        (Relation.FORGETS, None, ["Forget what I said"]),
        (Relation.ENDS, CAR, ["I sold my car"]),
        (Relation.ENDS, CAR, ["A: Do you still have a red car?", "I sold it last week"]),
        (Relation.ENDS, JOB, ["I quit my job"]),
        (Relation.ENDS, CAR, ["I no longer have a red car"]),
        (Relation.CONFIRMS, CITY, ["I still live in Berlin"]),
        (Relation.CHANGES, CITY, ["I moved to Hamburg"]),
        (Relation.NEW, None, ["Hello"]),
    ],
)
def test_a_relation_that_the_words_bear_out_holds(relation, about, contents):
    assert settled(relation, about, *contents) is relation


def test_a_slot_ties_a_statement_to_its_memory():
    assert settled(Relation.ENDS, CITY, "I moved away", slot="city") is Relation.ENDS


@pytest.mark.parametrize(
    ("relation", "about", "content", "code"),
    [
        (Relation.FORGETS, CAR, "I have a red car", "nobody_asked_to_forget"),
        (Relation.FORGETS, CAR, "Don't forget my red car", "nobody_asked_to_forget"),
        (Relation.FORGETS, CAR, "Forget my allergies", "not_about_it"),
        (Relation.ENDS, CAR, "I sold my house", "not_about_it"),
        (Relation.ENDS, CAR, "I have a red car", "not_ended"),
    ],
)
def test_one_that_would_take_away_without_a_word_of_it_falls(relation, about, content, code):
    with pytest.raises(Falls, match=code):
        settled(relation, about, content)


def test_what_points_to_nothing_ends_nothing_that_was_said_before():
    with pytest.raises(Falls, match="not_about_it"):
        settled(Relation.ENDS, CAR, "A: You have a red car.", "Nice weather today, is not so bad")


def test_an_assistant_asks_for_nothing_to_be_forgotten():
    with pytest.raises(Falls, match="nobody_asked"):
        settled(Relation.FORGETS, CAR, "A: I will forget your red car")


def test_a_confirmation_of_something_else_is_news():
    assert settled(Relation.CONFIRMS, CAR, "I like tea") is Relation.NEW


def test_another_value_contradicts_and_another_spelling_does_not():
    assert relations.contradicts("Hamburg", CITY)
    assert not relations.contradicts("berlin", CITY)
    assert not relations.contradicts(None, CITY)
    assert not relations.contradicts("red", CAR)


def test_an_end_needs_a_word_of_it_even_where_a_word_is_shared():
    with pytest.raises(Falls) as fall:
        settled(Relation.ENDS, CITY, "I live in Delft and I love tea")

    assert fall.value.args[0] == "not_ended"


def test_a_change_without_any_tie_is_something_new():
    jazz = Neighbour(uuid.uuid4(), "preference", "I like jazz")

    assert settled(Relation.CHANGES, jazz, "I love tea") is Relation.NEW
    assert settled(Relation.CHANGES, jazz, "I prefer tea now") is Relation.NEW
    assert settled(Relation.CHANGES, jazz, "I don't like jazz any more, I love tea",
                   text="I love tea") is Relation.CHANGES  # fmt: skip
    assert settled(Relation.CHANGES, jazz, "I like only blues and jazz") is Relation.CHANGES


BONN = Neighbour(uuid.uuid4(), "profile", "I live in Bonn", slot="city", value="Bonn")


@pytest.mark.parametrize(
    ("said", "text", "slot", "code"),
    [
        ("I live in Delft and I love tea.", "I love tea", "", "not_about_it"),
        ("I live in Delft and I love tea.", "I love tea", "city", "not_about_it"),
        ("I live in Delft and I stopped smoking.", "I stopped smoking", "", "not_about_it"),
        ("I live in Delft and I stopped smoking.", "I stopped smoking", "city", "not_about_it"),
        ("I stopped smoking and I live in Delft.", "I stopped smoking, I live in Delft", "",
         "not_ended"),
        ("I don't live alone.", "I don't live alone", "", "not_ended"),
    ],
)  # fmt: skip
def test_an_end_of_one_thing_is_none_of_another_in_the_same_turn(said, text, slot, code):
    with pytest.raises(Falls, match=code):
        settled(Relation.ENDS, BONN, said, text=text, slot=slot)


def test_what_was_asked_before_does_not_lend_its_words_to_another_end():
    with pytest.raises(Falls, match="not_about_it"):
        settled(Relation.ENDS, BONN, "A: You live in Bonn, right?", "I stopped smoking")


def test_to_forget_one_thing_is_to_forget_no_other():
    with pytest.raises(Falls, match="not_about_it"):
        settled(Relation.FORGETS, BONN, "Please forget my dog. I like living here.")


@pytest.mark.parametrize(
    ("contents", "text"),
    [
        (["I no longer live there"], "I no longer live in Bonn"),
        (["A: You live in Bonn, right?", "Not any more"], "I live in Bonn"),
        (["A: Do you live in Bonn?", "No"], "I don't live in Bonn"),
        (["A: Did you leave Bonn?", "That is over, yes"], "I live in Bonn"),
        (["I had a flat in Bonn. I gave it up."], "I gave up my flat in Bonn"),
        (["I left my cat, my job and Bonn"], "I left Bonn"),
        (["I don't live in Bonn"], "I don't live in Bonn"),
    ],
)
def test_an_end_that_the_person_speaks_of_holds(contents, text):
    assert settled(Relation.ENDS, BONN, *contents, text=text) is Relation.ENDS


def test_a_general_word_in_common_is_no_change():
    jazz = Neighbour(uuid.uuid4(), "preference", "I love jazz")

    assert settled(Relation.CHANGES, jazz, "I love tea") is Relation.NEW
    assert settled(Relation.CHANGES, jazz, "I love tea now") is Relation.CHANGES
    assert settled(Relation.CHANGES, BONN, "I live in Delft and I love tea",
                   text="I love tea") is Relation.NEW  # fmt: skip
