"""What use, time, verdicts and purposes do to an order."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from memories.rules import ranking
from memories.rules.decay import Past
from memories.rules.feedback_weight import Verdicts
from memories.rules.ranking import Hit
from memories.rules.strategies import Strategy

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def hit(number, **more):
    alike = {"dense": 0.5, "lexical": 0.5, "importance": 0.5, "at": NOW, "half_life_days": None}
    return Hit(id=uuid.UUID(int=number), **{**alike, **more})


def ranked(found, **strategy):
    return ranking.rank(found, strategy=Strategy(**strategy), now=NOW)


def lived(number, days, *, half_life=30.0, **more):
    return hit(
        number,
        at=NOW - timedelta(days=days),
        half_life_days=half_life,
        past=Past(NOW - timedelta(days=days), **more),
    )


def hidden(found, **limits):
    bounds = {"top_k": 10, "threshold": 0.0, "diversity": 1.0, **limits}
    kept, out = ranking.choose(ranked(found), **bounds)
    return [one.hit.id.int for one in kept], {one.hit.id.int: one.left_out_for for one in out}


def test_what_has_faded_is_hidden_and_says_so():
    found = [lived(1, 1), lived(2, 900)]

    assert hidden(found, hide_below=0.01) == ([1], {2: "faded"})
    assert hidden(found, hide_below=0.0) == ([1, 2], {})


def test_what_was_used_lately_is_not_hidden_however_old():
    found = [lived(1, 900, used=1, last_at=NOW - timedelta(days=3))]

    assert hidden(found, hide_below=0.01) == ([1], {})


def test_what_does_not_fade_is_never_hidden():
    assert hidden([lived(1, 90_000, half_life=None)], hide_below=0.5) == ([1], {})


def test_what_does_not_match_is_left_out_for_that_even_if_it_has_faded():
    assert hidden([lived(1, 900)], hide_below=0.01, threshold=0.9) == ([], {1: "below_threshold"})


def test_what_a_purpose_does_not_allow_takes_nobodys_place():
    found = [hit(1, sensitivity="special", dense=0.9), hit(2), hit(3)]

    kept = hidden(found, top_k=2, sensitivities=frozenset({"normal"}))

    assert kept == ([2, 3], {1: "purpose_does_not_allow"})


def test_use_slows_the_fading_of_recency_within_its_bounds():
    fresh, unused, used = ranked([lived(1, 0), lived(2, 60), lived(3, 60, used=63)])[:3]

    assert [one.hit.id.int for one in (fresh, unused, used)] == [1, 3, 2]
    parts = {one.hit.id.int: one.parts for one in (fresh, unused, used)}
    assert parts[2]["recency"] < parts[3]["recency"] < parts[1]["recency"] <= 1.1
    assert parts[3]["use"] == 4
    assert "use" not in parts[2]


def test_to_be_recalled_does_not_make_old_news_fresh():
    """Recency is about when it happened; only the strength is about when it was last met."""
    (one,) = ranked([lived(1, 900, last_at=NOW)])

    assert one.parts["strength"] == 1
    assert one.parts["recency"] < 0.91


def test_verdicts_move_a_score_and_are_told():
    plain, liked, wrong = (hit(n, verdicts=told) for n, told in enumerate(
        (Verdicts(), Verdicts(helpful=8), Verdicts(wrong=8))
    ))  # fmt: skip

    found = ranked([plain, wrong, liked], feedback_weight=0.2)

    assert [one.hit.id.int for one in found] == [1, 0, 2]
    assert found[0].score == pytest.approx(0.5 * found[0].parts["feedback"])
    assert "feedback" not in found[1].parts
    assert [one.hit.id.int for one in ranked([plain, wrong, liked], feedback_weight=0)] == [0, 1, 2]
