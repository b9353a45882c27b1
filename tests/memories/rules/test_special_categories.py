"""What GDPR Art. 9 and 10 protect is told from what only sounds like it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import special_categories

HOSTILE = ["i ", "have a ", "A", "my ", "i am very ", "cancer ", "i cancer union gay ", "Aa union ",
           "a member of the ", "i'm in the union of "]  # fmt: skip


def kinds(text):
    return [span.kind for span in special_categories.find(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I have diabetes", "health"),
        ("I'm on antidepressants", "health"),
        ("I go to mosque on Fridays", "religion"),
        ("I vote Green", "politics"),
        ("I'm gay", "sexuality"),
        ("I'm of Kurdish descent", "ethnicity"),
        ("I'm a member of the teachers' union", "trade_union"),
        ("my fingerprints are on file", "biometrics"),
        ("I carry the BRCA1 mutation", "genetics"),
        ("I was convicted of theft", "criminal_record"),
    ],
)
def test_each_category_is_found(text, kind):
    assert kinds(text) == [kind]


def test_every_category_has_such_a_case():
    assert len(special_categories.CATEGORIES) == 9


@pytest.mark.parametrize(
    "text",
    [
        "I run a health check on the server",
        "I live on Church Street",
        "the party starts at 8",
        "I'm allergic to meetings",
        "",
    ],
)
def test_what_only_sounds_like_one_is_none(text):
    assert kinds(text) == []


def test_several_in_one_text_are_all_found():
    assert kinds("I have diabetes. I vote Green, and I'm gay.") == [
        "health",
        "politics",
        "sexuality",
    ]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece):
    text = (piece * 8_000)[:8_000]
    started = time.thread_time()

    special_categories.find(text)

    assert time.thread_time() - started < 0.5


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(0 <= span.start < span.end <= len(text) for span in special_categories.find(text))
