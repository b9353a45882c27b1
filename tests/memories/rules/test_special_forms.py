"""Hints before forms, and look-alikes across them."""

import json
from pathlib import Path

import pytest

from memories.rules import special_categories, special_forms
from memories.rules.special_forms import forms, words

BEES = forms(hints="bee apiar", told=(r"\bkeep(?:s|ing)? bees\b",), otherwise=(r"keep bees out",))
CASES = Path(__file__).parents[3] / "benchmarks" / "screening_cases.json"


def test_a_form_is_found_where_it_stands():
    assert list(BEES.places("We keep bees.")) == [(3, 12)]


def test_a_look_alike_across_it_hides_it():
    assert list(BEES.places("We keep bees out.")) == []


@pytest.mark.parametrize(
    ("text", "hinted"), [("a bee", True), ("apiarist", True), ("maybee", False)]
)
def test_a_hint_begins_a_word(text, hinted):
    assert BEES.hinted_by(text) is hinted


def test_words_take_the_longest_first_and_end_where_a_word_ends():
    pattern = special_forms.re.compile(words("high high_blood_pressure asperger*"))

    assert pattern.match("high blood pressure").group() == "high blood pressure"
    assert pattern.match("aspergers")
    assert not pattern.match("higher")


def test_no_form_fits_a_text_that_no_hint_of_it_is_in():
    texts = [case["text"] for case in json.loads(CASES.read_text())["cases"]]

    unhinted = [
        (category, text)
        for category, found in special_categories._FORMS.items()
        for text in texts
        if not found.hinted_by(text.lower()) and any(found.places(text))
    ]

    assert unhinted == []
