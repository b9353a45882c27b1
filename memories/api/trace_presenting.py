"""The JSON of traces and of what became of them."""

from typing import TYPE_CHECKING, Any

from memories.api import presenting
from memories.outcomes import Story

if TYPE_CHECKING:  # shapes only: a door reads no tables
    from memories.models import MemoryFeedback, TraceOutcome


def story(told: Story) -> dict[str, Any]:
    """A trace and what became of it."""
    return {
        **presenting.trace(told.trace),
        "kind": told.trace.kind,
        "composed": told.trace.composed,
        "outcome": told.outcome and {"answer": told.outcome.answer or None, **_of(told.outcome)},
        "feedback": [_verdict(one) for one in told.feedback],
    }


def outcome(told: Story) -> dict[str, Any]:
    """An outcome without its words: the caller has them, and this answer may be kept."""
    return {"trace_id": str(told.trace.pk), **(_of(told.outcome) if told.outcome else {})}


def feedback(told: Story) -> dict[str, Any]:
    """Every verdict on a trace."""
    return {
        "trace_id": str(told.trace.pk),
        "feedback": [_verdict(one) for one in told.feedback],
    }


def _of(one: "TraceOutcome") -> dict[str, Any]:
    return {
        "answer_id": one.answer_id or None,
        "used": one.used,
        "tokens": one.tokens,
        "latency_ms": one.latency_ms,
        "at": one.at,
    }


def _verdict(one: "MemoryFeedback") -> dict[str, Any]:
    return {"id": str(one.memory_id), "verdict": one.verdict, "at": one.at}
