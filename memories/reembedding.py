"""Give memories a vector of a model, while recall goes on with the vectors it has."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from governance import access, audit
from governance.audit import Action, Actor
from governance.models import Namespace
from governance.rules import namespace_settings
from memories import neighbours, vectors
from memories.models import Memory, MemoryIndex
from memories.providers.embeddings import EmbeddingModel, Vectors
from memories.rules import statements
from memories.rules.owner import Owner
from memories.rules.statements import Statement


def missing(namespace_id: uuid.UUID, model: str) -> int:
    """How many memories have no vector of this model."""
    with access.scope(namespace_id):
        return _without(namespace_id, model).count()


def waiting(namespace_id: uuid.UUID, model: str, *, limit: int) -> QuerySet[Memory]:
    """Memories that were kept while the model did not answer. Found by a partial index, however
    many there are in all. Inside the namespace's scope."""
    rows = MemoryIndex.objects.filter(namespace_id=namespace_id, model=model, vector__isnull=True)
    return Memory.objects.filter(
        namespace_id=namespace_id, pk__in=rows.order_by("pk").values("memory_id")[:limit]
    )


def batch(
    namespace: Namespace, model: EmbeddingModel, *, limit: int, only_waiting: bool = False
) -> int:
    """Embed some memories that lack a vector of the model; returns how many, 0 at the end.

    `only_waiting`: those that wait for the model, not those that another model serves.

    Each batch is committed, so that a run that was stopped goes on where it was. No transaction
    is open while the model works. Raises EmbeddingUnavailable.
    """
    language = namespace_settings.read(namespace.settings).language
    with access.scope(namespace.pk):
        if only_waiting:
            memories = list(waiting(namespace.pk, model.name, limit=limit))
        else:
            memories = list(_without(namespace.pk, model.name).order_by("pk")[:limit])
        stated = [_statement(memory) for memory in memories]
    if not memories:
        return 0
    made = vectors.embed(stated, model=model)
    with access.scope(namespace.pk):
        _write(memories, stated, made, model=model.name, language=language)
    return len(memories)


def adopt(
    namespace: Namespace, model_setting: str, model: EmbeddingModel, *, actor: Actor, now: datetime
) -> None:
    """Recall by the model from now on, and drop the rows of any other."""
    with access.scope(namespace.pk):
        namespace.settings = {**namespace.settings, "embedding_model": model_setting}
        namespace.save(update_fields=["settings"])
        MemoryIndex.objects.filter(namespace_id=namespace.pk).exclude(model=model.name).filter(
            Exists(
                MemoryIndex.objects.filter(
                    namespace_id=namespace.pk, memory_id=OuterRef("memory_id"), model=model.name
                )
            )
        ).delete()
        audit.record(
            Action.REEMBEDDED,
            namespace_id=namespace.pk,
            actor=actor,
            target=namespace,
            now=now,
            details={"model": model.name},
        )


def _without(namespace_id: uuid.UUID, model: str) -> QuerySet[Memory]:
    has = MemoryIndex.objects.filter(
        namespace_id=namespace_id, memory_id=OuterRef("pk"), model=model, vector__isnull=False
    )
    return Memory.objects.filter(~Exists(has), namespace_id=namespace_id)


def _statement(memory: Memory) -> Statement:
    owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
    return statements.statement(
        memory.text,
        speaker=memory.speaker,
        occurred_at=memory.occurred_at,
        slot=memory.slot,
        before=neighbours.said_before(memory, owner),
    )


def _write(
    memories: Sequence[Memory],
    stated: Sequence[Statement],
    made: Sequence[Vectors],
    *,
    model: str,
    language: str,
) -> None:
    # Again under a lock: a memory may have been changed or forgotten while the model worked.
    standing = {
        row.pk: row
        for row in Memory.objects.select_for_update().filter(
            namespace_id=memories[0].namespace_id, pk__in=[memory.pk for memory in memories]
        )
    }
    rows = [
        MemoryIndex(
            namespace_id=memory.namespace_id,
            memory=memory,
            subject_id=standing[memory.pk].subject_id,
            agent_id="" if memory.subject_id else memory.agent_id,
            model=model,
            vector=vectors.literal(vector),
            terms=vectors.terms(statement, language=language),
        )
        for memory, statement, vector in zip(memories, stated, made, strict=True)
        if memory.pk in standing and standing[memory.pk].version == memory.version
    ]
    MemoryIndex.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["namespace", "memory", "model"],
        update_fields=["vector", "terms", "subject"],
    )
