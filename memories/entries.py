"""The only writer of Memory: each change leaves its version and its audit event.

`apply` decides on what is new; how each decision is written stands in `writing`.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from governance import access, audit, subjects
from governance.audit import Action, Actor, Deed
from governance.errors import IdentityConflict, NotFound
from memories import reviews, standing
from memories.drafts import Draft
from memories.models import Memory, MemoryIndex, MemoryUse, MemoryVersion
from memories.rules.owner import Owner
from memories.writing import Batch, Keeper, Outcome, change

__all__ = ["Keeper", "Outcome", "apply", "change", "forget", "lock", "locked"]


def apply(drafts: Sequence[Draft], keeper: Keeper) -> list[Outcome]:
    """Decide on each draft under the subject's lock and write what was decided.

    Inside the namespace's scope. Raises SubjectNotAccepting when the subject was restricted or
    its erasure began meanwhile, IdentityConflict when the identity was linked to another subject.
    """
    lock(keeper.owner)
    _refuse_if_moved(keeper)
    batch = Batch(keeper, standing.before(drafts, owner=keeper.owner))
    outcomes = [batch.decide(draft) for draft in drafts]
    batch.write()
    return outcomes


def _refuse_if_moved(keeper: Keeper) -> None:
    # Read under the lock: what is written to a subject that the identity has left is lost to it.
    if keeper.identity_id is None:
        return
    owner = keeper.owner
    leads_to = subjects.leads_to(keeper.identity_id, namespace_id=owner.namespace_id)
    if leads_to != owner.subject_id:
        raise IdentityConflict("The identity was linked to another subject meanwhile. Ask again.")


def lock(owner: Owner) -> None:
    """Queue writers of one owner behind each other until the transaction ends."""
    if owner.subject_id is not None:
        access.lock_subject(owner.subject_id, namespace_id=owner.namespace_id)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"{owner.namespace_id}/{owner.agent_id}"],
        )


def locked(memory_id: uuid.UUID, *, namespace_id: uuid.UUID) -> Memory:
    """A memory with its type, under its owner's lock and its own, in this order.

    Inside the namespace's scope. Raises NotFound, SubjectNotAccepting; IdentityConflict when it
    followed an identity to another subject meanwhile.
    """
    kept = Memory.objects.select_related("type").filter(namespace_id=namespace_id, pk=memory_id)
    found = kept.first()
    if found is None:
        raise NotFound("There is no memory with this id here.")
    lock(Owner(namespace_id, found.subject_id, found.agent_id))
    memory = kept.select_for_update(of=("self",)).first()
    if memory is None:
        raise NotFound("There is no memory with this id here.")
    if memory.subject_id != found.subject_id:
        raise IdentityConflict("The identity was linked to another subject meanwhile. Ask again.")
    return memory


def forget(memories: Sequence[Memory], *, actor: Actor, now: datetime) -> None:
    """Delete these memories with their versions and index rows. Inside the namespace's scope.

    A predecessor keeps its state: forgetting the successor does not bring it back.
    """
    if not memories:
        return
    namespace_id = memories[0].namespace_id
    ids = [memory.pk for memory in memories]
    audit.record_all(
        [Deed(Action.MEMORY_FORGOTTEN, memory) for memory in memories],
        namespace_id=namespace_id,
        actor=actor,
        now=now,
    )
    reviews.drop_open(ids, namespace_id=namespace_id)
    for children in (MemoryUse, MemoryIndex, MemoryVersion):
        children._default_manager.filter(namespace_id=namespace_id, memory_id__in=ids).delete()
    Memory.objects.filter(namespace_id=namespace_id, pk__in=ids).delete()
