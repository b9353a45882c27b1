"""What is searched shows every letter once, and its places are those of the text."""

# ruff: noqa: RUF001 - signs that only look like others are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import folded
from memories.rules.spans import Span


@pytest.mark.parametrize("text", ["", "plain words", "Zürich, ça va, 東京"])
def test_what_folding_does_not_change_is_not_folded(text):
    assert folded.fold(text) is None


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("t\u200bulips", "tulips"),
        ("t\u00adu\u200dl\u200ci\u2060p\ufe0fs", "tulips"),
        ("\u202etulips\u2066", "tulips"),
        ("ＡＫＩＡ１２", "AKIA12"),
        ("4111\u00a01111", "4111 1111"),
    ],
)
def test_nothing_hides_a_letter(text, searched):
    assert folded.fold(text).text == searched


def test_places_are_those_of_the_text():
    text = "I like t\u200bul\u200dips."
    searched = folded.fold(text)
    start = searched.text.index("tulips")

    first, last = searched.place(start, start + len("tulips"))

    assert text[first:last] == "t\u200bul\u200dips"


def test_what_stands_in_the_text_is_found_beside_what_is_hidden():
    def find(text):
        start = text.find("key")
        return [Span(start, start + 3, "api_key")] if start >= 0 else []

    # Folded, the one is "akey"; as it stands, the other holds none.
    assert [span.start for span in folded.everywhere("a\u200dkey", find)] == [2, 1 + 1]
    assert [span.start for span in folded.everywhere("k\u200dey", find)] == [0]


@given(st.text())
def test_every_place_lies_in_the_text(text):
    searched = folded.fold(text)

    if searched is not None:
        assert len(searched.places) == len(searched.text)
        assert all(0 <= place < len(text) for place in searched.places)
