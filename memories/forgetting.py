"""Forget a memory wherever its words stand."""

from datetime import datetime

from governance.audit import Actor
from memories import answers, entries, episodes, traces
from memories.models import Memory


def forget(memory: Memory, *, actor: Actor, now: datetime) -> None:
    """Delete a locked memory with its versions and index rows, the message that it rests on, and
    the answers that tell of it: those kept for repetition and those that it was given for.

    Inside the namespace's scope.
    """
    if memory.episode_id is not None and memory.message_index is not None:
        episodes.forget_message(
            memory.episode_id, memory.message_index, namespace_id=memory.namespace_id
        )
    answers.forget(memory)
    traces.forget(memory)
    entries.forget([memory], actor=actor, now=now)
