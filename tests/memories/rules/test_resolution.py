"""What becomes of a candidate: the table, and what must never happen."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import resolution
from memories.rules.resolution import Decision, Known, Proposed, digest

THEN = datetime(2026, 5, 1, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
CURRENT = uuid.UUID(int=7)
TRUSTS = st.sampled_from([10, 20, 30, 40, 50])
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def proposed(text="Rome", *, slot="city", trust=40, at=LATER, occurred_at=None, data=None):
    return Proposed(digest(text), slot, trust, at, occurred_at, data or {})


def known(text="Paris", *, slot="city", trust=40, at=THEN, occurred_at=None, data=None):
    return Known(CURRENT, digest(text), slot, trust, at, occurred_at, data or {})


@pytest.mark.parametrize(
    ("candidate", "current", "decision", "reason"),
    [
        (proposed(), None, Decision.ADD, "slot_was_empty"),
        (proposed(), known(), Decision.SUPERSEDE, "newer_value_in_slot"),
        (proposed(at=THEN), known(at=THEN), Decision.SUPERSEDE, "newer_value_in_slot"),
        (proposed("paris!"), known(), Decision.REINFORCE, "equal_in_slot"),
        (
            proposed("paris!", at=THEN, trust=10),
            known(at=LATER),
            Decision.REINFORCE,
            "equal_in_slot",
        ),
        (proposed(at=THEN), known(at=LATER), Decision.KEEP_AS_PAST, "older_than_current"),
        (proposed(trust=30), known(), Decision.IGNORE, "less_trusted_than_current"),
        (proposed(trust=50), known(), Decision.SUPERSEDE, "newer_value_in_slot"),
        (
            proposed(at=THEN, trust=10),
            known(at=LATER),
            Decision.KEEP_AS_PAST,
            "older_than_current",
        ),
        (
            proposed("Paris", data={"value": 2}),
            known(data={"value": 1}),
            Decision.SUPERSEDE,
            "newer_value_in_slot",
        ),
        (proposed("Paris"), known(data={"value": 1}), Decision.REINFORCE, "equal_in_slot"),
        (
            proposed("In Paris, as before", data={"value": "Paris"}),
            known(data={"value": "Paris"}),
            Decision.REINFORCE,
            "equal_in_slot",
        ),
        (
            proposed("Paris", data={"value": "paris!"}),
            known(data={"value": "Paris"}),
            Decision.REINFORCE,
            "equal_in_slot",
        ),
    ],
)
def test_a_slot_holds_one_current_value(candidate, current, decision, reason):
    found = resolution.resolve(candidate, in_slot=current, equal=[])

    assert (found.decision, found.reason) == (decision, reason)
    assert found.target == (current.id if current else None)


@given(TRUSTS, TRUSTS, TIMES, TIMES, st.booleans())
def test_the_lower_trust_and_the_older_never_supersede(trust, standing, at, since, same):
    candidate = proposed("Paris" if same else "Rome", trust=trust, at=at)

    found = resolution.resolve(candidate, in_slot=known(trust=standing, at=since), equal=[])

    assert found.decision is not Decision.SUPERSEDE or (trust >= standing and at >= since)


@given(TRUSTS, TRUSTS, TIMES, TIMES)
def test_another_value_is_never_merged_into_the_current(trust, standing, at, since):
    found = resolution.resolve(
        proposed(trust=trust, at=at), in_slot=known(trust=standing, at=since), equal=[]
    )

    assert found.decision is not Decision.REINFORCE


@pytest.mark.parametrize(
    ("when", "was", "decision"),
    [
        (None, None, Decision.REINFORCE),
        (None, THEN, Decision.REINFORCE),
        (THEN, THEN, Decision.REINFORCE),
        (LATER, THEN, Decision.ADD),
        (THEN, None, Decision.ADD),
    ],
)
def test_the_same_words_of_another_day_are_another_event(when, was, decision):
    candidate = proposed("I ran 10 km", slot="", occurred_at=when)
    there = known("I ran 10 km", slot="", occurred_at=was)

    assert resolution.resolve(candidate, in_slot=None, equal=[there]).decision is decision


def test_what_is_new_is_added():
    found = resolution.resolve(proposed(slot=""), in_slot=None, equal=[])

    assert (found.decision, found.reason, found.target) == (Decision.ADD, "new", None)


def test_a_statement_without_a_slot_closes_nothing():
    found = resolution.resolve(proposed(slot=""), in_slot=known(), equal=[])

    assert found.decision is Decision.ADD


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada keeps bees", "ADA KEEPS BEES"),
        ("Ada keeps bees", "  Ada\tkeeps \n bees  "),
        ("Ada keeps bees", "Ada keeps bees."),
        ("Ada keeps bees", "Ada keeps bees!!! "),
        ("Ada keeps bees", "Ada keeps bees…"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("\uff11\uff10 km", "10 km"),
    ],
)
def test_texts_that_say_the_same_have_one_digest(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada lives in Argentina", "Ada lives in Armenia"),
        ("I ran 10 km", "I ran 100 km"),
        ("I like tea", "I do not like tea"),
        ("Is it raining?", "Is it raining"),
        ("re-sign", "resign"),
        ("3.5 kg", "35 kg"),
        ("", "a"),
    ],
)
def test_texts_that_only_look_alike_have_two(one, other):
    assert digest(one) != digest(other)


@given(st.text(max_size=60), st.sampled_from(["", " ", ".", "! ", "\n", "…"]))
def test_a_final_stop_and_spaces_change_no_digest(text, end):
    assert digest(f" {text}{end}") == digest(text)


def test_a_digest_is_sha_256_in_hex():
    assert len(digest("x")) == 64
    assert int(digest("x"), 16)
