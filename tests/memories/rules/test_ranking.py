"""From hits to an order: what recency and importance may do, and what steps back."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from memories.rules import ranking
from memories.rules.ranking import Hit
from memories.rules.strategies import SCHEMA, Strategy

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SHARE = st.floats(0, 1)
WEIGHT = st.floats(0, 0.2)
AGE = st.timedeltas(timedelta(days=-100), timedelta(days=40_000))
HALF_LIFE = st.none() | st.floats(0.01, 36_500)
WORDS = st.frozensets(st.sampled_from("abcdefgh"))


def hit(number=0, **given_):
    return Hit(
        **{
            "id": uuid.UUID(int=number),
            "dense": 0.5,
            "lexical": 0.5,
            "importance": 0.5,
            "at": NOW,
            "half_life_days": None,
            **given_,
        }
    )


@st.composite
def hits(draw):
    ids = draw(st.lists(st.integers(0, 2**64), unique=True, max_size=12))
    return [
        hit(
            number,
            dense=draw(st.none() | SHARE),
            lexical=draw(SHARE),
            importance=draw(SHARE),
            at=NOW - draw(AGE),
            half_life_days=draw(HALF_LIFE),
            words=draw(WORDS),
        )
        for number in ids
    ]


def ranked(found, **strategy):
    return ranking.rank(found, strategy=Strategy(**strategy), now=NOW)


def chosen(found, *, top_k=10, threshold=0.0, diversity=1.0):
    kept, out = ranking.choose(ranked(found), top_k=top_k, threshold=threshold, diversity=diversity)
    return [one.hit.id.int for one in kept], {one.hit.id.int: one.left_out_for for one in out}


@given(AGE, HALF_LIFE, WEIGHT)
def test_recency_moves_a_score_by_its_weight_at_most(age, half_life, weight):
    factor = ranking.recency(NOW - age, now=NOW, half_life_days=half_life, weight=weight)

    assert 1 - weight <= factor <= 1 + weight


@given(AGE, AGE, st.floats(0.01, 36_500), WEIGHT)
def test_what_is_fresher_never_counts_less(one, other, half_life, weight):
    def factor(age):
        return ranking.recency(NOW - age, now=NOW, half_life_days=half_life, weight=weight)

    assert (factor(one) >= factor(other)) or one > other


def test_after_one_half_life_recency_changes_nothing():
    at = NOW - timedelta(days=90)

    assert ranking.recency(at, now=NOW, half_life_days=90, weight=0.2) == pytest.approx(1)


@pytest.mark.parametrize("age", [timedelta(0), timedelta(days=-3)])
def test_now_and_the_future_are_as_fresh_as_can_be(age):
    assert ranking.recency(NOW - age, now=NOW, half_life_days=9, weight=0.1) == pytest.approx(1.1)


def test_what_does_not_fade_is_neither_raised_nor_lowered():
    at = datetime(1900, 1, 1, tzinfo=UTC)

    assert ranking.recency(at, now=NOW, half_life_days=None, weight=0.2) == 1


@given(SHARE, WEIGHT)
def test_importance_moves_a_score_by_its_weight_at_most(value, weight):
    assert 1 - weight <= ranking.importance(value, weight=weight) <= 1 + weight


def test_middling_importance_changes_nothing():
    assert ranking.importance(0.5, weight=0.2) == 1


@given(SHARE, SHARE, SHARE)
def test_relevance_lies_between_its_signals(dense, lexical, weight):
    found = ranking.relevance(dense, lexical, dense_weight=weight)

    assert min(dense, lexical) - 1e-9 <= found <= max(dense, lexical) + 1e-9


@given(SHARE, SHARE)
def test_without_a_vector_full_text_decides(lexical, weight):
    assert ranking.relevance(None, lexical, dense_weight=weight) == lexical


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_cosine_within_the_band_is_a_share_that_grows_with_it(one, other):
    low, high = sorted((one, other))
    shares = [ranking.within_band(each, floor=0.45, ceiling=0.75) for each in (low, high)]

    assert 0 <= shares[0] <= shares[1] <= 1


def test_the_band_reaches_from_its_floor_to_its_ceiling():
    assert ranking.within_band(0.45, floor=0.45, ceiling=0.75) == 0
    assert ranking.within_band(0.75, floor=0.45, ceiling=0.75) == 1
    assert ranking.within_band(0.6, floor=0.45, ceiling=0.75) == pytest.approx(0.5)


@given(hits())
def test_all_hits_are_ranked_by_falling_scores_between_0_and_1(found):
    scores = [one.score for one in ranked(found)]

    assert len(scores) == len(found)
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@given(hits(), st.randoms())
def test_the_order_does_not_depend_on_how_the_hits_came(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)

    assert ranked(shuffled) == ranked(found)


@given(SHARE, SHARE, AGE, AGE, SHARE, SHARE)
def test_a_clearly_better_match_stays_first(best, weaker, age, other_age, heavy, light):
    strategy = Strategy(recency_weight=0.2, importance_weight=0.2)
    assume(0.6 > best > weaker * (1.2 / 0.8) ** 2)
    strong = hit(1, dense=best, lexical=best, at=NOW - age, half_life_days=30, importance=light)
    weak = hit(
        2, dense=weaker, lexical=weaker, at=NOW - other_age, half_life_days=30, importance=heavy
    )

    assert ranking.rank([weak, strong], strategy=strategy, now=NOW)[0].hit is strong


def test_the_bounds_of_the_weights_hold_for_every_strategy():
    bounds = {
        name: SCHEMA["properties"][name]["maximum"]
        for name in SCHEMA["properties"]
        if name in ("recency_weight", "importance_weight", "feedback_weight")
    }

    assert bounds == dict.fromkeys(bounds, 0.2)
    assert len(bounds) == 3


def test_the_parts_of_a_score_are_told():
    (one,) = ranked([hit(dense=0.8, lexical=0.3, importance=1.0)])

    assert one.parts["relevance"] == pytest.approx(0.6 * 0.8 + 0.4 * 0.3)
    assert one.score == pytest.approx(
        one.parts["relevance"] * one.parts["recency"] * one.parts["importance"]
    )
    assert {"dense", "lexical"} <= set(one.parts)


def test_among_perfect_matches_the_weightier_comes_first():
    light, heavy = (hit(n, dense=1.0, lexical=1.0, importance=n / 2) for n in (1, 2))

    found = ranked([light, heavy])

    assert [one.hit.id.int for one in found] == [2, 1]
    assert found[0].score == 1


def test_a_second_opinion_is_mixed_in_where_there_is_one():
    first, second = hit(1, dense=0.5, lexical=0.5), hit(2, dense=0.4, lexical=0.4)

    found = ranking.rank(
        [first, second],
        strategy=Strategy(rerank_weight=0.5),
        now=NOW,
        reranked={first.id: 0.0, second.id: 1.0},
    )

    assert [one.hit.id.int for one in found] == [2, 1]
    assert found[0].parts["reranker"] == 1.0
    assert found[0].score == pytest.approx(0.7)


def test_what_stays_below_the_threshold_is_left_out_and_says_so():
    strong, weak = hit(1, dense=0.9, lexical=0.9), hit(2, dense=0.1, lexical=0.1)

    assert chosen([strong, weak], threshold=0.5) == ([1], {2: "below_threshold"})


def test_what_lies_beyond_top_k_is_left_out_and_says_so():
    found = [hit(n, dense=0.9 - n / 10, lexical=0.9 - n / 10) for n in range(3)]

    assert chosen(found, top_k=2) == ([0, 1], {2: "beyond_top_k"})


def test_a_near_copy_steps_back_behind_what_is_different():
    same = frozenset("abcdefghij")
    found = [
        hit(1, dense=0.9, lexical=0.9, words=same),
        hit(2, dense=0.8, lexical=0.8, words=same),
        hit(3, dense=0.7, lexical=0.7, words=frozenset("xyz")),
    ]

    assert chosen(found, diversity=0.85) == ([1, 3, 2], {})
    assert chosen(found, top_k=2, diversity=0.85) == ([1, 3], {2: "near_copy"})
    assert chosen(found, diversity=1.0) == ([1, 2, 3], {})


@given(hits(), st.integers(1, 6), SHARE, SHARE)
def test_every_hit_is_kept_or_left_out_for_a_reason(found, top_k, threshold, diversity):
    kept, out = ranking.choose(ranked(found), top_k=top_k, threshold=threshold, diversity=diversity)

    assert sorted(one.hit.id for one in [*kept, *out]) == sorted(one.id for one in found)
    assert len(kept) <= top_k
    assert all(one.score >= threshold and not one.left_out_for for one in kept)
    assert {one.left_out_for for one in out} <= {"below_threshold", "beyond_top_k", "near_copy"}


@given(hits(), st.integers(1, 6), SHARE)
def test_nothing_that_fits_is_left_out_while_there_is_room(found, top_k, diversity):
    kept, out = ranking.choose(ranked(found), top_k=top_k, threshold=0, diversity=diversity)

    assert len(kept) == min(top_k, len(found))
    assert len(out) == len(found) - len(kept)
