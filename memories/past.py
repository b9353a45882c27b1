"""What held before and after a memory."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from memories.models import Memory, ownership
from memories.models.memory import HELD_STATES
from memories.rules.owner import Owner

# A longer history is told from its newest end.
LONGEST_LINEAGE = 100


def lineage(memory: Memory) -> list[Memory]:
    """What its slot held once and holds; without a slot, what it took the place of and what took
    its place. Oldest first, itself among them. Inside the namespace's scope."""
    owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
    rows = Memory.objects.select_related("type").filter(ownership.of(owner))
    if memory.slot:
        held = rows.filter(type_id=memory.type_id, slot=memory.slot, state__in=HELD_STATES)
        found = {one.pk: one for one in held.order_by("-valid_from", "-pk")[:LONGEST_LINEAGE]}
    else:
        found = _chain(memory, rows)
    return sorted({memory.pk: memory, **found}.values(), key=lambda one: (one.valid_from, one.pk))


def _chain(memory: Memory, rows: QuerySet[Memory]) -> dict[uuid.UUID, Memory]:
    found, newest = {memory.pk: memory}, [memory]
    while newest and len(found) < LONGEST_LINEAGE:
        ids = [one.pk for one in newest]
        after = [one.superseded_by for one in newest if one.superseded_by]
        linked = Q(superseded_by__in=ids) | Q(pk__in=after)
        newest = list(rows.filter(linked).exclude(pk__in=list(found))[:LONGEST_LINEAGE])
        found |= {one.pk: one for one in newest}
    return found


def around(memory: Memory, unwritten: Sequence[Memory]) -> tuple[Memory | None, Memory | None]:
    """The values that held just before and just after this one began to.

    `unwritten` are values of the same batch. Inside the scope, under the owner's lock.
    """
    owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
    kept = Memory.objects.select_related("type").filter(
        ownership.of(owner), type_id=memory.type_id, slot=memory.slot, state__in=HELD_STATES
    )
    history = list(kept)
    history += [
        one
        for one in unwritten
        if (one.type_id, one.slot) == (memory.type_id, memory.slot) and one.state in HELD_STATES
    ]
    history = [one for one in history if one.pk != memory.pk]
    history.sort(key=lambda one: (one.valid_from, one.pk))
    earlier = [one for one in history if one.valid_from <= memory.valid_from]
    later = [one for one in history if one.valid_from > memory.valid_from]
    return earlier[-1] if earlier else None, later[0] if later else None
