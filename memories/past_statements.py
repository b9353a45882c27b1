"""What was indexed of a memory at a moment: its words, in the context that they were said in."""

import uuid
from collections.abc import Iterable, Mapping

from memories import histories
from memories.models import Episode, Memory, ownership
from memories.rules import past_states, statements
from memories.rules.owner import Owner
from memories.rules.past_states import PastState
from memories.rules.statements import Statement


def indexed(
    ids: Iterable[uuid.UUID],
    changed: Mapping[uuid.UUID, Memory],
    states: Mapping[uuid.UUID, PastState],
    owner: Owner,
) -> dict[uuid.UUID, Statement]:
    """What was indexed of these memories, as far as it can be told. `changed` are rows as they
    were, `states` what was different of them. Inside the namespace's scope."""
    wanted = set(ids)
    rows = Memory.objects.filter(ownership.of(owner), pk__in=wanted - changed.keys())
    history = histories.of(wanted - changed.keys(), owner.namespace_id)
    found = {}
    for memory in [*(changed[pk] for pk in wanted & changed.keys()), *rows]:
        state = states.get(memory.pk)
        edited = state.edited if state else past_states.edited(history.get(memory.pk, ()))
        before = [] if edited else _said_before(memory, owner)
        found[memory.pk] = statements.statement(
            memory.text,
            speaker=memory.speaker,
            occurred_at=memory.occurred_at,
            slot=memory.slot,
            before=before,
        )
    return found


def _said_before(memory: Memory, owner: Owner) -> list[str]:
    """The turns before a memory, as they read when it was made."""
    if memory.episode_id is not None:
        return _messages_before(memory, memory.episode_id)
    if not memory.run_id:
        return []
    rows = Memory.objects.filter(
        ownership.of(owner), run_id=memory.run_id, episode__isnull=True, pk__lt=memory.pk
    )
    # A slot's value is no turn to what comes later; to what came with it, it was.
    turns = [
        one
        for one in rows.order_by("-pk")[: 10 * statements.NEIGHBOURS]
        if not one.slot or one.created_at == memory.created_at
    ][: statements.NEIGHBOURS]
    history = histories.of([turn.pk for turn in turns], memory.namespace_id)
    said = []
    for turn in reversed(turns):
        state = past_states.at(memory.created_at, version=turn.version, changes=history[turn.pk])
        text = state.fields.get("text", turn.text) if state is not None else turn.text
        said.append(statements.said(text, turn.speaker))
    return said


def _messages_before(memory: Memory, episode_id: uuid.UUID) -> list[str]:
    episode = Episode.objects.filter(namespace_id=memory.namespace_id, pk=episode_id).first()
    if episode is None or not memory.message_index:
        return []
    return [
        statements.said(message["content"], message.get("name") or message["role"])
        for message in episode.messages[: memory.message_index]
    ]
