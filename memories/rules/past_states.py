"""What a memory was at a moment, walked back from what it is by its recorded changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from memories.rules.trust import Trust

# What the index is made of: where one of these changed, the words must be indexed anew.
SAID = frozenset({"text", "occurred_at", "slot"})
REINFORCED = "memory.reinforced"
CONFIRMED = "last_confirmed_at"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change: `before` and `after` of the fields that it changed, as JSON values.

    The first made the memory. A later one may have changed nothing that is recorded.
    """

    version: int
    name: str
    at: datetime
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastState:
    """A memory at a moment: `fields` that were different from what they are now, as JSON values.

    `reworded`: what the index was made of differed. `edited`: its words were an edit's or a
    correction's, not those that were said.
    """

    version: int
    fields: Mapping[str, Any]
    reworded: bool
    edited: bool


def at(moment: datetime, *, version: int, changes: Sequence[Change]) -> PastState | None:
    """The memory at a moment; None when it was made later.

    `version` is the current one; `changes` are all of the memory's, in any order.
    """
    fields: dict[str, Any] = {}
    in_order = sorted(changes, key=lambda change: change.version)
    kept = [change for change in in_order if change.at <= moment]
    for change in reversed(in_order[len(kept) :]):
        if change.version == FIRST:
            return None
        version = change.version - 1
        fields.update(change.before)
        if change.name == REINFORCED:
            fields.setdefault(CONFIRMED, None)
            if CONFIRMED not in change.before:
                fields[CONFIRMED] = _confirmed_at(kept)
        fields["updated_at"] = kept[-1].at.isoformat() if kept else None
    return PastState(version, fields, bool(SAID & fields.keys()), edited(kept))


def edited(changes: Sequence[Change]) -> bool:
    """Whether the words are an edit's or a correction's: those are indexed without the turns
    before them."""
    return any(
        SAID & change.before.keys()
        or (change.version == FIRST and change.after.get("trust") == Trust.CORRECTION)
        for change in changes
    )


def became(state: str, changes: Sequence[Change]) -> datetime | None:
    """When the memory last came into this state; None when that is not on record."""
    for change in sorted(changes, key=lambda change: -change.version):
        if change.after.get("state") == state:
            return change.at
    return None


def _confirmed_at(kept: Sequence[Change]) -> str | None:
    """The last confirmation among these, for changes that do not record it themselves."""
    times = [change.at for change in kept if change.name == REINFORCED]
    return max(times).isoformat() if times else None
