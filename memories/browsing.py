"""Look memories up: one, a page of them, the history of one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from governance import access
from governance.errors import NotFound
from governance.subjects import IdentityRef
from memories import filtering, owners, past, search
from memories.models import Memory, MemoryVersion, ownership
from memories.models.memory import MemoryState
from memories.rules import cursors
from memories.rules.filters import Filter

MAX_VERSIONS = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Memories, newest first, and where the next page begins (None: this is the last)."""

    memories: Sequence[Memory]
    next_cursor: str | None
    subject_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Which memories of whom. `states` empty: those that hold now."""

    refs: tuple[IdentityRef, ...]
    agent_id: str = ""
    app_id: str = ""
    run_id: str = ""
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    filters: Filter | None = None
    limit: int = 50
    cursor: str = ""


def get(memory_id: uuid.UUID, *, namespace_id: uuid.UUID) -> Memory:
    """One memory with its type. Raises NotFound."""
    with access.scope(namespace_id):
        return _one(memory_id, namespace_id)


def history(memory_id: uuid.UUID, *, namespace_id: uuid.UUID) -> list[MemoryVersion]:
    """Every change of a memory, oldest first. Raises NotFound."""
    with access.scope(namespace_id):
        _one(memory_id, namespace_id)
        rows = MemoryVersion.objects.filter(namespace_id=namespace_id, memory_id=memory_id)
        return list(rows.order_by("version")[:MAX_VERSIONS])


def lineage(memory_id: uuid.UUID, *, namespace_id: uuid.UUID) -> list[Memory]:
    """A memory among those that held before and after it, oldest first. Raises NotFound."""
    with access.scope(namespace_id):
        return past.lineage(_one(memory_id, namespace_id))


def page(asked: Listing, *, namespace_id: uuid.UUID, now: datetime) -> Page:
    """A page of an owner's memories. Nobody known by the identity: an empty page.

    Raises InvalidInput for a cursor that is not ours.
    """
    after = cursors.after(asked.cursor)
    with access.scope(namespace_id):
        owner = owners.known(asked.refs, asked.agent_id, namespace_id=namespace_id)
        if owner is None:
            return Page([], None)
        rows = Memory.objects.select_related("type").filter(
            ownership.of(owner), _condition(asked, now)
        )
        if after is not None:
            rows = rows.filter(pk__lt=after)
        found = list(rows.order_by("-pk")[: asked.limit + 1])
    more = len(found) > asked.limit
    shown = found[: asked.limit]
    return Page(shown, cursors.write(shown[-1].pk) if more else None, owner.subject_id)


def _one(memory_id: uuid.UUID, namespace_id: uuid.UUID) -> Memory:
    found = (
        Memory.objects.select_related("type", "subject")
        .filter(namespace_id=namespace_id, pk=memory_id)
        .first()
    )
    if found is None:
        raise NotFound("There is no memory with this id here.")
    if found.subject is not None:
        access.refuse_if_closed(found.subject)
    return found


def _condition(asked: Listing, now: datetime) -> Q:
    current = asked.states in ((), (MemoryState.ACTIVE.value,))
    holds = search.visible(now, past=False) if current else Q(state__in=asked.states)
    if asked.types:
        holds &= Q(type__name__in=asked.types)
    exact: Mapping[str, str] = {"app_id": asked.app_id, "run_id": asked.run_id}
    if asked.refs:
        exact = {**exact, "agent_id": asked.agent_id}
    holds &= Q(**{name: value for name, value in exact.items() if value})
    if asked.filters is not None:
        holds &= filtering.condition(asked.filters)
    return holds
