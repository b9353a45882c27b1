"""What each field of the data plane's tables holds."""

from collections.abc import Iterable

from governance.personal_data import Category
from memories.models import (
    Episode,
    Memory,
    MemoryIndex,
    MemoryVersion,
    RecallStrategy,
    RecallTrace,
    StoredAnswer,
)


def _fields(**by_category: Iterable[str]) -> dict[str, Category]:
    return {
        field: Category(category) for category, fields in by_category.items() for field in fields
    }


FIELDS = {
    Episode: _fields(
        content=["messages", "metadata"],
        identifier=["subject", "identity", "agent_id", "app_id", "run_id"],
        technical=[
            "id", "namespace", "key_id", "state", "attempts", "interruptions", "lease_until",
            "next_attempt_at",
            "waiting_for", "extractor", "yielded", "received_at", "done_at",
        ],
    ),
    Memory: _fields(
        content=["text", "data", "metadata", "categories", "slot", "speaker"],
        derived=["text_digest"],
        identifier=["subject", "identity", "agent_id", "app_id", "run_id"],
        technical=[
            "id", "namespace", "type", "importance", "confidence", "trust", "sensitivity", "state",
            "occurred_at", "valid_from", "valid_until", "expires_at", "last_confirmed_at",
            "superseded_by", "episode", "message_index", "version", "created_at", "updated_at",
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
            "timings", "at",
        ],
    ),
    StoredAnswer: _fields(
        content=["body"],
        derived=["request_digest"],
        identifier=["subject"],
        technical=["id", "namespace", "api_key_id", "idempotency_key", "status", "at"],
    ),
}  # fmt: skip
