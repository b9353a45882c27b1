"""The only writer of AuditEvent: what was done, never what was said.

Each verb records in its own transaction: no deed without its event, no event without its deed.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Model

from governance.models import AuditEvent, rows
from governance.request_context import current_request_id


class ActorKind(StrEnum):
    """The four who can act."""

    BOT = "bot"
    STAFF = "staff"
    SUBJECT = "subject"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: a bot's key, a member of staff, the subject, the system. An id, never a name."""

    kind: ActorKind
    id: str = ""


SYSTEM = Actor(ActorKind.SYSTEM)


class Action(StrEnum):
    """Every deed that is recorded."""

    NAMESPACE_CREATED = "namespace.created"
    KEY_ISSUED = "key.issued"
    KEY_REVOKED = "key.revoked"
    TYPE_DEFINED = "type.defined"
    TYPE_CHANGED = "type.changed"
    STRATEGY_CHANGED = "strategy.changed"
    SUBJECT_CREATED = "subject.created"
    IDENTITY_LINKED = "identity.linked"
    IDENTITY_UNLINKED = "identity.unlinked"
    EPISODE_RECEIVED = "episode.received"
    EPISODE_EXTRACTED = "episode.extracted"
    EPISODE_FAILED = "episode.failed"
    EPISODE_CLEARED = "episode.cleared"
    MEMORY_ADDED = "memory.added"
    MEMORY_REINFORCED = "memory.reinforced"
    MEMORY_UPDATED = "memory.updated"
    MEMORY_SUPERSEDED = "memory.superseded"
    MEMORY_CORRECTED = "memory.corrected"
    MEMORY_RETRACTED = "memory.retracted"
    MEMORY_QUARANTINED = "memory.quarantined"
    MEMORY_RESTORED = "memory.restored"
    MEMORY_ARCHIVED = "memory.archived"
    MEMORY_FORGOTTEN = "memory.forgotten"
    MEMORY_VIEWED = "memory.viewed"
    RECALLED = "recall.made"
    REPLAYED = "recall.replayed"
    OUTCOME_RECORDED = "recall.outcome"
    FEEDBACK_RECORDED = "recall.feedback"
    REVIEW_OPENED = "review.opened"
    REVIEW_ACCEPTED = "review.accepted"
    REVIEW_REJECTED = "review.rejected"
    EPISODE_RETRIED = "episode.retried"
    CONTENT_REFUSED = "content.refused"
    NEVER_RULE_ADDED = "never_rule.added"
    NEVER_RULE_REMOVED = "never_rule.removed"
    GOLDEN_CASE_ADDED = "golden_case.added"
    GOLDEN_CASE_CHANGED = "golden_case.changed"
    GOLDEN_CASE_REMOVED = "golden_case.removed"
    QUALITY_MEASURED = "quality.measured"
    REEMBEDDED = "namespace.reembedded"


@dataclass(frozen=True, slots=True)
class Deed:
    """One event to be, when several are recorded at once."""

    action: Action
    target: Model
    details: Mapping[str, Any] | None = None


def record(
    action: Action,
    *,
    namespace_id: uuid.UUID,
    actor: Actor,
    target: Model,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one event. `details` holds ids, codes and counts; no content."""
    record_all([Deed(action, target, details)], namespace_id=namespace_id, actor=actor, now=now)


def record_all(
    deeds: Iterable[Deed], *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> None:
    """Write many events in one statement."""
    rows.insert_all(
        [
            AuditEvent(
                namespace_id=namespace_id,
                at=now,
                actor_kind=actor.kind.value,
                actor_id=actor.id,
                action=deed.action.value,
                target_kind=deed.target._meta.model_name or "",
                target_id=str(deed.target.pk),
                request_id=current_request_id(),
                details=dict(deed.details or {}),
            )
            for deed in deeds
        ]
    )
