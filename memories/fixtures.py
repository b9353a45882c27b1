"""The statements of golden cases, kept under subjects of their own.

They are remembered as a bot's would be, when a case is first asked and again when its fixture has
changed. A fixture does not age: it is asked as of the moment it was written, or decay would make
recall look worse by the month.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from governance import access, subjects
from governance.audit import Actor
from governance.errors import DomainError
from governance.models import Namespace
from governance.subjects import IdentityRef
from memories import entries, golden, remembering
from memories.drafts import Place
from memories.models import GoldenCase, Memory
from memories.models.memory import MemoryState
from memories.remembering import Verbatim
from memories.rules.owner import Owner

# Statements of one fixture were said one after another: the later of two values in a slot holds.
_BETWEEN = timedelta(seconds=1)
_MARK = "golden_fixture"


class FixtureRefused(DomainError):
    """A statement of the fixture may not be kept here: screening refuses or quarantines it."""

    code, http_status, title = "fixture_refused", 400, "The fixture may not be kept"


@dataclass(frozen=True, slots=True)
class Written:
    """By which identity a fixture is recalled, and when it was written."""

    ref: IdentityRef
    at: datetime


def ready(case: GoldenCase, *, namespace: Namespace, actor: Actor, now: datetime) -> Written:
    """Have the case's statements in the store; no transaction is open while a model embeds them.

    Raises InvalidInput for a statement that no longer fits its type, FixtureRefused,
    SubjectNotAccepting.
    """
    mark = _mark_of(case)
    with access.scope(namespace.pk):
        kept = _written(case, mark)
    if kept is not None:
        return kept
    prepared = remembering.prepare(
        _statements(case, mark, now), namespace=namespace, actor=actor, now=now
    )
    with access.scope(namespace.pk):
        # Under the case's lock: two runs at once must not both write, nor one after its removal.
        golden.get(case.pk, namespace_id=namespace.pk, lock=True)
        kept = _written(case, mark)
        if kept is not None:
            return kept
        forget(case, actor=actor, now=now)
        made = [one.memory for one in remembering.remember(prepared, actor=actor, now=now)]
        if any(one is None or one.state == MemoryState.QUARANTINED for one in made):
            raise FixtureRefused  # and nothing of it stays, nor a review of it
    return Written(_ref(case), now)


def forget(case: GoldenCase, *, actor: Actor, now: datetime) -> None:
    """Forget the case's statements, if they are kept. Inside the scope."""
    kept = _kept(case)
    if kept:
        entries.lock(Owner(case.namespace_id, kept[0].subject_id))
        entries.forget(kept, actor=actor, now=now)


def _ref(case: GoldenCase) -> IdentityRef:
    return IdentityRef(golden.CHANNEL, str(case.pk))


def _written(case: GoldenCase, mark: str) -> Written | None:
    """What is kept, if it is these statements."""
    kept = _kept(case)
    if not kept or any(memory.metadata.get(_MARK) != mark for memory in kept):
        return None
    return Written(_ref(case), max(memory.created_at for memory in kept))


def _kept(case: GoldenCase) -> list[Memory]:
    identity = subjects.find([_ref(case)], namespace_id=case.namespace_id)
    if identity is None:
        return []
    return list(
        Memory.objects.filter(namespace_id=case.namespace_id, subject_id=identity.subject_id)
    )


def _mark_of(case: GoldenCase) -> str:
    """A keyed digest of the statements: tells whether those that are kept are these."""
    return golden.digest(*case.fixture, purpose="fixtures")


def _statements(case: GoldenCase, mark: str, now: datetime) -> Sequence[Verbatim]:
    last = len(case.fixture) - 1
    return [
        Verbatim(
            refs=(_ref(case),),
            type=one["type"],
            text=one["text"],
            place=Place(),
            slot=one.get("slot", ""),
            data=one.get("data", {}),
            metadata={_MARK: mark},
            valid_from=now - (last - at) * _BETWEEN,
        )
        for at, one in enumerate(case.fixture)
    ]


def identity_of(subject_id: uuid.UUID, *, namespace_id: uuid.UUID) -> IdentityRef | None:
    """An identity that leads to a real subject; None when none does. Inside the scope."""
    known = subjects.identities_of(subject_id, namespace_id=namespace_id)
    return IdentityRef(known[0].channel, known[0].external_id) if known else None
