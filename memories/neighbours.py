"""The turns said just before a statement, in the same run."""

from django.db.models import QuerySet

from memories.models import Memory, ownership
from memories.models.memory import MemoryState
from memories.rules import statements
from memories.rules.owner import Owner


def last_said(owner: Owner, run_id: str) -> list[str]:
    """The last turns kept of this owner and run, oldest first. Inside the namespace's scope."""
    if not run_id:
        return []
    return _latest(_turns(owner, run_id))


def said_before(memory: Memory, owner: Owner) -> list[str]:
    """The turns kept just before this memory in its run. Inside the namespace's scope."""
    if not memory.run_id or memory.episode_id:
        return []
    return _latest(_turns(owner, memory.run_id).filter(pk__lt=memory.pk))


def _turns(owner: Owner, run_id: str) -> QuerySet[Memory]:
    # What was extracted is no turn: its context was the conversation, which is not kept.
    turns = Memory.objects.filter(ownership.of(owner), run_id=run_id, slot="", episode__isnull=True)
    return turns.exclude(state=MemoryState.QUARANTINED)


def _latest(rows: QuerySet[Memory]) -> list[str]:
    last = list(rows.order_by("-pk").values_list("text", "speaker")[: statements.NEIGHBOURS])
    return [statements.said(text, speaker) for text, speaker in reversed(last)]
