"""A long conversation cut into readings that a model can hold."""

from collections.abc import Sequence
from dataclasses import replace

from memories.rules.candidates import Candidate, Turn

# About 15,000 tokens: far below what models take, and what they still read with care.
MAX_CHARACTERS = 60_000


def cut(
    turns: Sequence[Turn], *, messages: int, characters: int = MAX_CHARACTERS
) -> list[list[Turn]]:
    """The turns in their order, at most so many and so long together; one alone may be longer."""
    pieces: list[list[Turn]] = []
    length = 0
    for turn in turns:
        size = len(turn.content)
        if not pieces or len(pieces[-1]) >= messages or length + size > characters:
            pieces.append([])
            length = 0
        pieces[-1].append(turn)
        length += size
    return pieces


def renumbered(turns: Sequence[Turn]) -> list[Turn]:
    """The turns with the indexes that they have in this piece."""
    return [replace(turn, index=index) for index, turn in enumerate(turns)]


def placed(candidate: Candidate, turns: Sequence[Turn]) -> Candidate:
    """The candidate with the index that its turn has in the whole."""
    return replace(candidate, message_index=turns[candidate.message_index].index)
