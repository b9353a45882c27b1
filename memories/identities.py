"""Link identities of one person, part them again; a memory follows the identity it came by."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from governance import access, subjects
from governance.audit import Action, Actor
from governance.models import SubjectIdentity
from governance.subjects import IdentityRef
from memories import (
    answers,
    changes,
    entries,
    golden,
    never_rules,
    reviews,
    screening,
    standing,
    traces,
    uses,
)
from memories.models import Episode, Memory, MemoryIndex
from memories.models.memory import MemoryState
from memories.rules import contradiction
from memories.rules.known import Neighbours


def resolve(ref: IdentityRef, *, namespace_id: uuid.UUID) -> list[SubjectIdentity]:
    """Every identity of the person known by this one, that one first. Raises NotFound."""
    with access.scope(namespace_id):
        known = subjects.known([ref], namespace_id=namespace_id)
        every = subjects.identities_of(known.subject_id, namespace_id=namespace_id)
    return [known, *(one for one in every if one.pk != known.pk)]


def link(
    ref: IdentityRef,
    *,
    to: IdentityRef,
    evidence: dict[str, Any],
    namespace_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> list[SubjectIdentity]:
    """Both identities lead to one subject from now on, and so does what came by them.

    An identity never seen before is created. Returns every identity of that subject. Where both
    brought a value for one slot, the newer is current and the older superseded; `unlink` undoes
    that. Secrets in the evidence are masked. Raises IdentityConflict, SubjectNotAccepting.
    """
    evidence = screening.clean_asked(evidence)
    with access.scope(namespace_id):
        meet = partial(subjects.find_or_create, namespace_id=namespace_id, actor=actor, now=now)
        target, identity = meet([to]), meet([ref])
        left = identity.subject_id
        moved = subjects.link(identity, to=target.subject, evidence=evidence, actor=actor, now=now)
        _settle_slots(moved, left=left, to=target.subject_id, actor=actor, now=now)
        _move(moved, left=left, to=target.subject_id)
        # Nobody leads to the former subject any more: erasure must find these by the new one.
        for store in (traces, answers, golden, never_rules, reviews):
            store.follow(namespace_id, left=left, to=target.subject_id)
        return subjects.identities_of(target.subject_id, namespace_id=namespace_id)


def unlink(
    ref: IdentityRef, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> SubjectIdentity:
    """The identity leads to a subject of its own again, with every memory that came by it.

    What one had superseded of the other comes back to whom it belongs. What they asked never to
    be remembered holds for both from now on: nobody can say who of them asked. Traces and golden
    cases stay with the subject that was left. Raises NotFound, IdentityConflict.
    """
    with access.scope(namespace_id):
        identity = subjects.known([ref], namespace_id=namespace_id)
        left = identity.subject_id
        subjects.unlink(identity, actor=actor, now=now)
        _move([identity], left=left, to=identity.subject_id)
        never_rules.share(namespace_id, of=left, to=identity.subject_id)
        for subject_id in (left, identity.subject_id):
            _take_back(subject_id, namespace_id, actor=actor, now=now)
        return identity


def _move(identities: Iterable[SubjectIdentity], *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What came by these identities follows them from the subject they left."""
    moving = list(identities)
    # By the subject they left, too: it has an index, identities have none.
    by_them = Q(
        namespace_id=moving[0].namespace_id,
        subject_id=left,
        identity_id__in=[identity.pk for identity in moving],
    )
    ids = list(Memory.objects.filter(by_them).values_list("pk", flat=True))
    MemoryIndex.objects.filter(namespace_id=moving[0].namespace_id, memory_id__in=ids).update(
        subject_id=to
    )
    Memory.objects.filter(by_them).update(subject_id=to)
    uses.follow(moving[0].namespace_id, ids, to=to)
    reviews.follow_memories(moving[0].namespace_id, ids, to=to)
    Episode.objects.filter(by_them).update(subject_id=to)


def _settle_slots(
    moved: Sequence[SubjectIdentity],
    *,
    left: uuid.UUID,
    to: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Close the older of two values before both lead to one subject: a slot holds one."""
    namespace_id = moved[0].namespace_id
    coming = _current(namespace_id, left, identity_id__in=[one.pk for one in moved])
    standing = _current(namespace_id, to)
    for slot in coming.keys() & standing.keys():
        older, newer = sorted(
            (coming[slot], standing[slot]), key=lambda one: (one.valid_from, one.pk)
        )
        if _gives_way(newer, to=older, subject_ids=(left, to)):
            older, newer = newer, older
        _close(older, by=newer, actor=actor, now=now)


def _gives_way(newer: Memory, *, to: Memory, subject_ids: Sequence[uuid.UUID]) -> bool:
    """Whether the older value stays: the newer is trusted less, or a person corrected it away."""
    corrected = Memory.objects.select_related("type").filter(
        namespace_id=newer.namespace_id,
        subject_id__in=subject_ids,
        slot=newer.slot,
        closed_because=standing.CORRECTED,
    )
    among = Neighbours(corrected=[standing.known(one) for one in corrected])
    candidate = standing.proposed(newer)
    trusted = contradiction.may_close(candidate, standing.known(to))
    return not trusted or bool(contradiction.barred(candidate, among))


def _current(
    namespace_id: uuid.UUID, subject_id: uuid.UUID, **further: Any
) -> dict[tuple[uuid.UUID, str], Memory]:
    rows = Memory.objects.select_related("type").filter(
        namespace_id=namespace_id, subject_id=subject_id, state=MemoryState.ACTIVE, **further
    )
    rows = rows.exclude(slot="")
    return {(memory.type_id, memory.slot): memory for memory in rows}


def _close(older: Memory, *, by: Memory, actor: Actor, now: datetime) -> None:
    fields = changes.closed(older, by=by, because="linked")
    entries.change(
        older, fields, action=Action.MEMORY_SUPERSEDED, actor=actor, now=now, reason="linked"
    )


def _take_back(
    subject_id: uuid.UUID, namespace_id: uuid.UUID, *, actor: Actor, now: datetime
) -> None:
    """Memories that a memory of somebody else had superseded stand again, unless one of their
    own subject's further along the chain superseded that in turn."""
    own = Memory.objects.filter(
        namespace_id=namespace_id, subject_id=subject_id, state=MemoryState.SUPERSEDED
    )
    for memory in own.exclude(superseded_by=None).order_by("-valid_from", "-pk"):
        successor = _successor(memory)
        if successor is None or successor.subject_id == subject_id:
            continue
        others = memory
        while successor is not None and successor.subject_id != subject_id:
            others, successor = successor, _successor(successor)
        if successor is None and others.superseded_by is not None:
            continue  # By one forgotten since, perhaps their own: nothing comes back.
        # Of several that come back to one slot, the newest came first.
        successor = successor or _current_in_slot_of(memory)
        fields = changes.restored()
        if successor is not None:
            because = memory.closed_because or "linked"
            fields = changes.closed(memory, by=successor, because=because)
        entries.change(
            memory, fields, action=Action.MEMORY_UPDATED, actor=actor, now=now, reason="unlinked"
        )


def _successor(memory: Memory) -> Memory | None:
    if memory.superseded_by is None:
        return None
    return Memory.objects.filter(namespace_id=memory.namespace_id, pk=memory.superseded_by).first()


def _current_in_slot_of(memory: Memory) -> Memory | None:
    if not memory.slot:
        return None
    return Memory.objects.filter(
        namespace_id=memory.namespace_id,
        subject=memory.subject,
        type_id=memory.type_id,
        slot=memory.slot,
        state=MemoryState.ACTIVE,
    ).first()
