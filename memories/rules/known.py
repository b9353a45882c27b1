"""What resolution is told: a candidate, what is known where it arrives, what its namespace says."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from memories.rules.candidates import Relation


@dataclass(frozen=True, slots=True)
class Known:
    """A memory that is kept. `type_id` and `precedence` are of its type; `confirmed_at` is when it
    was said last, `ended_at` when it ended; `retracted_at` is the moment until which nothing that
    is said brings it back."""

    id: uuid.UUID
    digest: str
    slot: str
    trust: int
    valid_from: datetime
    occurred_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    categories: Sequence[str] = ()
    text: str = ""
    type_id: uuid.UUID | None = None
    precedence: int = 0
    retracted_at: datetime | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def last_said(self) -> datetime:
        """The moment up to which it is known to hold: what was said before does not end it."""
        return max(self.valid_from, self.confirmed_at or self.valid_from)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A candidate. `instructs`: it is shaped as an instruction to the system. `quarantine_for`:
    code of why a person must look at it first."""

    digest: str
    slot: str
    trust: int
    valid_from: datetime
    occurred_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    categories: Sequence[str] = ()
    text: str = ""
    type_id: uuid.UUID | None = None
    precedence: int = 0
    instructs: bool = False
    confidence: float = 1.0
    relation: Relation = Relation.NEW
    quarantine_for: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What is known where a candidate arrives, all of one owner.

    `in_slot`: the current memory of its type and slot. `equal`: current ones of its type with its
    text. `about`: the current memory that it names. `rivals`: current ones in its slot, of other
    types. `corrected`: of its slot or text, replaced by a person. `retracted`: of its slot or
    text. `waiting`: of its type, slot or text, in quarantine. `last_known`: when what the slot
    last held began, while it is empty.
    """

    in_slot: Known | None = None
    equal: Sequence[Known] = ()
    about: Known | None = None
    rivals: Sequence[Known] = ()
    corrected: Sequence[Known] = ()
    retracted: Sequence[Known] = ()
    waiting: Sequence[Known] = ()
    last_known: datetime | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What a namespace says about deciding; `language` is one of the stemmer's."""

    min_confidence: float = 0.35
    language: str = "english"
