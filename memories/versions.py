"""What a change of a memory leaves behind."""

from datetime import datetime
from typing import Any

from governance.audit import Actor
from memories.models import Memory, MemoryVersion

# What of a memory a version records, before and after a change.
RECORDED = (
    "text", "data", "slot", "metadata", "categories", "importance", "confidence", "trust", "state",
    "sensitivity", "occurred_at", "valid_from", "valid_until", "expires_at", "superseded_by",
    "closed_because", "retracted_at", "last_confirmed_at", "subject_id",
)  # fmt: skip


def recorded(memory: Memory) -> dict[str, Any]:
    """The fields of a memory that a version records, as JSON values."""
    found = {name: getattr(memory, name) for name in RECORDED}
    return {
        name: value if isinstance(value, str | int | float | list | dict | None) else str(value)
        for name, value in found.items()
    }


def version(
    memory: Memory,
    change_name: str,
    *,
    before: dict[str, Any],
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> MemoryVersion:
    """The row that tells of a change, unsaved; `before` empty: the memory is new."""
    after = recorded(memory)
    if before:  # only what differs: an unchanged text need not be kept twice
        after = {name: value for name, value in after.items() if before[name] != value}
        before = {name: before[name] for name in after}
    return MemoryVersion(
        namespace_id=memory.namespace_id,
        memory=memory,
        version=memory.version,
        change=change_name,
        reason=reason,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        before=before,
        after=after,
        at=now,
    )
