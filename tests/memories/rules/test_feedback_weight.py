"""Verdicts move a score a little, and never by more than the weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import feedback_weight
from memories.rules.feedback_weight import Verdicts
from memories.rules.strategies import SCHEMA

COUNTS = st.integers(0, 10_000)
VERDICTS = st.builds(Verdicts, COUNTS, COUNTS, COUNTS, COUNTS)


@given(VERDICTS, st.floats(0, 0.2))
def test_a_factor_stays_within_its_weight(verdicts, weight):
    assert 1 - weight <= feedback_weight.factor(verdicts, weight=weight) <= 1 + weight


def test_without_a_verdict_nothing_changes():
    assert feedback_weight.factor(Verdicts(), weight=0.2) == 1


@given(VERDICTS)
def test_a_weight_of_nothing_changes_nothing(verdicts):
    assert feedback_weight.factor(verdicts, weight=0) == 1


@pytest.mark.parametrize(
    ("verdicts", "opinion"),
    [
        (Verdicts(helpful=1), 1 / 3),
        (Verdicts(irrelevant=1), -1 / 3),
        (Verdicts(wrong=1), -2 / 3),
        (Verdicts(harmful=1), -2 / 3),
        (Verdicts(harmful=9), -1),
        (Verdicts(helpful=2, wrong=1), 0),
    ],
)
def test_one_verdict_moves_by_a_third_and_a_grave_one_by_two(verdicts, opinion):
    assert feedback_weight.factor(verdicts, weight=0.1) == pytest.approx(1 + 0.1 * opinion)


@given(st.integers(0, 1000))
def test_many_helpful_verdicts_come_near_the_whole_weight(count):
    one, more = (feedback_weight.factor(Verdicts(n), weight=0.1) for n in (count, count + 1))

    assert one < more < 1.1


def test_the_weight_of_a_strategy_is_bounded():
    assert SCHEMA["properties"]["feedback_weight"]["maximum"] == 0.2
