"""Long conversations in pieces."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from memories.rules import batches
from memories.rules.candidates import Candidate, Turn

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def turns(*lengths):
    return [Turn(index, "user", "x" * length, NOW) for index, length in enumerate(lengths)]


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 10), st.integers(1, 100))
def test_no_turn_is_lost_doubled_or_moved_and_no_piece_too_large(lengths, messages, characters):
    said = turns(*lengths)

    pieces = batches.cut(said, messages=messages, characters=characters)

    assert [turn for piece in pieces for turn in piece] == said
    for piece in pieces:
        assert 1 <= len(piece) <= messages
        assert len(piece) == 1 or sum(len(turn.content) for turn in piece) <= characters


def test_a_candidate_finds_its_turn_again():
    first, second = batches.cut(turns(1, 1, 1), messages=2)

    (turn,) = batches.renumbered(second)
    placed = batches.placed(Candidate("profile", "x", 0, "user"), second)

    assert (turn.index, placed.message_index) == (0, 2)
    assert batches.placed(Candidate("profile", "x", 1, "user"), first).message_index == 1
