"""Where a value that arrives late belongs in the history of its slot."""

from collections.abc import Sequence

from memories.models import Memory, ownership
from memories.models.memory import MemoryState
from memories.rules.owner import Owner


def around(memory: Memory, unwritten: Sequence[Memory]) -> tuple[Memory | None, Memory]:
    """The values that held just before and just after this one began to.

    `unwritten` are values of the same batch. Inside the scope, under the owner's lock; there is a
    later value, or this one would not be late.
    """
    owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
    history = list(
        Memory.objects.filter(
            ownership.of(owner),
            type_id=memory.type_id,
            slot=memory.slot,
            state__in=[MemoryState.ACTIVE, MemoryState.SUPERSEDED],
        )
    )
    history += [
        one for one in unwritten if (one.type_id, one.slot) == (memory.type_id, memory.slot)
    ]
    history.sort(key=lambda one: (one.valid_from, one.pk))
    earlier = [one for one in history if one.valid_from <= memory.valid_from]
    later = [one for one in history if one.valid_from > memory.valid_from]
    return earlier[-1] if earlier else None, later[0]
