"""The queue of what a person must look at; the only writer of ReviewItem."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from governance import audit
from governance.audit import SYSTEM, Action, Actor, Deed
from governance.models import rows
from memories.models import Memory, ReviewItem
from memories.models.review import ReviewState


@dataclass(frozen=True, slots=True)
class Question:
    """May this memory stand? `against`: the memory that it contradicts, would close or ends."""

    memory: Memory
    reason: str
    against: uuid.UUID | None = None


def open_(
    memory: Memory,
    *,
    reason: str,
    against: uuid.UUID | None = None,
    now: datetime,
    actor: Actor = SYSTEM,
) -> ReviewItem:
    """Ask a person about a memory; the question that stands already, if it was asked before.

    Inside the namespace's scope, under the owner's lock. `reason` is a code of at most 64
    characters, such as feedback_wrong.
    """
    (item,) = open_all([Question(memory, reason, against)], actor=actor, now=now)
    return item


def open_all(questions: Sequence[Question], *, actor: Actor, now: datetime) -> list[ReviewItem]:
    """Ask several at once; one item for each question, in order."""
    if not questions:
        return []
    namespace_id = questions[0].memory.namespace_id
    asked = _open(namespace_id, [one.memory.pk for one in questions])
    standing = {(item.memory_id, item.reason): item for item in asked}
    new: list[ReviewItem] = []
    for one in questions:
        key = (one.memory.pk, one.reason)
        if key not in standing:
            standing[key] = _item(one, now=now)
            new.append(standing[key])
    rows.insert_all(new)
    audit.record_all(
        [
            Deed(Action.REVIEW_OPENED, item, {"reason": item.reason, "memory": str(item.memory_id)})
            for item in new
        ],
        namespace_id=namespace_id,
        actor=actor,
        now=now,
    )
    return [standing[one.memory.pk, one.reason] for one in questions]


def find(review_id: uuid.UUID, *, namespace_id: uuid.UUID) -> ReviewItem | None:
    """One item, not locked. Inside the namespace's scope."""
    return ReviewItem.objects.filter(namespace_id=namespace_id, pk=review_id).first()


def locked(review_id: uuid.UUID, *, namespace_id: uuid.UUID) -> ReviewItem | None:
    """One item under its lock; the owner is locked before. Inside the namespace's scope."""
    found = ReviewItem.objects.select_for_update()
    return found.filter(namespace_id=namespace_id, pk=review_id).first()


def close(items: Sequence[ReviewItem], state: ReviewState, *, actor: Actor, now: datetime) -> None:
    """Write down what was decided, by whom. Inside the scope, the owner locked by the caller."""
    if not items:
        return
    action = Action.REVIEW_ACCEPTED if state is ReviewState.ACCEPTED else Action.REVIEW_REJECTED
    namespace_id = items[0].namespace_id
    decided = {
        "state": state.value,
        "decided_at": now,
        "decided_by_kind": actor.kind.value,
        "decided_by": actor.id,
    }
    for item in items:
        for name, value in decided.items():
            setattr(item, name, value)
    ids = [item.pk for item in items]
    ReviewItem.objects.filter(namespace_id=namespace_id, pk__in=ids).update(**decided)
    audit.record_all(
        [
            Deed(action, item, {"reason": item.reason, "memory": str(item.memory_id)})
            for item in items
        ],
        namespace_id=namespace_id,
        actor=actor,
        now=now,
    )


def of_memory(memory_id: uuid.UUID, *, namespace_id: uuid.UUID) -> list[ReviewItem]:
    """The open items about a memory, oldest first. Inside the namespace's scope."""
    return list(_open(namespace_id, [memory_id]).order_by("opened_at", "pk"))


def waiting(
    *, namespace_id: uuid.UUID, state: str, reason: str, after: uuid.UUID | None, limit: int
) -> list[ReviewItem]:
    """A page of items, newest first; `state` and `reason` empty: whichever. Inside the scope."""
    wanted = Q(namespace_id=namespace_id)
    if state:
        wanted &= Q(state=state)
    if reason:
        wanted &= Q(reason=reason)
    if after is not None:
        wanted &= Q(pk__lt=after)
    found = ReviewItem.objects.select_related("subject").filter(wanted)
    return list(found.order_by("-pk")[:limit])


def drop_open(memory_ids: Sequence[uuid.UUID], *, namespace_id: uuid.UUID) -> None:
    """Take back the questions about memories that are forgotten. What was decided stays, without
    content, as proof. Inside the namespace's scope."""
    _open(namespace_id, memory_ids).delete()


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What was asked about a subject is of the one that its identities lead to now."""
    ReviewItem.objects.filter(namespace_id=namespace_id, subject_id=left).update(subject_id=to)


def follow_memories(
    namespace_id: uuid.UUID, memory_ids: Sequence[uuid.UUID], *, to: uuid.UUID
) -> None:
    """Items about memories that moved to another subject are that subject's."""
    found = ReviewItem.objects.filter(namespace_id=namespace_id, memory_id__in=memory_ids)
    found.update(subject_id=to)


def _open(namespace_id: uuid.UUID, memory_ids: Sequence[uuid.UUID]) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(
        namespace_id=namespace_id, memory_id__in=memory_ids, state=ReviewState.OPEN
    )


def _item(one: Question, *, now: datetime) -> ReviewItem:
    return ReviewItem(
        namespace_id=one.memory.namespace_id,
        subject_id=one.memory.subject_id,
        memory_id=one.memory.pk,
        reason=one.reason,
        against=one.against,
        opened_at=now,
    )
