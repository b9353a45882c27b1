"""What an extractor is given to read, and what it hands back."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from memories.rules.candidates import Candidate, Turn


@dataclass(frozen=True, slots=True)
class Guide:
    """A memory type as an extractor is told of it. No slots: any name may be one."""

    name: str
    description: str = ""
    slots: tuple[str, ...] = ()
    data_schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A current memory near to what was said. An extractor sees its number, never its id."""

    id: uuid.UUID
    type: str
    text: str
    slot: str = ""
    value: Any = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Turns to be read, with what one must know to read them.

    `turns` are new and numbered by their `index` from 0; `before` were said just before and are
    no source; `recalled` are the texts of memories that were lately given to the assistant.
    `language` is the stemmer's, such as "english".
    """

    turns: Sequence[Turn]
    guides: Mapping[str, Guide]
    observed_at: datetime
    before: Sequence[Turn] = ()
    neighbours: Sequence[Neighbour] = ()
    recalled: Sequence[str] = ()
    instructions: str = ""
    language: str = "english"

    @property
    def known(self) -> list[str]:
        """The texts that may come back as echoes."""
        return [*(one.text for one in self.neighbours), *self.recalled]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that fell: why, and the turn it named, where it named one."""

    code: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an extractor made of a reading."""

    candidates: Sequence[Candidate] = ()
    rejected: Sequence[Rejected] = ()


@dataclass(slots=True)
class Meter:
    """What reading cost so far; filled while an extractor works, whether it succeeds or not."""

    prompt: int = 0
    completion: int = 0
    calls: int = 0
    malformed: int = 0

    def as_stored(self) -> dict[str, int]:
        """`{prompt, completion, calls}`; empty when no model was called."""
        if not self.calls:
            return {}
        return {"prompt": self.prompt, "completion": self.completion, "calls": self.calls}

    def as_counted(self) -> dict[str, int]:
        """By the names of the namespace's counters."""
        return {
            "tokens.prompt": self.prompt,
            "tokens.completion": self.completion,
            "model.calls": self.calls,
            "model.malformed": self.malformed,
        }
