"""Change or forget one memory."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance import access
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput, NotFound
from governance.models import Namespace
from governance.rules import json_schema, namespace_settings
from memories import answers, browsing, entries, episodes, vectors
from memories.models import Memory, MemoryIndex
from memories.models.memory import MemoryState
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingUnavailable, Vectors
from memories.rules import resolution, statements
from memories.rules.owner import Owner

log = logging.getLogger("remembrancer.editing")
SAID = frozenset({"text", "occurred_at", "speaker"})


@dataclass(frozen=True, slots=True)
class Edit:
    """Checked changes of one memory; `terms` and `vector` when its words change."""

    memory_id: uuid.UUID
    changes: dict[str, Any]
    model: str
    terms: Any = None
    vector: Vectors | None = None


def prepare(memory_id: uuid.UUID, changes: dict[str, Any], *, namespace: Namespace) -> Edit:
    """Check the changes and embed new words; no transaction is open meanwhile.

    Raises NotFound, InvalidInput.
    """
    memory = browsing.get(memory_id, namespace_id=namespace.pk)
    if changes.get("data") and memory.type.data_schema:
        json_schema.check(changes["data"], memory.type.data_schema, at="data")
    settings = namespace_settings.read(namespace.settings)
    model = embeddings.serving(settings.embedding_model)
    if not SAID & changes.keys():
        return Edit(memory_id, changes, model.name)
    stated = statements.statement(
        changes.get("text", memory.text),
        speaker=memory.speaker,
        occurred_at=changes.get("occurred_at", memory.occurred_at),
        slot=memory.slot,
    )
    vector = None
    try:
        vector = vectors.embed([stated], model=model)[0]
    except EmbeddingUnavailable as error:
        log.warning("embedding waits", extra={"error": str(error)})
    terms = vectors.terms(stated, language=settings.language)
    return Edit(memory_id, changes, model.name, terms, vector)


def change(edit: Edit, *, namespace: Namespace, actor: Actor, now: datetime) -> Memory:
    """Write a prepared edit as a new version. Raises NotFound, SubjectNotAccepting."""
    with access.scope(namespace.pk):
        memory = _locked(edit.memory_id, namespace.pk)
        if memory.state != MemoryState.ACTIVE:
            raise InvalidInput(
                "Only a current memory can be changed.",
                fields=[FieldError("id", f"This memory is {memory.get_state_display().lower()}.")],
            )
        changes = dict(edit.changes)
        if "text" in changes:
            changes["text_digest"] = resolution.digest(changes["text"])
        entries.change(memory, changes, action=Action.MEMORY_UPDATED, actor=actor, now=now)
        if edit.terms is not None:
            MemoryIndex.objects.filter(namespace_id=namespace.pk, memory_id=memory.pk).exclude(
                model=edit.model
            ).delete()
            MemoryIndex.objects.filter(
                namespace_id=namespace.pk, memory_id=memory.pk, model=edit.model
            ).update(terms=edit.terms, vector=edit.vector)
        return memory


def forget(memory_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> None:
    """Delete one memory with its versions and index rows, and its words where else they stand:
    in the message that it rests on and in answers kept for repetition. Raises NotFound."""
    with access.scope(namespace.pk):
        memory = _locked(memory_id, namespace.pk)
        if memory.episode_id is not None and memory.message_index is not None:
            episodes.forget_message(
                memory.episode_id, memory.message_index, namespace_id=namespace.pk
            )
        answers.forget(memory)
        entries.forget([memory], actor=actor, now=now)


def _locked(memory_id: uuid.UUID, namespace_id: uuid.UUID) -> Memory:
    """The memory under its owner's lock and its own: lock order is owner, then memory."""
    found = Memory.objects.filter(namespace_id=namespace_id, pk=memory_id).first()
    if found is None:
        raise NotFound("There is no memory with this id here.")
    entries.lock(Owner(namespace_id, found.subject_id, found.agent_id))
    locked = (
        Memory.objects.select_for_update(of=("self",))
        .select_related("type")
        .filter(namespace_id=namespace_id, pk=memory_id)
        .first()
    )
    if locked is None:
        raise NotFound("There is no memory with this id here.")
    return locked
