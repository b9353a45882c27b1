"""Texts as comparable words."""

import pytest

from memories.rules import wording


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café L'Oréal", ["cafe", "l", "oreal"]),
        ("1,200 or 1.200 and 1.5 and 2,50", ["1200", "or", "1200", "and", "1.5", "and", "2.50"]),
        ("three sons, zwölf, forty", ["3", "sons", "12", "40"]),
        ("2026-05-01 at 10:30", ["2026-05-01", "at", "10:30"]),
        ("住在东京 水", ["住在", "在东", "东京", "水"]),
        ("", []),
        ("?!", []),
    ],
)
def test_words_are_folded_and_numbers_are_digits(text, words):
    assert wording.words(text) == words


def test_words_that_say_nothing_are_left_out_in_each_language():
    assert wording.content_words("I don't live in the city") == ["live", "city"]
    assert wording.content_words("Ich wohne nicht in der Stadt") == ["wohne", "stadt"]
    assert wording.content_words("J'habite à Lyon") == ["habite", "lyon"]
    assert wording.content_words("I am Ada", besides={"ada"}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("live", "lives"), ("living", "lives"), ("cat", "cats"), ("берлин", "берлине"), ("3", "3")],
)
def test_forms_of_one_word_are_the_same(one, other):
    assert wording.same(one, other, language="english")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("argentina", "armenia"),
        ("austria", "australia"),
        ("maria", "marie"),
        ("delft", "delhi"),
        ("12", "120"),
        ("12", "twelvefold"),
        ("rain", "ran"),
    ],
)
def test_other_words_are_not(one, other):
    assert not wording.same(one, other, language="english")


def test_short_endings_make_words_alike_but_not_numbers():
    assert wording.alike("wohne", "wohnt", language="german")
    assert not wording.alike("2024", "2025", language="german")
    assert not wording.alike("delft", "delhi", language="german")


def test_words_that_are_forms_of_what_was_said_are_counted_each_once():
    said = ["bees", "keeping", "delft"]

    assert wording.shared(["bee", "keep", "tulip", "bees"], said, language="english") == 3
    assert wording.shared([], said, language="english") == 0
