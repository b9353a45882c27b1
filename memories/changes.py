"""What each deed changes of a memory that is kept: fields and their new values, unwritten."""

from datetime import datetime
from typing import Any

from governance.rules import sensitivity
from memories.drafts import Draft
from memories.models import Memory
from memories.models.memory import MemoryState
from memories.rules.candidates import Relation

Changes = dict[str, Any]


def closed(memory: Memory, *, by: Memory, because: str) -> Changes:
    """Another stands in its place from when that one holds."""
    # A value cannot end before it began: two that begin together leave an empty interval.
    return {
        "state": MemoryState.SUPERSEDED,
        "superseded_by": by.pk,
        "valid_until": max(by.valid_from, memory.valid_from),
        "closed_because": because,
    }


def retracted(memory: Memory, draft: Draft, *, because: str) -> Changes:
    """No longer true: it held until then. Asked to be forgotten: it holds at no time."""
    ends = draft.relation is Relation.ENDS
    until = max(draft.valid_from, memory.valid_from) if ends else memory.valid_from
    return {
        "state": MemoryState.RETRACTED,
        "valid_until": until,
        "retracted_at": draft.valid_from,
        "closed_because": because,
    }


def confirmed(memory: Memory, draft: Draft) -> Changes:
    """Somebody said it again, at the moment that the draft says."""
    before = memory.last_confirmed_at or draft.valid_from
    ends = (memory.expires_at, draft.expires_at)
    changes: Changes = {
        "last_confirmed_at": max(before, draft.valid_from),
        # Each confirmation halves the doubt that is left.
        "confidence": 1 - (1 - memory.confidence) / 2,
        # What the person confirms, the assistant can no longer replace.
        "trust": max(memory.trust, draft.trust),
        # What is said again holds again: what had expired must not hide it.
        "expires_at": max(filter(None, ends)) if all(ends) else None,
    }
    higher = sensitivity.higher(memory.sensitivity, draft.sensitivity)
    return changes if higher == memory.sensitivity else {**changes, "sensitivity": higher}


def detailed(memory: Memory, draft: Draft) -> Changes:
    """What it lacked is added; what it had stays as it was."""
    return {
        "data": {**draft.data, **memory.data},
        "metadata": {**draft.metadata, **memory.metadata},
        "categories": list(dict.fromkeys([*memory.categories, *draft.categories])),
    }


def filed(memory: Memory, *, behind: Memory | None, because: str) -> Changes:
    """A value that comes late held until the one that followed it."""
    return {
        "state": MemoryState.SUPERSEDED,
        "superseded_by": behind and behind.pk,
        "valid_until": behind.valid_from if behind else memory.valid_from,
        "closed_because": because,
    }


def put_behind(memory: Memory, *, by: Memory) -> Changes:
    """A value of the past ends where one that is now known to have followed it begins."""
    until = memory.valid_until
    changes: Changes = {"valid_until": min(until, by.valid_from) if until else by.valid_from}
    if memory.state == MemoryState.SUPERSEDED:
        changes["superseded_by"] = by.pk
    return changes


def restored() -> Changes:
    """It is current again, and holds until further notice."""
    return {
        "state": MemoryState.ACTIVE,
        "superseded_by": None,
        "valid_until": None,
        "closed_because": "",
        "retracted_at": None,
    }


def rejected(memory: Memory, *, now: datetime, because: str) -> Changes:
    """A person refused it: it held until now; what was said until now does not bring it back."""
    until = max(now, memory.valid_from)
    return {**archived(until=until, because=because), "retracted_at": now}


def archived(*, until: datetime, because: str) -> Changes:
    """It is put away; `until` its beginning says that it never held."""
    return {"state": MemoryState.ARCHIVED, "valid_until": until, "closed_because": because}
