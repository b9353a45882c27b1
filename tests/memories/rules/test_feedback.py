"""Verdicts and uses move counters by what is new, and only by that."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.models.outcome import Verdict
from memories.rules import feedback

VERDICT = st.sampled_from(feedback.VERDICTS)
IDS = st.lists(st.sampled_from("abcdef"), max_size=6)


def test_the_rules_verdicts_are_those_of_the_table():
    assert set(feedback.VERDICTS) == {verdict.value for verdict in Verdict}


def test_a_first_verdict_counts_once():
    assert feedback.moved("", "helpful") == {"helpful": 1}


def test_the_same_verdict_again_moves_nothing():
    assert feedback.moved("wrong", "wrong") == {}


def test_another_verdict_takes_the_place_of_the_first():
    assert feedback.moved("helpful", "harmful") == {"helpful": -1, "harmful": 1}


@given(st.lists(VERDICT, min_size=1))
def test_however_often_it_is_judged_only_the_last_verdict_counts(verdicts):
    counters = Counter()
    before = ""
    for verdict in verdicts:
        counters.update(feedback.moved(before, verdict))
        before = verdict

    assert {name: count for name, count in counters.items() if count} == {verdicts[-1]: 1}


@given(st.lists(IDS, min_size=1))
def test_however_often_uses_are_told_only_the_last_list_counts(lists):
    counters = Counter()
    before = []
    for told in lists:
        counters.update(feedback.newly_used(before, told))
        before = told

    assert {name for name, count in counters.items() if count} == set(lists[-1])
    assert set(counters.values()) <= {0, 1}


@pytest.mark.parametrize("verdict", ["wrong", "harmful"])
def test_a_person_looks_at_what_was_wrong_or_harmful(verdict):
    assert feedback.REVIEWED[verdict] == f"feedback_{verdict}"


@pytest.mark.parametrize("verdict", ["helpful", "irrelevant"])
def test_nobody_need_look_at_what_helped_or_did_not_matter(verdict):
    assert verdict not in feedback.REVIEWED
