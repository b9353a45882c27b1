"""What each field of the data plane's tables holds."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from governance.personal_data import Category
from memories.models import (
    DailyCount,
    Episode,
    GoldenCase,
    Memory,
    MemoryFeedback,
    MemoryIndex,
    MemoryUse,
    MemoryVersion,
    NeverRemember,
    QualityRun,
    RecallStrategy,
    RecallTrace,
    ReviewItem,
    StoredAnswer,
    TraceOutcome,
)


def _fields(**by_category: Iterable[str]) -> dict[str, Category]:
    return {
        field: Category(category) for category, fields in by_category.items() for field in fields
    }


FIELDS: Mapping[type[Model], Mapping[str, Category]] = {
    DailyCount: _fields(technical=["id", "namespace", "day", "name", "value"]),
    GoldenCase: _fields(
        content=["name", "fixture", "query", "must", "must_not"],
        identifier=["subject"],
        configuration=["strategy", "active"],
        technical=["id", "namespace", "trace_id", "created_by_kind", "created_by", "created_at"],
    ),
    MemoryFeedback: _fields(
        identifier=["subject"],
        technical=["id", "namespace", "trace", "memory_id", "verdict", "key_id", "at"],
    ),
    MemoryUse: _fields(
        identifier=["subject"],
        technical=[
            "id", "namespace", "memory", "recalled", "used", "helpful", "irrelevant", "wrong",
            "harmful", "last_recalled_at", "last_used_at",
        ],
    ),
    NeverRemember: _fields(
        content=["value"],
        identifier=["subject"],
        technical=[
            "id", "namespace", "kind", "hits", "last_hit_at", "created_by_kind", "created_by",
            "created_at",
        ],
    ),
    QualityRun: _fields(
        technical=[
            "id", "namespace", "at", "cases", "passed", "score", "fell", "results", "counters",
        ],
    ),
    ReviewItem: _fields(
        identifier=["subject"],
        technical=[
            "id", "namespace", "memory_id", "reason", "against", "state", "opened_at", "decided_at",
            "decided_by_kind", "decided_by",
        ],
    ),
    TraceOutcome: _fields(
        content=["answer", "answer_id"],
        identifier=["subject"],
        technical=["id", "namespace", "trace", "used", "tokens", "latency_ms", "key_id", "at"],
    ),
    Episode: _fields(
        content=["messages", "metadata"],
        identifier=["subject", "identity", "agent_id", "app_id", "run_id"],
        technical=[
            "id", "namespace", "key_id", "state", "attempts", "interruptions", "lease_until",
            "next_attempt_at",
            "waiting_for", "extractor", "yielded", "rejected", "model", "prompt_version", "tokens",
            "received_at", "done_at",
        ],
    ),
    Memory: _fields(
        content=["text", "data", "metadata", "categories", "slot", "speaker"],
        derived=["text_digest"],
        identifier=["subject", "identity", "agent_id", "app_id", "run_id"],
        technical=[
            "id", "namespace", "type", "importance", "confidence", "trust", "sensitivity", "state",
            "occurred_at", "valid_from", "valid_until", "expires_at", "last_confirmed_at",
            "superseded_by", "closed_because", "retracted_at", "made_by", "episode",
            "message_index", "version", "created_at", "updated_at",
        ],
    ),
    MemoryIndex: _fields(
        derived=["vector", "terms"],
        identifier=["subject", "agent_id"],
        technical=["id", "namespace", "memory", "model"],
    ),
    MemoryVersion: _fields(
        content=["before", "after", "reason"],
        technical=[
            "id", "namespace", "memory", "version", "change", "actor_kind", "actor_id", "at",
        ],
    ),
    RecallStrategy: _fields(
        configuration=["name", "version", "config"],
        technical=["id", "namespace", "created_at"],
    ),
    RecallTrace: _fields(
        content=["asked"],
        derived=["found", "left_out"],
        identifier=["subject", "agent_id"],
        technical=[
            "id", "namespace", "key_id", "strategy", "degraded", "embedding_model", "scanned",
            "kind", "composed", "counted", "timings", "at",
        ],
    ),
    StoredAnswer: _fields(
        content=["body"],
        derived=["request_digest"],
        identifier=["subject"],
        technical=["id", "namespace", "api_key_id", "idempotency_key", "status", "at"],
    ),
}  # fmt: skip
