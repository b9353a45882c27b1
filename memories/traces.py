"""The writer of recall traces, and of what became of them: outcomes and feedback."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from governance import access
from governance.errors import NotFound
from governance.models import rows
from memories.models import Memory, MemoryFeedback, RecallTrace, TraceOutcome


def write(trace: RecallTrace) -> None:
    """Keep a trace. Inside the namespace's scope."""
    rows.insert_all([trace])


def find(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> RecallTrace | None:
    """One trace with its subject. Inside the namespace's scope."""
    rows = RecallTrace.objects.select_related("subject")
    return rows.filter(namespace_id=namespace_id, pk=trace_id).first()


def get(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> RecallTrace:
    """One trace that may be shown. Inside the scope. Raises NotFound, SubjectNotAccepting."""
    found = find(trace_id, namespace_id=namespace_id)
    if found is None:
        raise NotFound("There is no trace with this id here.")
    if found.subject is not None:
        access.refuse_if_closed(found.subject)
    return found


def outcome_of(trace: RecallTrace) -> TraceOutcome | None:
    """What the bot made of it, as far as it told. Inside the scope."""
    return TraceOutcome.objects.filter(namespace_id=trace.namespace_id, trace_id=trace.pk).first()


def feedback_on(trace: RecallTrace) -> list[MemoryFeedback]:
    """The verdicts on its memories. Inside the scope."""
    rows = MemoryFeedback.objects.filter(namespace_id=trace.namespace_id, trace_id=trace.pk)
    return list(rows.order_by("pk"))


def keep_outcome(outcome: TraceOutcome) -> None:
    """Write an outcome, new or changed. Inside the scope, under the lock of `held`."""
    outcome.save()


def keep_feedback(verdicts: Sequence[MemoryFeedback]) -> None:
    """Write verdicts, each in place of an earlier one of its trace and memory. As above."""
    MemoryFeedback.objects.bulk_create(
        verdicts,
        update_conflicts=True,
        unique_fields=["namespace", "trace", "memory_id"],
        update_fields=["verdict", "key_id", "at"],
    )


def held(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> RecallTrace | None:
    """The trace's row under a lock until the transaction ends: two reports of it queue."""
    rows = RecallTrace.objects.select_for_update()
    return rows.filter(namespace_id=namespace_id, pk=trace_id).first()


def forget(memory: Memory) -> int:
    """Empty the answers that a memory was given for: they may repeat it; returns how many.

    Inside the scope.
    """
    whose = Q(subject_id=memory.subject_id) if memory.subject_id else Q(subject_id__isnull=True)
    gave = Q(found__contains=[{"id": str(memory.pk)}])
    gave |= Q(composed__contains={"sections": [{"memories": [str(memory.pk)]}]})
    told = RecallTrace.objects.filter(whose, gave, namespace_id=memory.namespace_id)
    answers = TraceOutcome.objects.filter(
        namespace_id=memory.namespace_id, trace_id__in=list(told.values_list("pk", flat=True))
    )
    return answers.exclude(answer="").update(answer="")


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What was asked of a subject, and what became of it, is of the one that its identities lead
    to now."""
    for model in (RecallTrace, TraceOutcome, MemoryFeedback):
        model._default_manager.filter(namespace_id=namespace_id, subject_id=left).update(
            subject_id=to
        )


def clear(*, namespace_id: uuid.UUID, before: datetime, limit: int = 1000) -> int:
    """Delete some traces of before a moment with what became of them; how many, 0 at the end.

    What they tell of uses must be counted by then. Inside the scope.
    """
    old = RecallTrace.objects.filter(namespace_id=namespace_id, at__lt=before).order_by("at")
    ids = list(old.select_for_update().values_list("pk", flat=True)[:limit])
    for model in (TraceOutcome, MemoryFeedback):
        model._default_manager.filter(namespace_id=namespace_id, trace_id__in=ids).delete()
    RecallTrace.objects.filter(namespace_id=namespace_id, pk__in=ids).delete()
    return len(ids)
