"""What extractors read and what they propose."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Relation(StrEnum):
    """What a candidate does to the memory that it is about."""

    NEW = "new"
    CONFIRMS = "confirms"
    CHANGES = "changes"
    # No longer true from when it was said, such as "I no longer smoke".
    ENDS = "ends"
    # The person asks for it to be forgotten, such as "forget that".
    FORGETS = "forgets"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of an episode. `role` is user, assistant, system or tool; `at` is aware."""

    index: int
    role: str
    content: str
    at: datetime
    name: str | None = None

    @property
    def speaker(self) -> str:
        """The name of who spoke, or else the role."""
        return self.name or self.role


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement an extractor proposed, not yet kept.

    `speaker` is the name or the role of who said it; `confidence` and `importance` are shares
    of 1. A candidate with a `slot` has its value in `data["value"]`. `about` is the memory that it
    confirms, changes, ends or asks to forget; None where the extractor cannot tell which: then
    a slot names it, or nothing does. `unless_retracted`: these are the words of the candidate
    before it, which ends something; they are news only where it ended nothing.
    """

    type: str
    text: str
    message_index: int
    speaker: str
    data: Mapping[str, Any] = field(default_factory=dict)
    slot: str | None = None
    confidence: float = 0.6
    importance: float = 0.5
    occurred_at: datetime | None = None
    sensitivity: str = "normal"
    categories: tuple[str, ...] = ()
    relation: Relation = Relation.NEW
    about: uuid.UUID | None = None
    unless_retracted: bool = False
