"""Two runs are compared: what a replay got wrong, what settings differ."""

import uuid

from memories.rules import replays
from memories.rules.replays import Run, Seen

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))
NONE = frozenset()


def seen(pk, score=0.5, version=1, **parts):
    return Seen(pk, version, "profile", score, parts)


def test_the_same_answer_matches():
    assert replays.mismatches([seen(A), seen(B)], [seen(A), seen(B)], anew=NONE) == []


def test_a_last_digit_is_rounding():
    assert replays.mismatches([seen(A, 0.5)], [seen(A, 0.5001)], anew=NONE) == []


def test_another_score_is_told():
    (found,) = replays.mismatches([seen(A, 0.5)], [seen(A, 0.51)], anew=NONE)

    assert (found.id, found.what, found.recorded, found.replayed) == (A, "score", 0.5, 0.51)


def test_what_was_indexed_anew_may_differ_a_little():
    was, is_now = [seen(A, 0.5), seen(B, 0.4)], [seen(A, 0.5004), seen(B, 0.4004)]

    found = replays.mismatches(was, is_now, anew=frozenset({A}))

    assert [(one.id, one.what) for one in found] == [(B, "score")]
    assert replays.mismatches([seen(A, 0.5)], [seen(A, 0.52)], anew=frozenset({A}))


def test_a_memory_that_is_missing_or_added_is_told():
    found = replays.mismatches([seen(A), seen(B)], [seen(A), seen(C)], anew=NONE)

    assert [(one.id, one.what) for one in found] == [(B, "missing"), (C, "added")]


def test_another_version_is_told():
    (found,) = replays.mismatches([seen(A)], [seen(A, version=2)], anew=NONE)

    assert (found.what, found.id) == ("version", A)


def test_another_order_is_told():
    was = [seen(A, 0.5001), seen(B, 0.5), seen(C, 0.3)]

    assert replays.mismatches(was, [seen(C, 0.3), seen(B, 0.5), seen(A, 0.5)], anew=NONE)


def test_equals_may_stand_either_way_round():
    was = [seen(A, 0.5), seen(B, 0.5)]

    assert replays.mismatches(was, was[::-1], anew=NONE) == []


def test_a_run_knows_ranks_and_what_it_left_out():
    run = Run([seen(A), seen(B)], [seen(C)])

    assert [run.rank(pk) for pk in (A, B, C)] == [1, 2, None]
    assert run.saw(C).id == C
    assert run.saw(uuid.UUID(int=9)) is None


def test_what_is_pinned_goes_first_and_once():
    run = Run([seen(A), seen(B)], [seen(C)]).after([seen(B, 1.0)])

    assert [(one.id, one.score) for one in run.kept] == [(B, 1.0), (A, 0.5)]
    assert run.saw(C).id == C


def test_settings_that_differ_are_told():
    then = {"name": "mine", "version": 1, "top_k": 10, "threshold": 0.08, "types": ()}
    now = {"name": "mine", "version": 2, "top_k": 3, "threshold": 0.08, "types": ("profile",)}

    assert replays.setting_changes(then, now) == ["top_k 10 → 3", "types any → profile"]
    assert replays.setting_changes(then, then) == []
