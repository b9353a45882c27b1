"""The recorded changes of memories, as rules read them."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from memories.models import MemoryVersion
from memories.rules.past_states import Change


def of(ids: Iterable[uuid.UUID], namespace_id: uuid.UUID) -> dict[uuid.UUID, list[Change]]:
    """Every change of each memory, in any order. Inside the namespace's scope."""
    found: dict[uuid.UUID, list[Change]] = defaultdict(list)
    for row in MemoryVersion.objects.filter(namespace_id=namespace_id, memory_id__in=list(ids)):
        change = Change(row.version, row.change, row.at, row.before, row.after)
        found[row.memory_id].append(change)
    return found
