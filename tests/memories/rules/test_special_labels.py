"""A name and its value tell what a sentence would, and so does a word alone."""

import pytest

from memories.rules import spans, special_labels


def found(text):
    places = spans.apart(special_labels.find(text))
    return [(span.kind, text[span.start : span.end]) for span in places]


@pytest.mark.parametrize(
    ("text", "category", "value"),
    [
        ("Diagnosis: HIV positive", "health", "HIV positive"),
        ("health conditions: diabetes", "health", "diabetes"),
        ("Religion: Muslim", "religion", "Muslim"),
        ("sexual orientation = whatever they wrote", "sexuality", "whatever they wrote"),
        ("orientation: gay", "sexuality", "gay"),
        ("Ethnicity: Kurdish", "ethnicity", "Kurdish"),
        ("party: Greens", "politics", "Greens"),
        ("union member: yes", "trade_union", "yes"),
        ("Criminal record: theft", "criminal_record", "theft"),
    ],
)
def test_a_name_tells_what_its_value_is(text, category, value):
    assert found(text) == [(category, value)]


@pytest.mark.parametrize(
    "text", ["HIV+", "HIV positive", "diabetic", "gay", "Muslim.", "type 2 diabetes", "a lesbian"]
)
def test_a_word_alone_is_said_of_somebody(text):
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Diagnosis: the disk is full", "Religion: none", "Religion: [religion]", "condition: new",
        "orientation: landscape", "health: 100/100", "race: Boston Marathon", "status: done",
        "party: Friday at 8", "origin: main", "vote: 3", "union: Jack", "black", "straight",
        "blind", "the gay bar is on Main Street", "",
    ],
)  # fmt: skip
def test_what_has_another_meaning_is_none(text):
    assert found(text) == []
