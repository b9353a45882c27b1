"""What a golden case demands is judged by ids and by words; a fall is told from mere change."""

import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import quality
from memories.rules.quality import Conditions, Result

BEES, BERLIN = str(uuid4()), str(uuid4())
CAME = {BEES: "Ada keeps bees in Delft.", BERLIN: "Ada wohnt in Berlin."}


def judged(must=(), must_not=(), came=CAME):
    return quality.judge(Conditions(must, must_not), came)


@pytest.mark.parametrize(
    ("condition", "came"),
    [
        (BEES, True),
        (BEES.upper(), True),
        (str(uuid4()), False),
        ("bees", True),
        ("delft BEES", True),  # any order, any case
        ("bee", False),  # a part of a word is another word
        ("bees Berlin", False),  # words of two memories
        ("ＢＥＥＳ", True),  # noqa: RUF001 - full width
        ("Bees, in Delft!", True),
    ],
)
def test_a_condition_is_an_id_or_words_of_one_memory(condition, came):
    assert judged(must=[condition]).passed is came
    assert judged(must_not=[condition]).passed is not came


def test_words_of_scripts_without_spaces_are_found_inside():
    assert judged(must=["東京"], came={BEES: "私は東京に住んでいます"}).passed
    assert not judged(must=["大阪"], came={BEES: "私は東京に住んでいます"}).passed


def test_a_verdict_counts_what_held_and_says_what_did_not():
    verdict = judged(must=["bees", "wasps"], must_not=["Berlin", "Hamburg"])

    assert (verdict.held, verdict.of, verdict.score, verdict.passed) == (2, 4, 0.5, False)
    assert list(verdict.unmet) == ["must[1]", "must_not[0]"]


def test_nothing_recalled_meets_only_what_must_not_come():
    assert judged(must=["bees"], came={}).score == 0
    assert judged(must_not=["bees"], came={}).passed


def result(name="a", score=1.0, *, asked="1", degraded=(), passed=None):
    done = score == 1 if passed is None else passed
    return Result(name, asked, score=score, passed=done, degraded=degraded)


def test_the_score_is_the_mean_of_what_was_measured():
    unmeasured = Result("c", "1", why="outdated")

    assert quality.score([result("a", 1.0), result("b", 0.5), unmeasured]) == 0.75
    assert quality.score([unmeasured]) is None
    assert quality.score([]) is None


def test_the_first_run_is_no_fall():
    assert not quality.fall([result(score=0.0)], []).fell


def test_the_same_again_is_no_fall():
    run = [result("a"), result("b", 0.5)]

    assert not quality.fall(run, [run] * 10).fell


def test_a_case_that_passed_and_fails_is_a_fall_however_small():
    before = [[result("a"), *(result(f"x{n}") for n in range(100))]]
    run = [result("a", 0.9), *(result(f"x{n}") for n in range(100))]

    found = quality.fall(run, before)

    assert found.lost == ("a",)
    assert found.drop < quality.MARGIN
    assert found.fell


def test_a_case_that_failed_before_is_not_lost_again():
    before = [[result("a", 0.5)], [result("a", 1.0)]]

    assert quality.fall([result("a", 0.5)], before).lost == ()


@pytest.mark.parametrize(
    ("now", "fell"), [(0.76, False), (0.75, False), (0.74, True), (0.9, False)]
)
def test_a_mean_below_usual_by_more_than_the_margin_is_a_fall(now, fell):
    before = [[result("a", 0.8)]] * 3

    assert quality.fall([result("a", now)], before).fell is fell


def test_usual_is_the_mean_of_the_last_seven():
    before = [[result("a", 0.5)]] * 7 + [[result("a", 0.99)]] * 30

    assert not quality.fall([result("a", 0.5)], before).fell


@pytest.mark.parametrize(
    "other",
    [
        result(score=0.0, asked="2"),  # changed since
        result("b", 0.0),  # new
        result(score=0.0, degraded=("embedding_unavailable",)),
        Result("a", "1", why="outdated"),
    ],
)
def test_what_cannot_be_compared_is_no_fall(other):
    assert not quality.fall([other], [[result("a")]] * 3).fell


def test_a_degraded_run_before_is_passed_over():
    weak = result("a", 0.0, degraded=("embedding_unavailable",))

    assert quality.fall([result("a", 0.5)], [[weak], [result("a")]]).lost == ("a",)
    assert not quality.fall([result("a", 0.5)], [[weak], [result("a", 0.5)]]).fell


def test_results_come_back_from_json_as_they_were():
    run = [
        Result("a", "1", 0.5, False, 1, 2, ("must[0]",), ("embedding_unavailable",)),
        Result("b", "1", why="outdated"),
    ]

    assert quality.read(json.loads(json.dumps([quality.told(one) for one in run]))) == run
    assert quality.degraded(run) == ["embedding_unavailable"]


def test_results_of_another_version_are_read_as_far_as_they_go():
    (found,) = quality.read([{"id": "a", "passed": True, "score": 1.0, "later": "thing"}])

    assert (found.id, found.score, found.unmet) == ("a", 1.0, ())


texts = st.text(max_size=40)


@given(st.lists(texts, max_size=5), st.lists(texts, max_size=5), st.lists(texts, max_size=5))
def test_a_verdict_is_always_a_share(must, must_not, recalled):
    verdict = judged(must, must_not, {str(at): text for at, text in enumerate(recalled)})

    assert 0 <= verdict.score <= 1
    assert verdict.passed is (verdict.held == verdict.of)
    assert verdict.held + len(verdict.unmet) == verdict.of
