"""Each memory that two runs do not answer alike has its reason."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from memories.rules import replay_reasons
from memories.rules.replays import Fate, Run, Seen

A, B = uuid.UUID(int=1), uuid.UUID(int=2)
THEN = datetime(2026, 5, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = THEN + 10 * DAY
LATER = THEN + 3 * DAY
OLD = Fate(created_at=THEN - DAY)


def seen(pk=A, score=0.5, version=1, why="", **parts):
    return Seen(pk, version, "profile", score, parts, why)


def told(then, now, **fate):
    fates = {A: Fate(**{"created_at": THEN - DAY, **fate}), B: OLD}
    return replay_reasons.differences(then, now, fates, at=THEN, until=NOW)


def gone(now=None, **fate):
    (one,) = told(Run([seen()]), now or Run([]), **fate)
    assert (one.id, one.change) == (A, "gone")
    return one


@pytest.mark.parametrize(
    ("fate", "code", "says"),
    [
        ({"here": False}, "forgotten", "forgotten"),
        ({"here": False, "forgotten_at": LATER}, "forgotten", "forgotten on 2026-05-04"),
        ({"ours": False, "moved_at": LATER}, "moved", "another person's since 2026-05-04"),
        ({"state": "SUPERSEDED", "since": LATER, "by": B}, "superseded",
         f"superseded on 2026-05-04 by {B}"),
        ({"state": "SUPERSEDED", "because": "corrected", "since": LATER, "by": B}, "corrected",
         f"corrected on 2026-05-04 by {B}"),
        ({"state": "RETRACTED", "because": "retracted", "since": LATER}, "retracted",
         "retracted on 2026-05-04"),
        ({"state": "ARCHIVED", "since": LATER}, "archived", "archived on 2026-05-04"),
        ({"state": "QUARANTINED", "since": LATER}, "quarantined", "quarantined on 2026-05-04"),
        ({"state": "EXPIRED", "since": LATER}, "expired", "expired on 2026-05-04"),
        ({"state": "EXPIRED", "because": "policy:P:v3", "since": LATER}, "expired",
         "policy P v3 expired it on 2026-05-04"),
        ({"state": "ARCHIVED", "because": "policy:keep: a year:v12"}, "archived",
         "policy keep: a year v12 archived it"),
        ({"expires_at": LATER}, "expired", "expired on 2026-05-04"),
        ({"valid_until": LATER}, "ended", "ended on 2026-05-04"),
        ({}, "not_matching", "no longer meets what was asked"),
    ],
)  # fmt: skip
def test_why_a_memory_is_gone(fate, code, says):
    found = gone(**fate)

    assert ([reason.code for reason in found.reasons], found.reason) == ([code], says)


def test_what_ends_later_has_not_ended():
    assert gone(expires_at=NOW + DAY, valid_until=NOW + DAY).reasons[0].code == "not_matching"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("beyond_top_k", "beyond top_k"),
        ("below_threshold", "below the threshold"),
        ("near_copy", "a near copy of a better one"),
        ("faded", "faded by age and disuse"),
        ("some_new_code", "some new code"),
    ],
)
def test_what_ranks_lower_says_by_how_much_and_where_it_ended(why, words):
    now = Run([], [seen(score=0.25, why=why, recency=0.9, lexical=1.0)])
    (one,) = told(Run([seen(recency=1.1, lexical=1.0)]), now)

    assert one.reason == f"ranked lower: 0.50 → 0.25 (recency 1.10 → 0.90), {words}"
    assert one.reasons[0].code == why


def test_what_others_overtook_is_outranked():
    found = gone(now=Run([], [seen(why="beyond_top_k")]))

    assert found.reason == "outranked: 0.50 → 0.50, beyond top_k"


def test_an_edit_is_told_with_what_came_of_it():
    found = gone(now=Run([], [seen(score=0.01, version=3, why="below_threshold")]))

    assert [reason.code for reason in found.reasons] == ["changed", "below_threshold"]
    assert found.reason.startswith("changed: version 1 → 3; ranked lower: ")


def new(then=None, **fate):
    (one,) = told(then or Run([]), Run([seen(score=0.6, version=2)]), **fate)
    assert (one.id, one.change) == (A, "new")
    return one


@pytest.mark.parametrize(
    ("fate", "code", "says"),
    [
        ({"created_at": LATER}, "learned", "learned on 2026-05-04"),
        ({"came_by_link": True, "moved_at": LATER}, "linked", "came with a link on 2026-05-04"),
        ({"was_current": False, "since": LATER}, "came_back", "came back on 2026-05-04"),
        ({}, "not_matching", "did not meet what was asked then"),
    ],
)
def test_why_a_memory_is_new(fate, code, says):
    found = new(**fate)

    assert ([reason.code for reason in found.reasons], found.reason) == ([code], says)


def test_what_ranks_higher_says_where_it_was():
    found = new(then=Run([], [seen(score=0.01, why="below_threshold")]))

    assert found.reason == (
        "changed: version 1 → 2; ranked higher: 0.01 → 0.60; then it was below the threshold"
    )


def test_what_others_made_room_for_says_so():
    found = new(then=Run([], [seen(score=0.6, why="beyond_top_k")]))

    assert found.reasons[-1].code == "made_room"


def test_what_both_answer_alike_is_no_difference():
    assert told(Run([seen()]), Run([seen()])) == []


def test_a_score_that_moved_by_less_than_is_shown_is_no_difference():
    assert told(Run([seen(score=0.311)]), Run([seen(score=0.309)])) == []


def test_what_both_answer_otherwise_says_how():
    (one,) = told(Run([seen(recency=1.1)]), Run([seen(score=0.4, version=2, recency=1.0)]))

    assert one.change == "kept"
    assert one.reason == ("changed: version 1 → 2; score 0.50 → 0.40 (recency 1.10 → 1.00)")


def test_gone_comes_before_new():
    found = told(Run([seen(A)]), Run([seen(B)]), state="SUPERSEDED", by=B)

    assert [(one.id, one.change) for one in found] == [(A, "gone"), (B, "new")]
