"""Gather what must be known to read a conversation: what is remembered, what was said before."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from governance import access
from governance.models import MemoryType
from memories import search
from memories.models import Episode, Memory, RecallTrace, ownership
from memories.models.memory import MemoryState
from memories.providers.embeddings import EmbeddingModel, Vectors
from memories.rules import traced
from memories.rules.candidates import Turn
from memories.rules.owner import Owner
from memories.rules.readings import Guide, Neighbour
from memories.search import Question

# Memories that a model is shown: the nearest to what was said, and what slots hold.
NEAREST, IN_SLOTS = 20, 20
# Turns of a batch that are searched with, the last first: each is a pass over the owner's rows.
MOST_QUESTIONS = 8
_DENSE = 0.6
# What was said before in the same conversation, and how long a silence makes it another.
TURNS_BEFORE = 6
SAME_CONVERSATION = timedelta(hours=6)
# Recalls whose memories may come back as echoes.
LAST_RECALLS = 10
RECALLED_LATELY = timedelta(days=1)


def guides(types: dict[str, MemoryType]) -> dict[str, Guide]:
    """The types as an extractor is told of them."""
    return {
        name: Guide(name, kind.description, tuple(kind.slots), kind.data_schema)
        for name, kind in types.items()
    }


def turns(episode: Episode, *, start: int = 0) -> list[Turn]:
    """The episode's messages, numbered from `start`."""
    return [
        Turn(
            index=index,
            role=message["role"],
            content=message["content"],
            at=_time(message.get("time"), episode.received_at),
            name=message.get("name") or None,
        )
        for index, message in enumerate(episode.messages, start=start)
    ]


def before(first: Episode) -> list[Turn]:
    """The last turns of the same conversation that came in earlier episodes and are still held.

    Inside the namespace's scope.
    """
    earlier = Episode.objects.filter(
        Q(("subject_id", first.subject_id)),
        namespace_id=first.namespace_id,
        agent_id=first.agent_id,
        app_id=first.app_id,
        run_id=first.run_id,
        received_at__lte=first.received_at,
        received_at__gt=first.received_at - SAME_CONVERSATION,
        pk__lt=first.pk,
    ).exclude(messages=[])
    # Of each, one turn at least.
    rows = list(earlier.order_by("-received_at", "-pk")[:TURNS_BEFORE])
    said = [turn for episode in reversed(rows) for turn in turns(episode)]
    return [one for one in said if one.content and one.role in ("user", "assistant")][
        -TURNS_BEFORE:
    ]


def recalled_lately(owner: Owner, *, now: datetime) -> list[str]:
    """The texts of current memories that were lately given out. Inside the namespace's scope."""
    traces = RecallTrace.objects.filter(ownership.of(owner), at__gt=now - RECALLED_LATELY)
    ids: set[uuid.UUID] = set()
    for told in traces.order_by("-at").values_list("kind", "found", "composed")[:LAST_RECALLS]:
        ids |= {uuid.UUID(memory_id) for memory_id in traced.given(*told)}
    if not ids:
        return []
    current = Memory.objects.filter(ownership.of(owner), pk__in=ids, state=MemoryState.ACTIVE)
    return list(current.order_by("pk").values_list("text", flat=True))


def neighbours(
    said: Sequence[Turn], owner: Owner, *, model: EmbeddingModel, language: str, now: datetime
) -> list[Neighbour]:
    """Current memories near to what a person said, and what their slots hold.

    Outside any transaction: it embeds. Raises EmbeddingUnavailable.
    """
    with access.scope(owner.namespace_id):
        in_slots = _in_slots(owner, now=now)
        knows_any = in_slots or Memory.objects.filter(_current(owner, now)).exists()
    if not knows_any:
        return []
    asked = [turn.content for turn in said if turn.role == "user" and turn.content.strip()]
    questions = [
        search.question(text, vector=vector, model=model, language=language)
        for text, vector in _embedded(asked[-MOST_QUESTIONS:], model)
    ]
    with access.scope(owner.namespace_id):
        nearest = _nearest(questions, owner, now=now)
        wanted = list(dict.fromkeys([*nearest, *in_slots]))
        found = Memory.objects.select_related("type").filter(_current(owner, now), pk__in=wanted)
        by_id = {memory.pk: memory for memory in found}
    return [_neighbour(by_id[pk]) for pk in wanted if pk in by_id]


def _embedded(texts: Sequence[str], model: EmbeddingModel) -> list[tuple[str, Vectors]]:
    return list(zip(texts, model.embed(texts), strict=True)) if texts else []


def _current(owner: Owner, now: datetime) -> Q:
    return ownership.of(owner) & search.visible(now, past=False)


def _in_slots(owner: Owner, *, now: datetime) -> list[uuid.UUID]:
    """The values that changed last: an old one that nobody speaks of is found by search."""
    held = Memory.objects.filter(_current(owner, now)).exclude(slot="")
    return list(held.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:IN_SLOTS])


def _nearest(questions: Sequence[Question], owner: Owner, *, now: datetime) -> list[uuid.UUID]:
    best: dict[uuid.UUID, float] = {}
    condition = search.visible(now, past=False, prefix="memory__")
    for asked in questions:
        found = search.find(
            asked, owner=owner, condition=condition, dense_weight=_DENSE, limit=NEAREST
        )
        for row in found.rows:
            score = _DENSE * (row.cosine or 0.0) + (1 - _DENSE) * row.lexical
            best[row.memory_id] = max(score, best.get(row.memory_id, 0.0))
    return sorted(best, key=lambda pk: -best[pk])[:NEAREST]


def _neighbour(memory: Memory) -> Neighbour:
    return Neighbour(
        id=memory.pk,
        type=memory.type.name,
        text=memory.text,
        slot=memory.slot,
        value=memory.data.get("value"),
        since=memory.valid_from,
    )


def _time(written: str | None, otherwise: datetime) -> datetime:
    found = datetime.fromisoformat(written) if written else otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)
