"""The writer of recall traces."""

import uuid
from datetime import datetime

from governance.models import rows
from memories.models import RecallTrace


def write(trace: RecallTrace) -> None:
    """Keep a trace. Inside the namespace's scope."""
    rows.insert_all([trace])


def find(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> RecallTrace | None:
    """One trace with its subject. Inside the namespace's scope."""
    rows = RecallTrace.objects.select_related("subject")
    return rows.filter(namespace_id=namespace_id, pk=trace_id).first()


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What was asked of a subject is of the one that its identities lead to now."""
    RecallTrace.objects.filter(namespace_id=namespace_id, subject_id=left).update(subject_id=to)


def clear(*, namespace_id: uuid.UUID, before: datetime) -> int:
    """Delete traces of before a moment; returns how many. Inside the scope."""
    return RecallTrace.objects.filter(namespace_id=namespace_id, at__lt=before).delete()[0]
