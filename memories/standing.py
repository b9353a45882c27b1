"""What is already known where a batch of drafts arrives."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q

from memories.drafts import Draft
from memories.models import Memory, ownership
from memories.models.memory import HELD_STATES, MemoryState
from memories.rules.known import Known, Neighbours, Proposed
from memories.rules.owner import Owner

# Why a person's correction closed a memory.
CORRECTED = "corrected"
_Slot = tuple[uuid.UUID, str]


@dataclass(slots=True)
class Standing:
    """Memories of one owner that share a slot or a text with the drafts, or that one names."""

    memories: dict[uuid.UUID, Memory] = field(default_factory=dict)
    last_known: dict[_Slot, datetime] = field(default_factory=dict)
    _by_slot: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    _by_text: dict[str, list[uuid.UUID]] = field(default_factory=dict)

    def neighbours(self, draft: Draft) -> Neighbours:
        """What a draft must be compared with, as it stands after the drafts before it."""
        in_slot = self._of(self._by_slot.get(draft.slot, ())) if draft.slot else []
        of_text = self._of(self._by_text.get(draft.digest, ()))
        alike = list({one.pk: one for one in (*in_slot, *of_text)}.values())
        own = [one for one in in_slot if one.type_id == draft.type.pk and _current(one)]
        named = self.memories.get(draft.about) if draft.about else None
        return Neighbours(
            in_slot=known(own[0]) if own else None,
            equal=_all(of_text, lambda one: _current(one) and _fits(one, draft)),
            about=known(named) if named and _current(named) else None,
            rivals=_all(in_slot, lambda one: _current(one) and one.type_id != draft.type.pk),
            corrected=_all(alike, lambda one: one.closed_because == CORRECTED),
            retracted=_all(alike, lambda one: one.retracted_at is not None),
            waiting=_all(alike, lambda one: _waits(one) and one.type_id == draft.type.pk),
            last_known=self.last_known.get((draft.type.pk, draft.slot)) if draft.slot else None,
        )

    def meet(self, memory: Memory) -> None:
        """Count a memory as known: the next of the batch meets it, whatever becomes of it."""
        if memory.pk in self.memories:
            return
        self.memories[memory.pk] = memory
        if memory.slot:
            self._by_slot.setdefault(memory.slot, []).append(memory.pk)
        self._by_text.setdefault(memory.text_digest, []).append(memory.pk)

    def kept(self, memory_id: uuid.UUID | None) -> Memory:
        """The memory that a decision names."""
        if memory_id is None:
            raise LookupError("the decision names no memory")
        return self.memories[memory_id]

    def emptied(self, memory: Memory) -> None:
        """Count the slot of a memory that was closed as having held it."""
        if memory.slot:
            key = memory.type_id, memory.slot
            since = self.last_known.get(key, memory.valid_from)
            self.last_known[key] = max(since, memory.valid_from)

    def _of(self, ids: Iterable[uuid.UUID]) -> list[Memory]:
        return [self.memories[pk] for pk in ids]


def before(drafts: Sequence[Draft], *, owner: Owner) -> Standing:
    """Read what the drafts must be compared with. Inside the scope, under the owner's lock."""
    found = Standing()
    if not drafts:
        return found
    # With the type: what was decided is told after the scope has closed.
    rows = Memory.objects.select_related("type").filter(ownership.of(owner))
    for condition in _conditions(drafts):
        for memory in rows.filter(condition).order_by("pk"):
            found.meet(memory)
    found.last_known |= _last_known(drafts, owner)
    return found


def known(memory: Memory) -> Known:
    """What resolution must know of a memory."""
    return Known(
        memory.pk,
        memory.text_digest,
        memory.slot,
        memory.trust,
        memory.valid_from,
        memory.occurred_at,
        memory.data,
        memory.metadata,
        memory.categories,
        text=memory.text,
        type_id=memory.type_id,
        precedence=memory.type.precedence,
        retracted_at=memory.retracted_at,
        confirmed_at=memory.last_confirmed_at,
        ended_at=memory.valid_until,
    )


def proposed(memory: Memory) -> Proposed:
    """A memory as if it were said now, to be compared with others."""
    return Proposed(
        memory.text_digest,
        memory.slot,
        memory.trust,
        memory.valid_from,
        memory.occurred_at,
        memory.data,
        text=memory.text,
        type_id=memory.type_id,
        precedence=memory.type.precedence,
    )


def _conditions(drafts: Sequence[Draft]) -> list[Q]:
    """One a query: each has an index of its own, which a union of them would not use."""
    speaks = Q(state__in=[MemoryState.ACTIVE, MemoryState.QUARANTINED])
    # What was ended before any of these were said bars none of them.
    ended = Q(retracted_at__gte=min(one.valid_from for one in drafts))
    matters = speaks | ended | Q(closed_because=CORRECTED)
    slots = {draft.slot for draft in drafts if draft.slot}
    abouts = {draft.about for draft in drafts if draft.about}
    found = [matters & Q(text_digest__in={draft.digest for draft in drafts})]
    if slots:
        found.append(matters & Q(slot__in=slots))
    if abouts:
        found.append(Q(pk__in=abouts, state=MemoryState.ACTIVE))
    return found


def _last_known(drafts: Sequence[Draft], owner: Owner) -> dict[_Slot, datetime]:
    slots = {draft.slot for draft in drafts if draft.slot}
    if not slots:
        return {}
    held = Memory.objects.filter(ownership.of(owner), slot__in=slots, state__in=HELD_STATES)
    grouped = (
        held.exclude(state=MemoryState.ACTIVE)
        .values_list("type_id", "slot")
        .annotate(Max("valid_from"))
    )
    return {(type_id, slot): since for type_id, slot, since in grouped}


def _all(memories: Iterable[Memory], holds: Callable[[Memory], bool]) -> list[Known]:
    return [known(one) for one in memories if holds(one)]


def _current(memory: Memory) -> bool:
    return memory.state == MemoryState.ACTIVE


def _waits(memory: Memory) -> bool:
    return memory.state == MemoryState.QUARANTINED


def _fits(memory: Memory, draft: Draft) -> bool:
    """Equal words of another type say something else, unless they are only to be ended."""
    return draft.retracts or (not memory.slot and memory.type_id == draft.type.pk)
