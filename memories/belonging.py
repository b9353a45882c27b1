"""Whose memories were whose at a moment: identities that were linked or parted since moved them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from governance.audit import Action
from governance.models import AuditEvent, SubjectIdentity
from memories.models import Memory, ownership
from memories.rules.owner import Owner

# (when, the subject that the identity led to from then on)
_Moves = list[tuple[datetime, uuid.UUID]]


def strangers(
    owner: Owner, *, at: datetime, seen: frozenset[uuid.UUID]
) -> dict[uuid.UUID, datetime]:
    """{memory: when it came} of what came to the owner by a link after the moment.

    `seen` are memories that the owner had at the moment: of several persons who are one now, they
    tell who is meant. Inside the namespace's scope.
    """
    if owner.subject_id is None:
        return {}
    brought: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    rows = Memory.objects.filter(ownership.of(owner), identity_id__isnull=False)
    for memory_id, identity_id in rows.values_list("pk", "identity_id"):
        brought[identity_id].add(memory_id)
    moves = _moves(brought, owner.namespace_id)
    if all(when <= at for of_one in moves.values() for when, _ in of_one):
        return {}
    homes = _homes(brought, owner.namespace_id)
    was_of = {pk: _led_to(moves.get(pk, []), homes[pk], at=at) for pk in brought}
    meant = {was_of[pk] for pk, ids in brought.items() if ids & seen}
    return {
        memory_id: max((when for when, _ in moves.get(pk, [])), default=at)
        for pk, ids in brought.items()
        if was_of[pk] not in meant
        for memory_id in ids
    }


def last_moved(memory: Memory) -> datetime | None:
    """When a memory's identity last came to another subject. Inside the namespace's scope."""
    if memory.identity_id is None:
        return None
    moves = _moves([memory.identity_id], memory.namespace_id)
    return max((when for when, _ in moves.get(memory.identity_id, [])), default=None)


def _moves(identities: Iterable[uuid.UUID], namespace_id: uuid.UUID) -> dict[uuid.UUID, _Moves]:
    events = AuditEvent.objects.filter(
        namespace_id=namespace_id,
        target_id__in=[str(pk) for pk in identities],
        action__in=[Action.IDENTITY_LINKED.value, Action.IDENTITY_UNLINKED.value],
    )
    found: dict[uuid.UUID, _Moves] = defaultdict(list)
    for target_id, at, details in events.order_by("at").values_list("target_id", "at", "details"):
        found[uuid.UUID(target_id)].append((at, uuid.UUID(details["subject"])))
    return found


def _homes(identities: Iterable[uuid.UUID], namespace_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    rows = SubjectIdentity.objects.filter(namespace_id=namespace_id, pk__in=list(identities))
    return dict(rows.values_list("pk", "home_subject_id"))


def _led_to(moves: _Moves, home: uuid.UUID, *, at: datetime) -> uuid.UUID:
    earlier = [subject_id for when, subject_id in moves if when <= at]
    return earlier[-1] if earlier else home
