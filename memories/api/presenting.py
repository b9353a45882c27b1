"""What bots get: the JSON of memories, episodes, traces, versions."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from memories.entries import Outcome
from memories.retrieval import Recall
from memories.rules.strategies import Strategy

if TYPE_CHECKING:  # shapes only: a door reads no tables
    from governance.models import MemoryType, SubjectIdentity
    from memories.models import Episode, Memory, MemoryVersion, RecallTrace


def recalled(row: Mapping[str, Any]) -> dict[str, Any]:
    """A memory as an answer shows it, from the columns of its row."""
    return {
        "id": row["id"],
        "memory": row["text"],
        "type": row["type__name"],
        "slot": row["slot"] or None,
        "data": row["data"],
        "metadata": row["metadata"],
        "categories": row["categories"],
        "agent_id": row["agent_id"] or None,
        "app_id": row["app_id"] or None,
        "run_id": row["run_id"] or None,
        "speaker": row["speaker"] or None,
        "occurred_at": row["occurred_at"],
        "valid_from": row["valid_from"],
        "valid_until": row["valid_until"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def memory(one: "Memory") -> dict[str, Any]:
    """A memory as it is listed and read."""
    return {
        **recalled({**vars(one), "type__name": one.type.name}),
        "importance": one.importance,
        "confidence": one.confidence,
        "sensitivity": one.sensitivity,
        "state": one.state,
        "expires_at": one.expires_at,
        "superseded_by": one.superseded_by,
        "closed_because": one.closed_because or None,
        "episode_id": one.episode_id,
        "message_index": one.message_index,
        "version": one.version,
    }


def outcome(one: Outcome) -> dict[str, Any]:
    """What became of a statement. Without its words: the caller has them, and this is kept."""
    kept = one.memory
    return {
        "id": str(kept.pk) if kept else None,
        "event": one.resolution.decision.value,
        "reason": one.resolution.reason,
        "type": kept.type.name if kept else None,
        "slot": (kept.slot or None) if kept else None,
        "supersedes": [str(pk) for pk in one.closed],
        "review_id": str(one.review_id) if one.review_id else None,
    }


def recall(found: Recall, *, explain: bool) -> dict[str, Any]:
    """An answer to a question; `explain` adds the parts of each score."""
    results = []
    for ranked in found.ranked:
        told = recalled(found.memories[ranked.hit.id]) | {"score": round(ranked.score, 4)}
        if explain:
            told["parts"] = {name: round(value, 4) for name, value in ranked.parts.items()}
        results.append(told)
    return {
        "results": results,
        "trace_id": str(found.trace_id),
        "strategy": {"name": found.strategy.name, "version": found.strategy.version},
        "degraded": list(found.degraded),
    }


def episode(one: "Episode", memories: Sequence[Any] = ()) -> dict[str, Any]:
    """Where an episode stands."""
    return {
        "id": str(one.pk),
        "status": one.state,
        "status_url": reverse("api:episode", args=[one.pk]),
        "subject_id": str(one.subject_id) if one.subject_id else None,
        "waiting_for": one.waiting_for or None,
        "attempts": one.attempts,
        "next_attempt_at": one.next_attempt_at,
        "extractor": one.extractor or None,
        "model": one.model or None,
        "prompt_version": one.prompt_version or None,
        "tokens": one.tokens,
        "yielded": one.yielded,
        "rejected": one.rejected,
        "memories": [str(pk) for pk in memories],
        "received_at": one.received_at,
        "done_at": one.done_at,
    }


def version(one: "MemoryVersion") -> dict[str, Any]:
    """One change of a memory."""
    return {
        "version": one.version,
        "change": one.change,
        "reason": one.reason or None,
        "actor": {"kind": one.actor_kind, "id": one.actor_id},
        "before": one.before,
        "after": one.after,
        "at": one.at,
    }


def trace(one: "RecallTrace") -> dict[str, Any]:
    """What a recall asked, found and left out."""
    return {
        "id": one.pk,
        "at": one.at,
        "subject_id": one.subject_id,
        "asked": one.asked,
        "strategy": one.strategy,
        "found": one.found,
        "left_out": one.left_out,
        "degraded": one.degraded,
        "embedding_model": one.embedding_model,
        "scanned": one.scanned,
        "timings": one.timings,
    }


def memory_type(one: "MemoryType") -> dict[str, Any]:
    """A type as it is defined."""
    return {
        "name": one.name,
        "description": one.description,
        "data_schema": one.data_schema,
        "slots": one.slots,
        "pinned": one.pinned,
        "precedence": one.precedence,
        "half_life_days": one.half_life_days,
        "sensitivity": one.sensitivity,
        "screening": one.screening,
        "active": one.active,
    }


def strategy(one: Strategy) -> dict[str, Any]:
    """A strategy with all its values, defaults filled in."""
    fields = [name for name in Strategy.__dataclass_fields__ if name not in ("name", "version")]
    return {
        "name": one.name,
        "version": one.version,
        "config": {name: getattr(one, name) for name in fields},
    }


def identities(every: Sequence["SubjectIdentity"]) -> dict[str, Any]:
    """A subject and what leads to it."""
    return {
        "subject_id": str(every[0].subject_id),
        "identities": [
            {
                "channel": one.channel,
                "id": one.external_id,
                "linked_at": one.linked_at.isoformat() if one.linked_at else None,
            }
            for one in every
        ],
    }
