"""What becomes of a candidate, given what is known: one decision, with its reason."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

_SPACES = re.compile(r"\s+")


class Decision(StrEnum):
    """What becomes of a candidate."""

    ADD = "ADD"
    REINFORCE = "REINFORCE"
    SUPERSEDE = "SUPERSEDE"
    # A late-arriving older value: kept as history, behind the value that came after it.
    KEEP_AS_PAST = "KEEP_AS_PAST"
    IGNORE = "IGNORE"


@dataclass(frozen=True, slots=True)
class Known:
    """What resolution must know of a memory that is kept."""

    id: uuid.UUID
    digest: str
    slot: str
    trust: int
    valid_from: datetime
    occurred_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What resolution must know of a candidate."""

    digest: str
    slot: str
    trust: int
    valid_from: datetime
    occurred_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision, why, and the memory that it confirms or closes."""

    decision: Decision
    reason: str
    target: uuid.UUID | None = None


def normalised(text: str) -> str:
    """The text as it is compared: Unicode NFKC, case-folded, single spaces, no final stop."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", folded).strip().rstrip(".!… ")


def digest(text: str) -> str:
    """SHA-256 in hex of the normalised text."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def resolve(candidate: Proposed, *, in_slot: Known | None, equal: Sequence[Known]) -> Resolution:
    """Decide on a candidate.

    `in_slot` is the current memory in its slot, `equal` are current memories of the same type
    with the same normalised text. Nothing is merged for looking alike.
    """
    if candidate.slot:
        return _in_slot(candidate, in_slot)
    same = next((known for known in equal if _same_event(candidate, known)), None)
    if same is not None:
        return Resolution(Decision.REINFORCE, "equal_text", same.id)
    return Resolution(Decision.ADD, "new")


def _in_slot(candidate: Proposed, current: Known | None) -> Resolution:
    if current is None:
        return Resolution(Decision.ADD, "slot_was_empty")
    if _says_the_same(candidate, current):
        return Resolution(Decision.REINFORCE, "equal_in_slot", current.id)
    if candidate.valid_from < current.valid_from:
        return Resolution(Decision.KEEP_AS_PAST, "older_than_current", current.id)
    if candidate.trust < current.trust:
        return Resolution(Decision.IGNORE, "less_trusted_than_current", current.id)
    return Resolution(Decision.SUPERSEDE, "newer_value_in_slot", current.id)


def _says_the_same(candidate: Proposed, current: Known) -> bool:
    """The same value in whatever words; without a value, the same words."""
    if candidate.data:
        return _plain(candidate.data) == _plain(current.data)
    return candidate.digest == current.digest


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: normalised(one) if isinstance(one, str) else one for key, one in data.items()}


def _same_event(candidate: Proposed, known: Known) -> bool:
    # "I ran 10 km" said on two days is two events; said twice of one day, or undated, one.
    return candidate.occurred_at is None or candidate.occurred_at == known.occurred_at
