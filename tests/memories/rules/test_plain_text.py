"""One way to write each sign."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import plain_text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("I live in Zu\u0308rich", "I live in Z\u00fcrich"),
        ("R\u200bome", "Rome"),
        ("tu\u00adlips", "tulips"),
        ("\ufeffHello", "Hello"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("Ada keeps bees", "Ada keeps bees"),
    ],
)
def test_what_only_hides_goes_and_what_means_something_stays(written, kept):
    assert plain_text.plain(written) == kept


@given(st.text())
def test_made_plain_twice_is_made_plain(text):
    once = plain_text.plain(text)

    assert plain_text.plain(once) == once == unicodedata.normalize("NFC", once)


def test_every_text_of_a_value_is_made_plain():
    sent = {"na\u200bme": ["Zu\u0308rich", {"n": 1, "t": None}]}

    assert plain_text.plain_json(sent) == {"na\u200bme": ["Z\u00fcrich", {"n": 1, "t": None}]}
