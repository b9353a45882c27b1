"""Read what a context is made of, besides what is recalled: types, pinned memories, last turns."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from memories import search
from memories.models import Episode, Memory, ownership
from memories.questions import Ask
from memories.rules import statements
from memories.rules.composition import Turn
from memories.rules.owner import Owner

# The newest of each owner; more would not fit into most budgets.
MOST_PINNED = 200
# The slots under which a person's name is kept, the one they like to be called by first.
NAME_SLOTS = ("preferred_name", "name")
# Where the four seeded types stand in a block; the pinned ones before the others.
_KNOWN = ("profile", "preference", "interaction", "task_state")
_COLUMNS = (
    "id", "type__name", "text", "slot", "data", "speaker", "trust", "sensitivity", "importance",
    "occurred_at", "valid_from",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A memory type as a context needs it."""

    id: uuid.UUID
    name: str
    description: str
    pinned: bool
    precedence: int


def kinds(*, namespace_id: uuid.UUID) -> list[Kind]:
    """Every type in the order of a block's sections; what is kept of a type that takes nothing new
    is still recalled. Inside the scope."""
    with connection.cursor() as cursor:  # each context asks this; the ORM would double its cost
        cursor.execute(
            "SELECT id, name, description, pinned, precedence FROM governance_memorytype"
            " WHERE namespace_id = %s",
            [namespace_id],
        )
        found = [Kind(*row) for row in cursor.fetchall()]
    return sorted(found, key=_place)


def pinned(owner: Owner, of: Sequence[Kind], *, ask: Ask, now: datetime) -> list[Mapping[str, Any]]:
    """Current memories of these types, the weightiest first, then the newest; MOST_PINNED at most.

    Agent and app narrow them as they narrow a recall; they are not searched for and do not fade.
    Inside the scope.
    """
    found = list(pinnable(owner, of, ask=ask, now=now).values(*_COLUMNS))
    order = {kind.name: number for number, kind in enumerate(of)}
    return sorted(found, key=lambda row: (order[row["type__name"]], -row["importance"]))


def pinnable(owner: Owner, of: Sequence[Kind], *, ask: Ask, now: datetime) -> QuerySet[Memory]:
    """The same, not read yet."""
    holds = search.visible(ask.as_of or now, past=ask.as_of is not None)
    if ask.agent_id and owner.subject_id is not None:
        holds &= Q(agent_id=ask.agent_id)
    if ask.app_id:
        holds &= Q(app_id=ask.app_id)
    rows = Memory.objects.filter(ownership.of(owner), holds, type_id__in=[kind.id for kind in of])
    return rows.order_by("-pk")[:MOST_PINNED]


def person_in(rows: Sequence[Mapping[str, Any]]) -> str:
    """What the person is called, as far as these memories tell; "" if they do not."""
    named = {row["slot"]: row["data"].get("value") for row in reversed(rows) if row["slot"]}
    called = (named.get(slot) for slot in NAME_SLOTS)
    return next((name for name in called if isinstance(name, str) and name), "")


def last_turns(owner: Owner, run_id: str, *, count: int) -> list[Turn]:
    """The last turns of one run, oldest first, as far as its messages are still kept.

    Inside the scope.
    """
    rows = Episode.objects.filter(ownership.of(owner), run_id=run_id).exclude(messages=[])
    newest = rows.order_by("-received_at", "-pk")[:count]  # each has a turn at least
    said = [
        _turn(message, episode_id)
        for episode_id, messages in reversed(list(newest.values_list("pk", "messages")))
        for message in messages
        if message["content"].strip()
    ]
    return said[-count:]


def _turn(message: Mapping[str, Any], episode_id: uuid.UUID) -> Turn:
    written = message.get("time")
    date = statements.spoken_date(datetime.fromisoformat(written)) if written else ""
    return Turn(
        message["role"], message["content"], message.get("name") or "", date, str(episode_id)
    )


def _place(kind: Kind) -> tuple[bool, int, int, str]:
    known = _KNOWN.index(kind.name) if kind.name in _KNOWN else len(_KNOWN)
    return not kind.pinned, known, -kind.precedence, kind.name
