"""The only writer of Memory: each change leaves its version and its audit event."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from governance import access, audit, subjects
from governance.audit import Action, Actor, Deed
from governance.errors import IdentityConflict
from governance.models import rows
from memories import past, standing, vectors, versions
from memories.drafts import Draft
from memories.models import Memory, MemoryIndex, MemoryUse, MemoryVersion, ReviewItem
from memories.models.memory import MemoryState
from memories.rules import resolution
from memories.rules.owner import Owner
from memories.rules.resolution import Decision, Resolution


@dataclass(frozen=True, slots=True)
class Keeper:
    """For whom and by whom memories are kept."""

    owner: Owner
    identity_id: uuid.UUID | None
    actor: Actor
    now: datetime
    model: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft: the memory that holds it now (None: nothing was kept)."""

    resolution: Resolution
    memory: Memory | None

    @property
    def closed(self) -> list[uuid.UUID]:
        """The memories that it superseded."""
        target = self.resolution.target
        return [target] if target and self.resolution.decision is Decision.SUPERSEDE else []


def apply(drafts: Sequence[Draft], keeper: Keeper) -> list[Outcome]:
    """Decide on each draft under the subject's lock and write what was decided.

    Inside the namespace's scope. Raises SubjectNotAccepting when the subject was restricted or
    its erasure began meanwhile, IdentityConflict when the identity was linked to another subject.
    """
    lock(keeper.owner)
    _refuse_if_moved(keeper)
    batch = _Batch(keeper, standing.before(drafts, owner=keeper.owner))
    outcomes = [batch.decide(draft) for draft in drafts]
    batch.write()
    return outcomes


def _refuse_if_moved(keeper: Keeper) -> None:
    # Read under the lock: what is written to a subject that the identity has left is lost to it.
    if keeper.identity_id is None:
        return
    owner = keeper.owner
    leads_to = subjects.leads_to(keeper.identity_id, namespace_id=owner.namespace_id)
    if leads_to != owner.subject_id:
        raise IdentityConflict("The identity was linked to another subject meanwhile. Ask again.")


def lock(owner: Owner) -> None:
    """Queue writers of one owner behind each other until the transaction ends."""
    if owner.subject_id is not None:
        access.lock_subject(owner.subject_id, namespace_id=owner.namespace_id)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"{owner.namespace_id}/{owner.agent_id}"],
        )


def change(
    memory: Memory,
    changes: dict[str, Any],
    *,
    action: Action,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Memory:
    """Set fields of one memory. Inside the namespace's scope, the row locked by the caller."""
    before = versions.recorded(memory)
    for name, value in changes.items():
        setattr(memory, name, value)
    memory.version += 1
    memory.updated_at = now
    memory.save(update_fields=[*changes, "version", "updated_at"])
    versions.version(
        memory, action.value, before=before, actor=actor, now=now, reason=reason
    ).save()
    audit.record(
        action,
        namespace_id=memory.namespace_id,
        actor=actor,
        target=memory,
        now=now,
        details={"version": memory.version, "reason": reason[:64]} if reason else None,
    )
    return memory


def forget(memories: Sequence[Memory], *, actor: Actor, now: datetime) -> None:
    """Delete these memories with their versions and index rows. Inside the namespace's scope.

    A predecessor keeps its state: forgetting the successor does not bring it back.
    """
    if not memories:
        return
    namespace_id = memories[0].namespace_id
    ids = [memory.pk for memory in memories]
    audit.record_all(
        [Deed(Action.MEMORY_FORGOTTEN, memory) for memory in memories],
        namespace_id=namespace_id,
        actor=actor,
        now=now,
    )
    for children in (ReviewItem, MemoryUse, MemoryIndex, MemoryVersion):
        children._default_manager.filter(namespace_id=namespace_id, memory_id__in=ids).delete()
    Memory.objects.filter(namespace_id=namespace_id, pk__in=ids).delete()


class _Batch:
    """Drafts of one owner, decided one after another and written together."""

    def __init__(self, keeper: Keeper, known: standing.Standing) -> None:
        self.keeper, self.known = keeper, known
        self.new: dict[uuid.UUID, tuple[Memory, Draft]] = {}
        self.deeds: list[Deed] = []

    def decide(self, draft: Draft) -> Outcome:
        current = self.known.in_slot(draft)
        found = resolution.resolve(draft.proposed(), in_slot=current, equal=self.known.equal(draft))
        match found.decision:
            case Decision.IGNORE:
                return Outcome(found, None)
            case Decision.REINFORCE:
                return Outcome(found, self._reinforce(draft, found))
            case _:
                return Outcome(found, self._add(draft, found))

    def write(self) -> None:
        made = list(self.new.values())
        rows.insert_all([memory for memory, _ in made])
        rows.insert_all([self._index(*one) for one in made])
        rows.insert_all(
            [
                versions.version(
                    memory, "ADD", before={}, actor=self.keeper.actor, now=self.keeper.now
                )
                for memory, _ in made
            ]
        )
        audit.record_all(
            self.deeds,
            namespace_id=self.keeper.owner.namespace_id,
            actor=self.keeper.actor,
            now=self.keeper.now,
        )

    def _add(self, draft: Draft, found: Resolution) -> Memory:
        memory = _row(draft, self.keeper)
        if found.decision is Decision.SUPERSEDE and found.target:
            self._close(found.target, by=memory)
        if found.decision is Decision.KEEP_AS_PAST and found.target:
            self._put_into_the_past(memory)
        else:
            self.known.add(draft, draft.known(memory.pk))
        self.new[memory.pk] = (memory, draft)
        self.deeds.append(Deed(Action.MEMORY_ADDED, memory, {"type": draft.type.name}))
        return memory

    def _put_into_the_past(self, memory: Memory) -> None:
        before, after = past.around(memory, [kept for kept, _ in self.new.values()])
        memory.state = MemoryState.SUPERSEDED
        memory.superseded_by, memory.valid_until = after.pk, after.valid_from
        if before is not None:
            self.known.memories[before.pk] = before
            self._close(before.pk, by=memory)

    def _close(self, target: uuid.UUID, *, by: Memory) -> None:
        # A value cannot end before it began: two that begin together leave an empty interval.
        changes = {
            "state": MemoryState.SUPERSEDED,
            "superseded_by": by.pk,
            "valid_until": by.valid_from,
        }
        self._set(target, changes, Action.MEMORY_SUPERSEDED, reason="newer_value_in_slot")

    def _reinforce(self, draft: Draft, found: Resolution) -> Memory | None:
        if found.target is None:
            return None
        memory = self._kept(found.target)
        ends = (memory.expires_at, draft.expires_at)
        changes: dict[str, Any] = {
            "last_confirmed_at": self.keeper.now,
            # Each confirmation halves the doubt that is left.
            "confidence": 1 - (1 - memory.confidence) / 2,
            # What the person confirms, the assistant can no longer replace.
            "trust": max(memory.trust, draft.trust),
            # What is said again holds again: what had expired must not hide it.
            "expires_at": max(filter(None, ends)) if all(ends) else None,
        }
        self.known.trusted(found.target, changes["trust"])
        self._set(found.target, changes, Action.MEMORY_REINFORCED, reason=found.reason)
        return self._kept(found.target)

    def _set(
        self, target: uuid.UUID, changes: dict[str, Any], action: Action, *, reason: str
    ) -> None:
        memory = self._kept(target)
        if target in self.new:  # not written yet
            for name, value in changes.items():
                setattr(memory, name, value)
            self.deeds.append(Deed(action, memory))
            return
        keeper = self.keeper
        change(memory, changes, action=action, actor=keeper.actor, now=keeper.now, reason=reason)

    def _kept(self, target: uuid.UUID) -> Memory:
        return self.new[target][0] if target in self.new else self.known.memories[target]

    def _index(self, memory: Memory, draft: Draft) -> MemoryIndex:
        return MemoryIndex(
            namespace_id=memory.namespace_id,
            memory=memory,
            subject_id=memory.subject_id,
            agent_id="" if memory.subject_id else memory.agent_id,
            model=self.keeper.model,
            vector=None if draft.vector is None else vectors.written(draft.vector),
            terms=draft.terms,
        )


def _row(draft: Draft, keeper: Keeper) -> Memory:
    owner, place = keeper.owner, draft.place
    return Memory(
        namespace_id=owner.namespace_id,
        subject_id=owner.subject_id,
        identity_id=keeper.identity_id,
        agent_id=place.agent_id or owner.agent_id,
        app_id=place.app_id,
        run_id=place.run_id,
        type=draft.type,
        text=draft.text,
        text_digest=draft.digest,
        data=dict(draft.data),
        slot=draft.slot,
        metadata=dict(draft.metadata),
        categories=list(draft.categories),
        importance=draft.importance,
        confidence=draft.confidence,
        trust=draft.trust,
        sensitivity=draft.sensitivity,
        speaker=draft.speaker,
        occurred_at=draft.occurred_at,
        valid_from=draft.valid_from,
        expires_at=draft.expires_at,
        episode_id=place.episode_id,
        message_index=place.message_index,
        created_at=keeper.now,
        updated_at=keeper.now,
    )
