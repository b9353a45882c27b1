"""Add, change and remove golden cases: checked as a whole, whichever door they come through."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from governance import access, subjects
from governance.audit import Actor
from governance.errors import FieldError, InvalidInput
from governance.models import Namespace, Subject
from governance.subjects import IdentityRef
from memories import fixtures, golden, memory_types, screening, search, strategies, traces
from memories.models import GoldenCase, Memory, RecallTrace, ownership
from memories.rules import golden_cases as rules
from memories.rules import traced
from memories.rules.owner import Owner

FIELDS = frozenset({*rules.SCHEMAS, "subject_id"})


def check(case: GoldenCase) -> None:
    """Refuse a case that could not be asked. Inside the scope.

    Raises InvalidInput naming each field; SubjectNotAccepting for a subject that is closed.
    """
    told = {name: getattr(case, name) for name in rules.SCHEMAS}
    rules.check(told, of_a_subject=case.subject_id is not None)
    _refuse_what_may_not_be_kept(case)
    if case.strategy:
        strategies.current(case.strategy, namespace_id=case.namespace_id)
    if case.subject_id is None:
        _check_fixture(case)
    else:
        _check_subject(case, case.subject_id)


def add(
    namespace: Namespace, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> GoldenCase:
    """A new case. Raises InvalidInput, SubjectNotAccepting."""
    with access.scope(namespace.pk):
        case = GoldenCase(namespace=namespace, **_known(fields))
        check(case)
        return golden.add(case, actor=actor, now=now)


def change(
    case_id: uuid.UUID,
    fields: Mapping[str, Any],
    *,
    namespace_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> GoldenCase:
    """Set fields of a case. Statements that are asked about no longer are forgotten at once.

    Raises NotFound, InvalidInput, SubjectNotAccepting.
    """
    with access.scope(namespace_id):
        case = golden.get(case_id, namespace_id=namespace_id, lock=True)
        changes = {
            name: value for name, value in _known(fields).items() if getattr(case, name) != value
        }
        stale = "fixture" in changes
        for name, value in changes.items():
            setattr(case, name, value)
        if changes.keys() - {"active"}:
            check(case)
        if stale:
            fixtures.forget(case, actor=actor, now=now)
        return golden.change(case, changes, actor=actor, now=now)


def remove(case_id: uuid.UUID, *, namespace_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Delete a case with the statements that were kept for it. Raises NotFound."""
    with access.scope(namespace_id):
        case = golden.get(case_id, namespace_id=namespace_id, lock=True)
        fixtures.forget(case, actor=actor, now=now)
        golden.remove(case, actor=actor, now=now)


def get(case_id: uuid.UUID, *, namespace_id: uuid.UUID) -> GoldenCase:
    """One case. Raises NotFound."""
    with access.scope(namespace_id):
        return golden.get(case_id, namespace_id=namespace_id)


def every(*, namespace_id: uuid.UUID) -> list[GoldenCase]:
    """All cases, oldest first."""
    with access.scope(namespace_id):
        return golden.every(namespace_id=namespace_id)


def from_trace(
    trace_id: uuid.UUID,
    chosen: Mapping[str, Any],
    *,
    namespace: Namespace,
    actor: Actor,
    now: datetime,
) -> GoldenCase:
    """A case that asks again what a recall asked.

    Without a choice of its own, what the recall gave must come again, as far as it still holds;
    at most as much as its strategy gives. Raises NotFound, InvalidInput, SubjectNotAccepting.
    """
    with access.scope(namespace.pk):
        trace = traces.get(trace_id, namespace_id=namespace.pk)
        _refuse_unless_repeatable(trace)
        name = str(trace.strategy.get("name", ""))
        must = chosen.get("must")
        case = GoldenCase(
            namespace=namespace,
            trace_id=trace.pk,
            subject_id=trace.subject_id,
            name=chosen.get("name") or f"trace {trace.pk}",
            query=trace.asked["query"],
            strategy=name,
            must=_given(trace, name, now) if must is None else list(must),
            must_not=list(chosen.get("must_not", ())),
        )
        check(case)
        return golden.add(case, actor=actor, now=now)


def subject_of(refs: Sequence[IdentityRef], *, namespace_id: uuid.UUID) -> uuid.UUID:
    """The subject known by these identities. Raises NotFound, IdentityAmbiguous."""
    with access.scope(namespace_id):
        return subjects.known(list(refs), namespace_id=namespace_id).subject_id


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in FIELDS}


def _refuse_what_may_not_be_kept(case: GoldenCase) -> None:
    """A case is kept as it was typed: what screening would take out must not come in by it."""
    screen = screening.load(case.namespace, subject_id=None)
    told = "It holds a secret, or what may not be kept here: write it without."
    wrong = [
        FieldError(at, told)
        for at, text in rules.texts(case.name, case.query, case.must, case.must_not)
        if screening.clean_query(text) != text
    ]
    for index, one in enumerate(case.fixture):
        at = f"fixture[{index}]"
        words = [f"{at}.text"] if screening.clean(one["text"], screen, at=at).hits else []
        data = [f"{at}.data"] if screening.clean_json(one.get("data", {}), screen, at=at)[1] else []
        wrong += [FieldError(path, told) for path in (*words, *data)]
    if wrong:
        raise InvalidInput("The golden case cannot be used as it is.", fields=wrong)


def _check_fixture(case: GoldenCase) -> None:
    types = memory_types.by_name(case.namespace_id)
    for index, one in enumerate(case.fixture):
        slot, data = one.get("slot", ""), one.get("data", {})
        memory_types.checked(one["type"], slot, data, types=types, at=f"fixture[{index}]")


def _check_subject(case: GoldenCase, subject_id: uuid.UUID) -> None:
    namespace_id = case.namespace_id
    subject = Subject.objects.filter(namespace_id=namespace_id, pk=subject_id).first()
    if subject is None or subject_id in golden.fixture_subjects(namespace_id=namespace_id):
        raise _wrong("subject", "There is no person with this id in the namespace.")
    access.refuse_if_closed(subject)
    wanted = rules.ids({"must": case.must})
    mine = ownership.of(Owner(namespace_id, subject_id))
    kept = set(Memory.objects.filter(mine, pk__in=wanted).values_list("pk", flat=True))
    missing = [one for one in wanted if uuid.UUID(one) not in kept]
    if missing:
        raise _wrong("must", f"The person has no memory {', '.join(missing[:5])}.")


def _refuse_unless_repeatable(trace: RecallTrace) -> None:
    if trace.subject_id is None:
        raise _wrong("trace", "This recall was about nobody who is known; take one of a person.")
    if trace.asked.get("as_of"):
        raise _wrong("trace", "This recall asked about the past; take one that asked about now.")
    if not str(trace.asked.get("query") or "").strip():
        raise _wrong("trace", "This recall's question is no longer kept.")


def _given(trace: RecallTrace, strategy: str, now: datetime) -> list[str]:
    """What the recall gave and still holds, best first, as much as its strategy may give."""
    given = traced.given(trace.kind, trace.found, trace.composed)
    mine = ownership.of(Owner(trace.namespace_id, trace.subject_id, trace.agent_id))
    holding = Memory.objects.filter(mine, search.visible(now, past=False), pk__in=given)
    kept = {str(pk) for pk in holding.values_list("pk", flat=True)}
    most = strategies.current(strategy, namespace_id=trace.namespace_id).top_k
    most = min(most, rules.MAX_CONDITIONS)
    found = [one for one in given if one in kept][:most]
    if not found:
        raise _wrong("must", "It gave nothing that still holds: say what must come, or must not.")
    return found


def _wrong(field: str, message: str) -> InvalidInput:
    return InvalidInput(
        "The golden case cannot be used as it is.", fields=[FieldError(field, message)]
    )
