"""What is already known where a batch of drafts arrives."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from memories.drafts import Draft
from memories.models import Memory, ownership
from memories.models.memory import MemoryState
from memories.rules.owner import Owner
from memories.rules.resolution import Known

_Slot = tuple[uuid.UUID, str]


@dataclass(slots=True)
class Standing:
    """Current memories of one owner that share a slot or a text with the drafts."""

    memories: dict[uuid.UUID, Memory] = field(default_factory=dict)
    _slots: dict[_Slot, Known] = field(default_factory=dict)
    _texts: dict[_Slot, list[Known]] = field(default_factory=dict)

    def in_slot(self, draft: Draft) -> Known | None:
        """The current memory in the draft's slot."""
        return self._slots.get((draft.type.pk, draft.slot)) if draft.slot else None

    def equal(self, draft: Draft) -> Sequence[Known]:
        """Current memories of the draft's type with its text."""
        return self._texts.get((draft.type.pk, draft.digest), ())

    def add(self, draft: Draft, known: Known) -> None:
        """Count a draft that was just decided as known: the next of the batch meets it."""
        if draft.slot:
            self._slots[draft.type.pk, draft.slot] = known
        else:
            self._texts.setdefault((draft.type.pk, known.digest), []).append(known)

    def trusted(self, memory_id: uuid.UUID, trust: int) -> None:
        """Count a memory as trusted this far: the next of the batch meets it so."""
        for slot, known in self._slots.items():
            if known.id == memory_id:
                self._slots[slot] = replace(known, trust=trust)


def before(drafts: Sequence[Draft], *, owner: Owner) -> Standing:
    """Read what the drafts must be compared with. Inside the scope, under the owner's lock."""
    found = Standing()
    slots = Q()
    for type_id, slot in {(draft.type.pk, draft.slot) for draft in drafts if draft.slot}:
        slots |= Q(type_id=type_id, slot=slot)
    digests = {draft.digest for draft in drafts if not draft.slot}
    wanted = [slots] if slots else []
    if digests:
        wanted.append(Q(slot="", text_digest__in=digests))
    for condition in wanted:
        # With the type: what was decided is told after the scope has closed.
        rows = Memory.objects.select_related("type").filter(_current(owner), condition)
        _take(found, rows.order_by("pk"))
    return found


def _current(owner: Owner) -> Q:
    return Q(ownership.of(owner), state=MemoryState.ACTIVE)


def _take(found: Standing, memories: Iterable[Memory]) -> None:
    for memory in memories:
        known = Known(
            memory.pk,
            memory.text_digest,
            memory.slot,
            memory.trust,
            memory.valid_from,
            memory.occurred_at,
            memory.data,
        )
        found.memories[memory.pk] = memory
        if memory.slot:
            found._slots[memory.type_id, memory.slot] = known
        else:
            found._texts.setdefault((memory.type_id, memory.text_digest), []).append(known)
