"""Turns and candidates are plain values."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from memories.rules.candidates import Candidate, Turn

AT = datetime(2026, 5, 20, 10, tzinfo=UTC)


def test_a_turn_is_spoken_by_its_name():
    assert Turn(0, "user", "Hello", AT, "Ada").speaker == "Ada"


def test_a_turn_without_a_name_is_spoken_by_its_role():
    assert Turn(0, "user", "Hello", AT).speaker == "user"


def test_a_candidate_fills_no_slot_unless_it_is_said():
    candidate = Candidate("profile", "I keep bees.", 0, "Ada")

    assert (candidate.slot, dict(candidate.data), candidate.sensitivity) == (None, {}, "normal")


def test_a_candidate_does_not_change():
    candidate = Candidate("profile", "I keep bees.", 0, "Ada")

    with pytest.raises(FrozenInstanceError):
        candidate.text = "I keep wasps."
