"""The JSON of a replay."""

import uuid
from collections.abc import Mapping
from typing import Any

from memories.replay import Replay
from memories.rules.replay_reasons import Difference
from memories.rules.replays import Mismatch, Run, Seen


def replay(found: Replay, *, with_content: bool) -> dict[str, Any]:
    """One question, then and now; `with_content`: with what the memories say."""
    said_then = found.said_then if with_content else {}
    said_now = found.said_now if with_content else {}
    return {
        "trace_id": str(found.trace.pk),
        "subject_id": found.trace.subject_id,
        "asked": found.trace.asked,
        "at": found.trace.at,
        "replayed_at": found.at,
        "matches_trace": found.matches_trace,
        "mismatches": [_mismatch(one, found) for one in found.mismatches],
        "then": [_seen(one, said_then) for one in found.then.kept],
        "now": [_seen(one, said_now) for one in found.now.kept],
        "difference": [_difference(one, found) for one in found.differences],
        "changes": list(found.changes),
        "degraded": list(found.degraded),
    }


def _seen(one: Seen, said: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "memory": said.get(one.id),
        "type": one.type,
        "version": one.version,
        "score": one.score,
        "parts": dict(one.parts),
    }


def _difference(one: Difference, found: Replay) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "change": one.change,
        "reason": one.reason,
        "reasons": [
            {"code": reason.code, "at": reason.at, "by": reason.by} for reason in one.reasons
        ],
        "then": _place(one.id, found.recorded),
        "now": _place(one.id, found.now),
    }


def _place(memory_id: uuid.UUID, run: Run) -> dict[str, Any] | None:
    rank, seen = run.rank(memory_id), run.saw(memory_id)
    if rank is None or seen is None:
        return None
    return {"rank": rank, "score": seen.score, "version": seen.version}


def _mismatch(one: Mismatch, found: Replay) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "what": one.what,
        "recorded": one.recorded,
        "replayed": one.replayed,
        "reason": found.lost[one.id].says if one.id in found.lost else None,
    }
