"""Two runs of one question, then and now, and why they differ."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Scores are kept to four places; what was made anew of a recorded signal, to a little less.
ROUNDING, ROUNDING_ANEW = 0.00015, 0.0005


@dataclass(frozen=True, slots=True)
class Seen:
    """One memory as one run saw it. `left_out_for`: the code of why it was not answered."""

    id: uuid.UUID
    version: int
    type: str
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    left_out_for: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run answered, best first, and what it left out."""

    kept: Sequence[Seen]
    left_out: Sequence[Seen] = ()

    def after(self, pinned: Sequence[Seen]) -> "Run":
        """The same, behind memories that go in without being searched for."""
        first = {one.id for one in pinned}
        return Run([*pinned, *(one for one in self.kept if one.id not in first)], self.left_out)

    def rank(self, memory_id: uuid.UUID) -> int | None:
        """From 1; None when it was not answered."""
        return next((n for n, one in enumerate(self.kept, 1) if one.id == memory_id), None)

    def saw(self, memory_id: uuid.UUID) -> Seen | None:
        """The memory as this run saw it, answered or not."""
        return next((one for one in (*self.kept, *self.left_out) if one.id == memory_id), None)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a memory between the trace and now, as far as the store knows.

    `here`: whether its row is there; `ours`: whether it still is the trace's person's.
    `since`: when it came into its state. `was_current`: whether it was, when the trace was made.
    `came_by_link`: it was another person's then.
    """

    here: bool = True
    ours: bool = True
    created_at: datetime | None = None
    state: str = "ACTIVE"
    because: str = ""
    since: datetime | None = None
    by: uuid.UUID | None = None
    expires_at: datetime | None = None
    valid_until: datetime | None = None
    forgotten_at: datetime | None = None
    moved_at: datetime | None = None
    was_current: bool = True
    came_by_link: bool = False


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where the replay differs from what the trace recorded."""

    id: uuid.UUID
    what: str
    recorded: float | int | None = None
    replayed: float | int | None = None


def mismatches(
    recorded: Sequence[Seen], replayed: Sequence[Seen], *, anew: frozenset[uuid.UUID]
) -> list[Mismatch]:
    """Where two answers differ: `missing` or `added` memories, another `order` (the ranks), other
    scores. `anew` names memories that had to be indexed again.

    Two memories whose scores are equal within rounding may stand either way round.
    """
    was = {one.id: one for one in recorded}
    is_now = {one.id: one for one in replayed}
    found = [Mismatch(pk, "missing", was[pk].score) for pk in was if pk not in is_now]
    found += [Mismatch(pk, "added", None, is_now[pk].score) for pk in is_now if pk not in was]
    most = ROUNDING_ANEW if anew else ROUNDING
    for pk, one in was.items():
        other = is_now.get(pk)
        if other is None:
            continue
        if abs(one.score - other.score) > (most if pk in anew else ROUNDING):
            found.append(Mismatch(pk, "score", one.score, other.score))
        if one.version != other.version:
            found.append(Mismatch(pk, "version", one.version, other.version))
    return found or _out_of_order(recorded, replayed, most)


def _out_of_order(
    recorded: Sequence[Seen], replayed: Sequence[Seen], most: float
) -> list[Mismatch]:
    ranks = {one.id: rank for rank, one in enumerate(replayed, 1)}
    return [
        Mismatch(one.id, "order", rank, ranks[one.id])
        for rank, (one, there) in enumerate(zip(recorded, replayed, strict=True), 1)
        if one.id != there.id and abs(one.score - there.score) > most
    ]


def setting_changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What of two strategies differs, one sentence each, such as `top_k 10 → 3`."""
    return [
        f"{name} {_written(then[name])} → {_written(now[name])}"
        for name in sorted(then.keys() & now.keys() - {"name", "version"})
        if then[name] != now[name]
    ]


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "any"
    return f"{value:g}" if isinstance(value, float) else str(value)
