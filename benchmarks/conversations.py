"""Conversations with questions, in the format of a reduced LoCoMo."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

# Turns of a session have no times of their own; this keeps their order.
SECONDS_A_TURN = 20
_SAID_AT = "%I:%M %p on %d %B, %Y"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said."""

    id: str
    session: str
    speaker: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the turns that answer it."""

    text: str
    evidence: frozenset[str]
    category: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some sessions of two people, and what is asked about them."""

    id: str
    turns: tuple[Turn, ...]
    questions: tuple[Question, ...]


def read(path: Path) -> list[Conversation]:
    """All conversations of a file; questions without evidence are left out."""
    return [
        Conversation(
            id=str(given["id"]),
            turns=tuple(_turns(given)),
            questions=tuple(
                Question(asked["question"], frozenset(asked["evidence"]), int(asked["category"]))
                for asked in given["questions"]
                if asked["evidence"]
            ),
        )
        for given in json.loads(path.read_text())
    ]


def _turns(conversation: dict[str, Any]) -> Iterator[Turn]:
    for session in conversation["sessions"]:
        begun = datetime.strptime(session["at"], _SAID_AT).replace(tzinfo=UTC)
        for number, turn in enumerate(session["turns"]):
            yield Turn(
                id=turn["id"],
                session=f"session-{session['session']}",
                speaker=turn["speaker"],
                text=_with_caption(turn),
                at=begun + timedelta(seconds=SECONDS_A_TURN * number),
            )


def _with_caption(turn: dict[str, str]) -> str:
    return f"{turn['text']} [{turn['caption']}]" if turn.get("caption") else turn["text"]
