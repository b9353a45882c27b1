"""The only writer of MemoryUse: how often memories are recalled, used, and how they served.

Recalls are counted from their traces afterwards, so that a recall writes no counter.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from governance.models import Subject
from governance.models.access import new_id
from memories.models import MemoryUse, RecallTrace
from memories.rules import feedback, traced

COUNTERS = ("recalled", "used", *feedback.VERDICTS)
# The memories are locked against deletion first: a counter must not outlive what it counts, and
# whoever forgets a memory locks it before its counters, too.
_ADD = f"""
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(%s::jsonb) AS told (
            row_id uuid, memory_id uuid, {", ".join(f"{name} integer" for name in COUNTERS)},
            last_recalled_at timestamptz, last_used_at timestamptz)
    ),
    standing AS MATERIALIZED (
        SELECT m.id, m.subject_id FROM memories_memory m
        WHERE m.namespace_id = %s AND m.id IN (SELECT memory_id FROM told)
        ORDER BY m.id FOR KEY SHARE
    )
    INSERT INTO memories_memoryuse (id, namespace_id, memory_id, subject_id,
        {", ".join(COUNTERS)}, last_recalled_at, last_used_at)
    SELECT told.row_id, %s, standing.id, standing.subject_id,
        {", ".join(f"told.{name}" for name in COUNTERS)}, told.last_recalled_at, told.last_used_at
    FROM told JOIN standing ON standing.id = told.memory_id ORDER BY standing.id
    ON CONFLICT (namespace_id, memory_id) DO UPDATE SET
        {", ".join(f"{name} = memories_memoryuse.{name} + excluded.{name}" for name in COUNTERS)},
        last_recalled_at = greatest(memories_memoryuse.last_recalled_at, excluded.last_recalled_at),
        last_used_at = greatest(memories_memoryuse.last_used_at, excluded.last_used_at)
"""  # noqa: S608 - the counters' names stand above, every value is a parameter


@dataclass(slots=True)
class Step:
    """By how much the counters of one memory move, and when it was last recalled or used."""

    counters: Counter[str] = field(default_factory=Counter)
    recalled_at: datetime | None = None
    used_at: datetime | None = None


def move(steps: Mapping[uuid.UUID, Step], *, namespace_id: uuid.UUID) -> None:
    """Move counters; memories that are gone are passed over. Inside the namespace's scope."""
    grown = {pk: step for pk, step in steps.items() if any(n > 0 for n in step.counters.values())}
    if grown:
        told = [_told(pk, grown[pk]) for pk in sorted(grown)]
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [json.dumps(told, default=str), namespace_id, namespace_id])
    for pk in sorted(steps):
        less = {name: count for name, count in steps[pk].counters.items() if count < 0}
        if less:
            MemoryUse.objects.filter(namespace_id=namespace_id, memory_id=pk).update(
                **{name: Greatest(F(name) + count, 0) for name, count in less.items()}
            )


def count(namespace_id: uuid.UUID, *, limit: int) -> int:
    """Count the recalls that up to `limit` traces tell of; returns how many traces, 0 at the end.

    Each trace once, however many workers count: a trace is taken by its row's lock, and what
    another worker holds is left to it. Inside the namespace's scope.
    """
    waiting = RecallTrace.objects.filter(namespace_id=namespace_id, counted=False).order_by("pk")
    seen = list(waiting.values_list("pk", "subject_id")[:limit])
    # Owners before traces, in the order in which whoever links identities locks them.
    _share_subjects({subject_id for _, subject_id in seen if subject_id}, namespace_id)
    taken = list(
        waiting.select_for_update(skip_locked=True)
        .filter(pk__in=[pk for pk, _ in seen])
        .only("kind", "found", "composed", "at")
    )
    steps: dict[uuid.UUID, Step] = {}
    for trace in taken:
        for memory_id in traced.given(trace.kind, trace.found, trace.composed):
            step = steps.setdefault(uuid.UUID(memory_id), Step())
            step.counters["recalled"] += 1
            step.recalled_at = max(step.recalled_at or trace.at, trace.at)
    move(steps, namespace_id=namespace_id)
    RecallTrace.objects.filter(
        namespace_id=namespace_id, pk__in=[trace.pk for trace in taken]
    ).update(counted=True)
    return len(taken)


def follow(namespace_id: uuid.UUID, memory_ids: Sequence[uuid.UUID], *, to: uuid.UUID) -> None:
    """The counters of memories that moved to another subject are that subject's."""
    found = MemoryUse.objects.filter(namespace_id=namespace_id, memory_id__in=memory_ids)
    found.update(subject_id=to)


def of(memory_ids: Iterable[uuid.UUID], *, namespace_id: uuid.UUID) -> dict[uuid.UUID, MemoryUse]:
    """The counters of these memories; none for what was never recalled. Inside the scope."""
    rows = MemoryUse.objects.filter(namespace_id=namespace_id, memory_id__in=list(memory_ids))
    return {row.memory_id: row for row in rows}


def _share_subjects(subject_ids: Iterable[uuid.UUID], namespace_id: uuid.UUID) -> None:
    """Keep these subjects' memories from being forgotten or moved until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {Subject._meta.db_table}"  # noqa: S608 - a table's name
            " WHERE namespace_id = %s AND id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [namespace_id, list(subject_ids)],
        )


def _told(memory_id: uuid.UUID, step: Step) -> dict[str, object]:
    return {
        "row_id": new_id(),
        "memory_id": memory_id,
        **{name: max(0, step.counters[name]) for name in COUNTERS},
        "last_recalled_at": step.recalled_at,
        "last_used_at": step.used_at,
    }
