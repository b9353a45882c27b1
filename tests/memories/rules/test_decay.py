"""A memory fades by half-lives that use and confirmation lengthen, and within bounds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import decay
from memories.rules.decay import MOST_STRETCH, Past

NOW = datetime(2026, 5, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(days=-4_000), timedelta(days=100)).map(lambda gap: NOW + gap)
HALF_LIVES = st.floats(0.01, 36_500)
COUNTS = st.integers(0, 1_000_000)
PASTS = st.builds(
    Past,
    learned_at=MOMENTS,
    confirmed=st.booleans(),
    recalled=COUNTS,
    used=COUNTS,
    last_at=st.none() | MOMENTS,
)


def ago(days, **lived):
    return Past(learned_at=NOW - timedelta(days=days), **lived)


def strength(past, half_life=90.0):
    return decay.strength(past, half_life_days=half_life, now=NOW)


def test_after_one_half_life_a_half_is_left_after_two_a_quarter():
    assert strength(ago(0)) == 1
    assert strength(ago(90)) == pytest.approx(0.5)
    assert strength(ago(180)) == pytest.approx(0.25)


def test_what_does_not_fade_is_as_strong_as_ever():
    assert decay.strength(ago(100_000), half_life_days=None, now=NOW) == 1


@given(PASTS, HALF_LIVES)
def test_a_strength_is_a_share(past, half_life):
    assert 0 <= strength(past, half_life) <= 1


@given(PASTS)
def test_use_lengthens_a_half_life_at_most_fourfold_and_never_shortens_it(past):
    assert 1 <= decay.stretch(past) <= MOST_STRETCH


@pytest.mark.parametrize(
    ("used", "factor"), [(0, 1), (1, 1.5), (3, 2), (15, 3), (63, 4), (9999, 4)]
)
def test_the_stretch_of_uses(used, factor):
    assert decay.stretch(ago(0, used=used)) == pytest.approx(factor)


@given(PASTS, HALF_LIVES)
def test_one_more_use_never_weakens(past, half_life):
    assert strength(replace(past, used=past.used + 1), half_life) >= strength(past, half_life)


@given(PASTS, HALF_LIVES, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_time_alone_never_strengthens(past, half_life, later):
    after = decay.strength(past, half_life_days=half_life, now=NOW + later)

    assert after <= strength(past, half_life)


def test_a_use_tells_more_than_a_recall_and_as_much_as_a_confirmation():
    once = {name: decay.stretch(ago(0, **{name: 1})) for name in ("used", "recalled", "confirmed")}

    assert 1 < once["recalled"] < once["used"] == once["confirmed"]


def test_the_age_counts_from_the_last_time_that_it_was_met():
    recalled = ago(900, recalled=1, last_at=NOW - timedelta(days=1))

    assert strength(recalled) > 0.99
    assert strength(ago(900)) < 0.01


def test_an_old_recall_does_not_make_a_new_confirmation_older():
    confirmed = ago(1, recalled=1, last_at=NOW - timedelta(days=900))

    assert strength(confirmed) > 0.99


@pytest.mark.parametrize("days", [0, -3])
def test_now_and_the_future_have_no_age(days):
    assert decay.days(NOW - timedelta(days=days), now=NOW) == 0
