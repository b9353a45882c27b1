"""Quality watch: ask a namespace's golden cases, count what goes well and badly, tell of a fall.

Golden cases are asked through the same search and ranking as a bot's recall, but leave no trace
and no audit event of a recall: they must not count among those of the bots.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core import mail

from governance import access
from governance.audit import SYSTEM, Actor
from governance.errors import DomainError
from governance.models import Namespace
from governance.subjects import IdentityRef
from memories import fixtures, golden, looking, quality_numbers, search
from memories.models import GoldenCase, Memory, QualityRun
from memories.questions import Ask
from memories.rules import quality
from memories.rules.quality import Conditions, Result

log = logging.getLogger("remembrancer.quality")
# So many cases are asked while a caller waits; more are left to a worker.
AT_ONCE = 50
# Runs looked back on: the usual ones, and some in which a case could not be compared.
LOOKED_BACK = 3 * quality.USUAL
_MAIL_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run found, not yet kept."""

    namespace_id: uuid.UUID
    results: Sequence[Result]
    counters: Mapping[str, Mapping[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """The last runs, newest first, and how many cases there are."""

    runs: Sequence[QualityRun]
    cases: int
    active: int


def measure(namespace_id: uuid.UUID, *, now: datetime, actor: Actor = SYSTEM) -> QualityRun | None:
    """One run with everything that belongs to it; None where there is nothing to measure."""
    with access.scope(namespace_id):
        asked = golden.count_active(namespace_id=namespace_id)
        if not asked and not quality_numbers.anything_kept(namespace_id):
            return None
    run, fall = keep(gather(namespace_id, now=now), actor=actor)
    tell(run, fall)
    return run


def gather(namespace_id: uuid.UUID, *, now: datetime) -> Measured:
    """Ask each active case; no transaction is open while a model embeds what is asked."""
    namespace = Namespace.objects.get(pk=namespace_id)
    with access.scope(namespace_id):
        cases = golden.every(namespace_id=namespace_id, active_only=True)
    results = [_ask(case, namespace, now) for case in cases]
    with access.scope(namespace_id):
        nobody = golden.fixture_subjects(namespace_id=namespace_id)
        counters = quality_numbers.measure(namespace_id, fixtures=nobody, now=now)
    return Measured(namespace_id, results, counters, now)


def keep(measured: Measured, *, actor: Actor) -> tuple[QualityRun, quality.Fall]:
    """Write a run beside those before it; what got worse since."""
    namespace_id = measured.namespace_id
    counted = [one for one in measured.results if one.score is not None]
    with access.scope(namespace_id):
        before = golden.runs(namespace_id=namespace_id, limit=LOOKED_BACK, until=measured.at)
        fall = quality.fall(measured.results, [quality.read(run.results) for run in before])
        run = QualityRun(
            namespace_id=namespace_id,
            at=measured.at,
            cases=len(counted),
            passed=sum(bool(one.passed) for one in counted),
            score=quality.score(counted),
            fell=fall.fell,
            results=[quality.told(one) for one in measured.results],
            counters=dict(measured.counters),
        )
        return golden.keep_run(run, actor=actor), fall


def tell(run: QualityRun, fall: quality.Fall) -> None:
    """If recall got worse: an error in the log and a letter to ALERT_EMAILS. Ids and numbers only.

    After the run's transaction. A mail server that does not answer fails no run: the log and the
    admin tell the same.
    """
    if not run.fell:
        return
    log.error(
        "recall got worse",
        extra={
            "namespace": str(run.namespace_id),
            "run": str(run.pk),
            "score": run.score,
            "drop": fall.drop,
            "lost": len(fall.lost),
        },
    )
    if not settings.ALERT_EMAILS:
        return
    try:
        mail.EmailMessage(
            f"Remembrancer: recall got worse in {run.namespace_id}",
            _letter(run, fall),
            to=settings.ALERT_EMAILS,
            connection=mail.get_connection(timeout=_MAIL_SECONDS),
        ).send()
    except (SMTPException, OSError) as error:
        log.error("alert not sent", extra={"run": str(run.pk), "error": type(error).__name__})


def overview(namespace_id: uuid.UUID, *, limit: int) -> Overview:
    """The last runs and the number of cases."""
    with access.scope(namespace_id):
        cases = golden.every(namespace_id=namespace_id)
        found = golden.runs(namespace_id=namespace_id, limit=limit)
    return Overview(found, len(cases), sum(case.active for case in cases))


def at_once(namespace_id: uuid.UUID) -> bool:
    """Whether a caller may wait for a run."""
    with access.scope(namespace_id):
        return golden.count_active(namespace_id=namespace_id) <= AT_ONCE


def _ask(case: GoldenCase, namespace: Namespace, now: datetime) -> Result:
    """One case, asked and judged; one that cannot be asked says why and counts for nothing."""
    blank = Result(str(case.pk), _asked(case))
    try:
        ref, moment = _whom(case, namespace, now)
        if ref is None or not _names_current(case, now=moment):
            return replace(blank, why="subject_unknown" if ref is None else "outdated")
        ask = Ask(query=case.query, refs=(ref,), strategy=case.strategy)
        thinking = looking.think(ask, namespace=namespace)
        with access.scope(namespace.pk):
            seen = looking.look(ask, thinking, namespace=namespace, now=moment)
    except DomainError as refusal:
        return replace(blank, why=refusal.code)
    came = {str(one.hit.id): seen.rows[one.hit.id].text for one in seen.kept}
    verdict = quality.judge(Conditions(case.must, case.must_not), came)
    return replace(
        blank,
        score=verdict.score,
        passed=verdict.passed,
        held=verdict.held,
        of=verdict.of,
        unmet=tuple(verdict.unmet),
        degraded=tuple(thinking.degraded),
    )


def _asked(case: GoldenCase) -> str:
    """A keyed digest of what is asked and demanded: a run keeps no words."""
    demanded = (case.must, case.must_not, case.fixture, str(case.subject_id))
    return golden.digest(case.query, case.strategy, *demanded, purpose="golden")


def _whom(
    case: GoldenCase, namespace: Namespace, now: datetime
) -> tuple[IdentityRef | None, datetime]:
    """Who is asked about, and as of when."""
    if case.subject_id is None:
        written = fixtures.ready(case, namespace=namespace, actor=SYSTEM, now=now)
        return written.ref, written.at
    with access.scope(namespace.pk):
        return fixtures.identity_of(case.subject_id, namespace_id=namespace.pk), now


def _names_current(case: GoldenCase, *, now: datetime) -> bool:
    """Whether the memories that must come still hold: recall is right to leave out what ended."""
    wanted = {found for found in map(quality.as_id, case.must) if found}
    if not wanted or case.subject_id is None:
        return True
    with access.scope(case.namespace_id):
        holding = Memory.objects.filter(
            search.visible(now, past=False),
            namespace_id=case.namespace_id,
            subject_id=case.subject_id,
            pk__in=wanted,
        )
        return holding.count() == len(wanted)


def _letter(run: QualityRun, fall: quality.Fall) -> str:
    lines = [
        f"Namespace: {run.namespace_id}",
        f"Run: {run.pk} of {run.at.isoformat(timespec='minutes')}",
        f"Golden cases passed: {run.passed} of {run.cases}",
        f"Score: {run.score}",
        f"Mean fall over comparable cases: {fall.drop}",
        f"Cases that passed until now: {', '.join(fall.lost) or 'none'}",
    ]
    return "\n".join(lines)
