"""The labelled conversations that extraction is measured on are many, mixed, and say what is so."""

import re
from collections import Counter

import pytest

from benchmarks import extraction_cases

CASES = extraction_cases.read()
OF_KIND = Counter(case.kind for case in CASES)
FIRST_WORDS = {"german": "ich|mein", "french": "je|j'|mon", "spanish": "yo|mi|vivo|soy"}


def test_there_are_turns_enough_in_ten_areas_of_life():
    turns = sum(len(said.turns) for case in CASES for said in case.episodes)

    assert turns >= 120
    assert len({case.area for case in CASES}) >= 10


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("nothing", 40),
        ("change", 20),
        ("retraction", 10),
        ("injection", 10),
        ("secret", 10),
        ("echo", 5),
    ],
)
def test_there_are_enough_of_each_kind(kind, least):
    assert OF_KIND[kind] >= least


@pytest.mark.parametrize("words", FIRST_WORDS.values(), ids=FIRST_WORDS)
def test_some_speak_german_french_and_spanish(words):
    first = re.compile(rf"^(?:{words})\b", re.IGNORECASE)
    said = [
        content
        for case in CASES
        for one in case.episodes
        for role, content in one.turns
        if role == "user" and first.match(content)
    ]

    assert len(said) >= 3


def test_no_case_has_the_name_of_another():
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_a_case_expects_was_said_in_it(case):
    for said in case.episodes:
        for told in said.told:
            assert told.has.casefold() in said.turns[told.turn][1].casefold()
    for left in (*case.current, *case.over):
        turns = case.episodes[left.episode].turns
        assert any(left.has.casefold() in content.casefold() for _, content in turns)
    assert case.secret in case.episodes[0].turns[0][1]


def test_changes_close_what_was_told_before_them():
    for case in CASES:
        if case.kind == "change":
            last = max(left.episode for left in case.current)
            assert case.over
            assert all(left.episode < len(case.episodes) for left in case.over)
            assert all(left.episode <= last for left in case.over)
