"""When two statements cannot both hold, and who may close whom."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from memories.rules import contradiction
from memories.rules.known import Known, Neighbours, Proposed
from memories.rules.sameness import digest

THEN = datetime(2026, 5, 1, tzinfo=UTC)


def said(text, *, slot="", **data):
    return Proposed(digest(text), slot, 40, THEN, data=data, text=text)


def kept(text, *, slot="", trust=40, since=THEN, **data):
    return Known(uuid.UUID(int=1), digest(text), slot, trust, since, data=data, text=text)


@pytest.mark.parametrize(
    ("candidate", "known", "expected"),
    [
        (said("I like tea"), kept("I LIKE TEA."), True),
        (said("I like tea"), kept("I like green tea"), False),
        (said("a", slot="city", value="Berlin"), kept("b", slot="city", value="in Berlin"), True),
        (said("a", slot="city", value="Berlin"), kept("b", slot="town", value="Berlin"), False),
        (said("a", slot="city", value="Berlin"), kept("b", slot="city", value="Bonn"), False),
        (said("a", slot="city", value="Berlin"), kept("b", slot="city"), False),
        (said("a", slot="city", zip=1), kept("b", slot="city", zip=1), True),
        (said("in Berlin", slot="city"), kept("Berlin, Germany", slot="city"), True),
        (said("in Berlin", slot="city"), kept("Berlin", slot="city"), True),
        (said("I live in Berlin, Mitte", slot="city"), kept("I live in Berlin", slot="city"), True),
        (said("a", value="Berlin"), kept("b", value="Berlin"), False),
    ],
)
def test_one_thing_may_be_named_in_two_ways(candidate, known, expected):
    assert contradiction.names_the_same(candidate, known) is expected


def test_one_value_in_two_wordings_is_said_again_and_one_word_more_is_not():
    one = said("I live in Rome", slot="city", value="Rome")

    assert contradiction.says_the_same(one, kept("Rome it is", slot="city", value="rome"))
    assert not contradiction.says_the_same(one, kept("I live in Rome", slot="city", value="Oslo"))
    assert not contradiction.says_the_same(
        one, kept("I live in Rome", slot="city", value="Rome, Italy")
    )


@pytest.mark.parametrize(
    ("trust", "since", "expected"),
    [
        (40, THEN, True),
        (50, THEN, True),
        (30, THEN, True),
        (40, THEN + timedelta(1), False),
    ],
)
def test_the_subject_may_close_what_is_not_newer(trust, since, expected):
    assert contradiction.may_close(said("x"), kept("y", trust=trust, since=since)) is expected


def test_who_is_trusted_less_may_not():
    less = Proposed(digest("x"), "", 30, THEN)

    assert contradiction.may_close(less, kept("y", trust=30))
    assert not contradiction.may_close(less, kept("y", trust=40))
    assert not contradiction.may_close(less, kept("y", trust=50))


def test_nothing_bars_what_was_never_taken_back():
    assert contradiction.barred(said("x"), Neighbours()) == ""
