"""Recall: find what is known, rank it, and say why."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance import access, audit
from governance.audit import Action
from memories import looking, questions, screening, search, traces
from memories.callers import Caller
from memories.looking import Look, Thinking
from memories.models import RecallTrace
from memories.questions import Ask
from memories.rules.ranking import Ranked
from memories.rules.strategies import Strategy


@dataclass(frozen=True, slots=True)
class Recall:
    """What is known that matters, best first, and the trace that explains it."""

    ranked: Sequence[Ranked]
    memories: Mapping[uuid.UUID, Mapping[str, Any]]
    trace_id: uuid.UUID
    strategy: Strategy
    degraded: Sequence[str]
    subject_id: uuid.UUID | None


def recall(ask: Ask, thinking: Thinking, *, caller: Caller) -> Recall:
    """Search, rank, leave a trace. Nobody known by the identity: an empty answer, with a trace.

    Raises InvalidInput for an unknown strategy, SubjectNotAccepting, IdentityAmbiguous.
    """
    namespace, now = caller.namespace, caller.now
    with access.scope(namespace.pk):
        seen = looking.look(ask, thinking, namespace=namespace, now=now)
        memories = search.shown([one.hit.id for one in seen.kept], namespace_id=namespace.pk)
        trace = drawn(ask, seen, thinking, caller=caller)
        keep(trace, caller=caller)
    subject_id = seen.owner.subject_id if seen.owner else None
    return Recall(seen.kept, memories, trace.pk, seen.strategy, thinking.degraded, subject_id)


def drawn(ask: Ask, seen: Look, thinking: Thinking, *, caller: Caller) -> RecallTrace:
    """The trace of a look, not yet kept."""
    found, left_out = seen.told()
    return RecallTrace(
        namespace=caller.namespace,
        subject_id=seen.owner.subject_id if seen.owner else None,
        key_id=caller.key_id,
        agent_id=ask.agent_id,
        asked=screening.clean_asked(
            questions.written(ask, seen.strategy, nobody=seen.owner is None)
        ),
        strategy={
            name: getattr(seen.strategy, name)
            for name in Strategy.__dataclass_fields__
            if name != "types"
        },
        found=found,
        left_out=left_out,
        degraded=thinking.degraded,
        embedding_model=thinking.model.name,
        scanned=thinking.scanned,
        timings=thinking.timings,
        at=caller.now,
    )


def keep(trace: RecallTrace, *, caller: Caller, **details: str) -> None:
    """Write a trace and its audit event. Inside the namespace's scope."""
    traces.write(trace)
    audit.record(
        Action.RECALLED,
        namespace_id=caller.namespace.pk,
        actor=caller.actor,
        target=trace,
        now=caller.now,
        details={"found": len(trace.found), **details},
    )
