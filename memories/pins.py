"""The pinned memories of a composed context, as they were and as they are.

They are not searched for, so that a search asked again does not find them. Whether a context's
budget had room for them is not asked again; which types are pinned is told by the types of today.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from memories import materials, reconstruction
from memories.materials import Kind
from memories.models import RecallTrace
from memories.questions import Ask
from memories.reconstruction import Then
from memories.rules import traced
from memories.rules.owner import Owner
from memories.rules.replays import Seen

PINNED = "pinned"
_COLUMNS = ("id", "version", "type__name", "sensitivity", "importance")


def recorded(trace: RecallTrace, were: Sequence[Seen]) -> list[Seen]:
    """Those that the trace tells of; `were` are those of the past, which give their order and
    version, since a trace tells ids only."""
    told = {uuid.UUID(pk) for pk in traced.pinned(trace.found, trace.composed)}
    known = [one for one in were if one.id in told]
    lost = told - {one.id for one in known}
    return [*known, *(_pin(pk, 0, "") for pk in sorted(lost))]


def then(past: Then, ask: Ask, trace: RecallTrace) -> list[Seen]:
    """Those that were current when the trace was made. Inside the scope."""
    owner = past.moment.owner
    kinds = _kinds(trace, owner)
    rows = materials.pinnable(owner, kinds, ask=ask, now=past.moment.at)
    return _seen(reconstruction.select(past, rows, *_COLUMNS), kinds, ask) if kinds else []


def now(owner: Owner, ask: Ask, trace: RecallTrace, *, at: datetime) -> list[Seen]:
    """Those that are current now. Inside the scope."""
    kinds = _kinds(trace, owner)
    rows = materials.pinnable(owner, kinds, ask=ask, now=at)
    return _seen(rows.values_list(*_COLUMNS), kinds, ask) if kinds else []


def _kinds(trace: RecallTrace, owner: Owner) -> list[Kind]:
    if PINNED not in trace.composed.get("include", ()):
        return []
    return [kind for kind in materials.kinds(namespace_id=owner.namespace_id) if kind.pinned]


def _seen(rows: Iterable[tuple[Any, ...]], kinds: Sequence[Kind], ask: Ask) -> list[Seen]:
    """In the order in which they go in; without what the purpose does not allow."""
    order = {kind.name: number for number, kind in enumerate(kinds)}
    told = sorted(rows, key=lambda row: (order[row[2]], -row[4]))
    return [
        _pin(pk, version, kind)
        for pk, version, kind, sensitivity, _importance in told
        if ask.sensitivities is None or sensitivity in ask.sensitivities
    ]


def _pin(memory_id: uuid.UUID, version: int, kind: str) -> Seen:
    return Seen(memory_id, version, kind, 1.0, {PINNED: 1.0})
