"""What became of a recall: the answer that it fed, and how its memories served."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from governance import access, audit
from governance.audit import Action
from governance.errors import FieldError, IdentityConflict, InvalidInput, NotFound
from governance.models import Namespace
from memories import entries, reviews, screening, traces, uses
from memories.callers import Caller
from memories.models import Memory, MemoryFeedback, RecallTrace, TraceOutcome
from memories.models.memory import MemoryState
from memories.rules import feedback, traced
from memories.rules.owner import Owner
from memories.screening import Screen
from memories.uses import Step

NOT_GIVEN = (
    "Name a memory that this trace gave: one in `found`, or of a context in `composed.sections`."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a bot tells of the answer that it gave. None: not told, what was told before stays."""

    answer: str | None = None
    answer_id: str | None = None
    used: tuple[uuid.UUID, ...] | None = None
    tokens: Mapping[str, int] | None = None
    latency_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """A report that may be written, and what was taken out of its answer."""

    trace_id: uuid.UUID
    report: Report
    screen: Screen
    hits: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one memory of a trace."""

    memory_id: uuid.UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class Story:
    """A trace and what became of it."""

    trace: RecallTrace
    outcome: TraceOutcome | None
    feedback: Sequence[MemoryFeedback]


def read(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> Story:
    """A trace with what became of it. Raises NotFound, SubjectNotAccepting."""
    with access.scope(namespace_id):
        return _story(traces.get(trace_id, namespace_id=namespace_id))


def prepare(trace_id: uuid.UUID, report: Report, *, namespace: Namespace) -> Screened:
    """Check a report and screen its answer; no transaction is open while the answer is read.

    Raises NotFound, SubjectNotAccepting, InvalidInput naming each memory in `used` that the trace
    did not give, SecretRefused.
    """
    with access.scope(namespace.pk):
        trace = traces.get(trace_id, namespace_id=namespace.pk)
        _refuse_strangers(trace, [f"used[{n}]" for n in range(len(report.used or ()))], report.used)
        screen = screening.load(namespace, subject_id=trace.subject_id)
    if report.answer_id:
        report = replace(report, answer_id=screening.clean_query(report.answer_id))
    if not report.answer:
        return Screened(trace_id, report, screen)
    cleaned = screening.clean(report.answer, screen, at="answer")
    return Screened(trace_id, replace(report, answer=cleaned.text), screen, cleaned.hits)


def record(screened: Screened, *, by: Caller) -> Story:
    """Write the outcome of a trace. What is told again takes the place of what was told before,
    field by field; the same report twice changes nothing.

    Raises NotFound, SubjectNotAccepting, IdentityConflict.
    """
    namespace_id, report = by.namespace.pk, screened.report
    with access.scope(namespace_id):
        trace = _held(screened.trace_id, namespace_id)
        found = traces.outcome_of(trace)
        outcome = found or TraceOutcome(
            namespace_id=namespace_id, trace=trace, subject_id=trace.subject_id
        )
        used_before = list(outcome.used)
        for name, value in _told(report).items():
            setattr(outcome, name, value)
        outcome.key_id, outcome.at = by.key_id, by.now
        traces.keep_outcome(outcome)
        moved = feedback.newly_used(used_before, outcome.used)
        steps = {
            uuid.UUID(pk): Step(Counter(used=count), used_at=by.now if count > 0 else None)
            for pk, count in moved.items()
        }
        uses.move(steps, namespace_id=namespace_id)
        _audit(Action.OUTCOME_RECORDED, trace, by, {"used": len(outcome.used)})
        screening.note(screened.hits, screened.screen, now=by.now)
        return _story(trace)


def judge(
    trace_id: uuid.UUID, judgements: Sequence[Judgement], *, verdict: str = "", by: Caller
) -> Story:
    """Say how memories of a trace served: each by itself, or all that it gave by one verdict.

    A later verdict on the same memory of the same trace takes the place of the earlier, in the
    counters too. Wrong and harmful ones are put before a person. Raises NotFound,
    SubjectNotAccepting, IdentityConflict, InvalidInput naming each memory that the trace did not
    give.
    """
    namespace_id = by.namespace.pk
    with access.scope(namespace_id):
        trace = _held(trace_id, namespace_id)
        every = judgements if not verdict else _all(trace, verdict)
        paths = [f"memories[{n}].id" for n in range(len(every))]
        _refuse_strangers(trace, paths, [one.memory_id for one in every])
        before = {one.memory_id: one.verdict for one in traces.feedback_on(trace)}
        changed = [one for one in every if before.get(one.memory_id) != one.verdict]
        traces.keep_feedback([_row(one, trace, by) for one in changed])
        steps = {
            one.memory_id: Step(Counter(feedback.moved(before.get(one.memory_id, ""), one.verdict)))
            for one in changed
        }
        uses.move(steps, namespace_id=namespace_id)
        _put_before_a_person(changed, by)
        counted = Counter(one.verdict for one in changed)
        _audit(Action.FEEDBACK_RECORDED, trace, by, dict(counted))
        return _story(trace)


def _story(trace: RecallTrace) -> Story:
    return Story(trace, traces.outcome_of(trace), traces.feedback_on(trace))


def _held(trace_id: uuid.UUID, namespace_id: uuid.UUID) -> RecallTrace:
    """The trace under its owner's lock and its own: the owner first, as every writer does."""
    found = traces.get(trace_id, namespace_id=namespace_id)
    if found.subject_id or found.agent_id:
        entries.lock(Owner(namespace_id, found.subject_id, found.agent_id))
    held = traces.held(trace_id, namespace_id=namespace_id)
    if held is None:
        raise NotFound("There is no trace with this id here.")
    if held.subject_id != found.subject_id:
        raise IdentityConflict("The trace's person was linked to another meanwhile. Ask again.")
    return held


def _refuse_strangers(
    trace: RecallTrace, paths: Sequence[str], ids: Sequence[uuid.UUID] | None
) -> None:
    given = set(traced.given(trace.kind, trace.found, trace.composed))
    wrong = [
        FieldError(path, NOT_GIVEN)
        for path, pk in zip(paths, ids or (), strict=True)
        if str(pk) not in given
    ]
    if wrong:
        raise InvalidInput("The trace did not give every memory named.", fields=wrong)


def _told(report: Report) -> dict[str, Any]:
    told = {
        "answer": report.answer,
        "answer_id": report.answer_id,
        "used": None if report.used is None else [str(pk) for pk in dict.fromkeys(report.used)],
        "tokens": None if report.tokens is None else dict(report.tokens),
        "latency_ms": report.latency_ms,
    }
    return {name: value for name, value in told.items() if value is not None}


def _all(trace: RecallTrace, verdict: str) -> list[Judgement]:
    given = traced.given(trace.kind, trace.found, trace.composed)
    if not given:
        raise InvalidInput(
            "There is nothing to judge.",
            fields=[FieldError("verdict", "This trace gave no memory; leave it without feedback.")],
        )
    return [Judgement(uuid.UUID(pk), verdict) for pk in given]


def _row(one: Judgement, trace: RecallTrace, by: Caller) -> MemoryFeedback:
    return MemoryFeedback(
        namespace_id=trace.namespace_id,
        trace=trace,
        subject_id=trace.subject_id,
        memory_id=one.memory_id,
        verdict=one.verdict,
        key_id=by.key_id,
        at=by.now,
    )


def _put_before_a_person(changed: Sequence[Judgement], by: Caller) -> None:
    reasons = {
        one.memory_id: feedback.REVIEWED[one.verdict]
        for one in changed
        if one.verdict in feedback.REVIEWED
    }
    # What is no longer current cannot do harm again: nobody need decide on it.
    doubted = Memory.objects.filter(
        namespace_id=by.namespace.pk, pk__in=list(reasons), state=MemoryState.ACTIVE
    )
    for memory in doubted.order_by("pk"):
        reviews.open_(memory, reason=reasons[memory.pk], now=by.now, actor=by.actor)


def _audit(action: Action, trace: RecallTrace, by: Caller, details: dict[str, int]) -> None:
    audit.record(
        action,
        namespace_id=by.namespace.pk,
        actor=by.actor,
        target=trace,
        now=by.now,
        details=details,
    )
