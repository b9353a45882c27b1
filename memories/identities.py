"""Link identities of one person, part them again; a memory follows the identity it came by."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from governance import access, subjects
from governance.audit import Action, Actor
from governance.models import SubjectIdentity
from governance.subjects import IdentityRef
from memories import entries
from memories.models import Episode, Memory, MemoryIndex
from memories.models.memory import MemoryState


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
    that. Raises IdentityConflict, SubjectNotAccepting.
    """
    with access.scope(namespace_id):
        meet = partial(subjects.find_or_create, namespace_id=namespace_id, actor=actor, now=now)
        target, identity = meet([to]), meet([ref])
        moved = subjects.link(identity, to=target.subject, evidence=evidence, actor=actor, now=now)
        _settle_slots(moved, target.subject_id, actor=actor, now=now)
        _move(moved, target.subject_id, namespace_id)
        return subjects.identities_of(target.subject_id, namespace_id=namespace_id)


def unlink(
    ref: IdentityRef, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> SubjectIdentity:
    """The identity leads to a subject of its own again, with every memory that came by it.

    What one had superseded of the other comes back to whom it belongs. Raises NotFound,
    IdentityConflict.
    """
    with access.scope(namespace_id):
        identity = subjects.known([ref], namespace_id=namespace_id)
        left = identity.subject_id
        subjects.unlink(identity, actor=actor, now=now)
        _move([identity], identity.subject_id, namespace_id)
        for subject_id in (left, identity.subject_id):
            _take_back(subject_id, namespace_id, actor=actor, now=now)
        return identity


def _move(
    identities: Iterable[SubjectIdentity], subject_id: uuid.UUID, namespace_id: uuid.UUID
) -> None:
    came_by = [identity.pk for identity in identities]
    mine = Memory.objects.filter(namespace_id=namespace_id, identity_id__in=came_by)
    MemoryIndex.objects.filter(namespace_id=namespace_id, memory_id__in=mine.values("pk")).update(
        subject_id=subject_id
    )
    mine.update(subject_id=subject_id)
    Episode.objects.filter(namespace_id=namespace_id, identity_id__in=came_by).update(
        subject_id=subject_id
    )


def _settle_slots(
    moved: Sequence[SubjectIdentity], subject_id: uuid.UUID, *, actor: Actor, now: datetime
) -> None:
    """Close the older of two values before both lead to one subject: a slot holds one."""
    namespace_id = moved[0].namespace_id
    coming = _current(namespace_id, identity_id__in=[one.pk for one in moved])
    standing = _current(namespace_id, subject_id=subject_id)
    for slot in coming.keys() & standing.keys():
        pair = sorted((coming[slot], standing[slot]), key=lambda one: (one.valid_from, one.pk))
        _close(pair[0], by=pair[1], actor=actor, now=now)


def _current(namespace_id: uuid.UUID, **whose: Any) -> dict[tuple[uuid.UUID, str], Memory]:
    rows = Memory.objects.filter(
        namespace_id=namespace_id, state=MemoryState.ACTIVE, **whose
    ).exclude(slot="")
    return {(memory.type_id, memory.slot): memory for memory in rows}


def _close(older: Memory, *, by: Memory, actor: Actor, now: datetime) -> None:
    changes = {
        "state": MemoryState.SUPERSEDED,
        "superseded_by": by.pk,
        "valid_until": by.valid_from,
    }
    entries.change(
        older, changes, action=Action.MEMORY_SUPERSEDED, actor=actor, now=now, reason="linked"
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
        changes = {
            "state": MemoryState.SUPERSEDED if successor else MemoryState.ACTIVE,
            "superseded_by": successor and successor.pk,
            "valid_until": successor and max(successor.valid_from, memory.valid_from),
        }
        entries.change(
            memory, changes, action=Action.MEMORY_UPDATED, actor=actor, now=now, reason="unlinked"
        )


def _successor(memory: Memory) -> Memory | None:
    if memory.superseded_by is None:
        return None
    return Memory.objects.filter(namespace_id=memory.namespace_id, pk=memory.superseded_by).first()


def _current_in_slot_of(memory: Memory) -> Memory | None:
    return Memory.objects.filter(
        namespace_id=memory.namespace_id,
        subject=memory.subject,
        type_id=memory.type_id,
        slot=memory.slot,
        state=MemoryState.ACTIVE,
    ).first()
