"""The only writer of GoldenCase and QualityRun. Everything here is done inside the scope."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from governance import audit
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput, NotFound
from governance.models import SubjectIdentity
from memories.models import GoldenCase, QualityRun

# The channel of the identities under which the statements of fixtures are kept.
CHANNEL = "golden"
MAX_CASES = 500
RUNS_KEPT = timedelta(days=365)


def add(case: GoldenCase, *, actor: Actor, now: datetime) -> GoldenCase:
    """Keep a new case. Raises InvalidInput when its name is taken or there are too many."""
    if GoldenCase.objects.filter(namespace_id=case.namespace_id).count() >= MAX_CASES:
        raise InvalidInput(
            "The namespace has too many golden cases.",
            fields=[FieldError("name", f"Remove one first: {MAX_CASES} are the most.")],
        )
    case.created_by_kind, case.created_by, case.created_at = actor.kind.value, actor.id, now
    _save(case, force_insert=True)
    _record(Action.GOLDEN_CASE_ADDED, case, actor, now)
    return case


def change(
    case: GoldenCase, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> GoldenCase:
    """Set fields of a case. Raises InvalidInput when its name is taken."""
    for name, value in changes.items():
        setattr(case, name, value)
    if changes:
        _save(case, update_fields=list(changes))
        _record(Action.GOLDEN_CASE_CHANGED, case, actor, now, fields=sorted(changes))
    return case


def remove(case: GoldenCase, *, actor: Actor, now: datetime) -> None:
    """Delete a case."""
    _record(Action.GOLDEN_CASE_REMOVED, case, actor, now)
    GoldenCase.objects.filter(namespace_id=case.namespace_id, pk=case.pk).delete()


def get(case_id: uuid.UUID, *, namespace_id: uuid.UUID, lock: bool = False) -> GoldenCase:
    """One case, locked until the transaction ends if asked. Raises NotFound."""
    rows = GoldenCase.objects.filter(namespace_id=namespace_id, pk=case_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound("There is no golden case with this id here.")
    return found


def of_trace(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> GoldenCase | None:
    """The first case that was made from a trace."""
    rows = GoldenCase.objects.filter(namespace_id=namespace_id, trace_id=trace_id)
    return rows.order_by("pk").first()


def every(*, namespace_id: uuid.UUID, active_only: bool = False) -> list[GoldenCase]:
    """The cases, oldest first."""
    rows = GoldenCase.objects.filter(namespace_id=namespace_id)
    return list((rows.filter(active=True) if active_only else rows).order_by("pk")[:MAX_CASES])


def count_active(*, namespace_id: uuid.UUID) -> int:
    """How many cases a run asks."""
    return GoldenCase.objects.filter(namespace_id=namespace_id, active=True).count()


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """Cases about a subject are about the one that its identities lead to now."""
    GoldenCase.objects.filter(namespace_id=namespace_id, subject_id=left).update(subject_id=to)


def digest(*told: Any, purpose: str) -> str:
    """A keyed digest of JSON values: tells whether they are the same, and nothing of them."""
    text = json.dumps(told, sort_keys=True)
    return salted_hmac(f"remembrancer.{purpose}", text, algorithm="sha256").hexdigest()[:32]


def fixture_subjects(*, namespace_id: uuid.UUID) -> list[uuid.UUID]:
    """The subjects that are no people: those under which fixtures are kept."""
    known = SubjectIdentity.objects.filter(namespace_id=namespace_id, channel=CHANNEL)
    return list(known.values_list("subject_id", flat=True))


def keep_run(run: QualityRun, *, actor: Actor) -> QualityRun:
    """Keep a run; those of more than a year ago go."""
    run.save(force_insert=True)
    old = QualityRun.objects.filter(namespace_id=run.namespace_id, at__lt=run.at - RUNS_KEPT)
    old.delete()
    audit.record(
        Action.QUALITY_MEASURED,
        namespace_id=run.namespace_id,
        actor=actor,
        target=run,
        now=run.at,
        details={"cases": run.cases, "passed": run.passed, "score": run.score, "fell": run.fell},
    )
    return run


def runs(
    *, namespace_id: uuid.UUID, limit: int, until: datetime | None = None
) -> Sequence[QualityRun]:
    """The last runs, newest first; `until` a moment, itself included."""
    rows = QualityRun.objects.filter(namespace_id=namespace_id)
    if until is not None:
        rows = rows.filter(at__lte=until)
    return list(rows.order_by("-at", "-pk")[:limit])


def _save(case: GoldenCase, **how: Any) -> None:
    try:
        with transaction.atomic():
            case.save(**how)
    except IntegrityError as error:
        if "golden_name_in_namespace" not in str(error):
            raise
        raise InvalidInput(
            "There is a golden case of this name.",
            fields=[FieldError("name", "Another case has this name: choose a new one.")],
        ) from None


def _record(action: Action, case: GoldenCase, actor: Actor, now: datetime, **details: Any) -> None:
    audit.record(
        action,
        namespace_id=case.namespace_id,
        actor=actor,
        target=case,
        now=now,
        details=details or None,
    )
