"""Change or forget one memory."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance import access
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput
from governance.models import Namespace
from memories import browsing, entries, forgetting, reviews, rewording, screening, vectors
from memories.models import Memory, MemoryIndex
from memories.models.memory import MemoryState
from memories.rewording import SAID, SCREENED, Reworded
from memories.rules import doubts


@dataclass(frozen=True, slots=True)
class Edit:
    """Checked changes of one memory; `doubt`: why a person must look at its new words first."""

    memory_id: uuid.UUID
    changes: dict[str, Any]
    words: Reworded
    doubt: str = ""


def prepare(memory_id: uuid.UUID, changes: dict[str, Any], *, namespace: Namespace) -> Edit:
    """Check the changes, screen and embed new words; no transaction is open meanwhile.

    Raises NotFound, InvalidInput, SecretRefused, NotToBeRemembered.
    """
    memory = browsing.get(memory_id, namespace_id=namespace.pk)
    words = rewording.reword(
        memory, changes, namespace=namespace, trust=memory.trust, valid_from=memory.valid_from
    )
    draft = words.draft
    checked = {**changes, **{name: getattr(draft, name) for name in SCREENED if name in changes}}
    if "text" in checked:
        checked["text_digest"] = draft.digest
    if draft.sensitivity != memory.sensitivity:
        checked["sensitivity"] = draft.sensitivity
    doubt = ""
    if changes.keys() & set(SCREENED):
        # How sure it is may be changed at will; what it says may not.
        anything = doubts.about(draft.proposed(), words.policy)
        doubt = "" if anything == doubts.LOW_CONFIDENCE else anything
    return Edit(memory_id, checked, words, doubt)


def change(edit: Edit, *, namespace: Namespace, actor: Actor, now: datetime) -> Memory:
    """Write a prepared edit as a new version. New words that are in doubt wait for a review.

    Raises NotFound, SubjectNotAccepting, InvalidInput when the memory is not current.
    """
    with access.scope(namespace.pk):
        memory = entries.locked(edit.memory_id, namespace_id=namespace.pk)
        if memory.state != MemoryState.ACTIVE:
            raise InvalidInput(
                "Only a current memory can be changed.",
                fields=[FieldError("id", f"This memory is {memory.get_state_display().lower()}.")],
            )
        waits = {"state": MemoryState.QUARANTINED} if edit.doubt else {}
        action = Action.MEMORY_QUARANTINED if edit.doubt else Action.MEMORY_UPDATED
        entries.change(
            memory,
            {**edit.changes, **waits},
            action=action,
            actor=actor,
            now=now,
            reason=edit.doubt,
        )
        if edit.doubt:
            reviews.open_(memory, reason=edit.doubt, actor=actor, now=now)
        if SAID & edit.changes.keys():
            _index(memory, edit.words)
        screening.note(edit.words.hits, edit.words.screen, now=now)
        return memory


def _index(memory: Memory, words: Reworded) -> None:
    mine = MemoryIndex.objects.filter(namespace_id=memory.namespace_id, memory_id=memory.pk)
    # What another model made of the former words is of no use.
    mine.exclude(model=words.model).delete()
    draft = words.draft
    vector = None if draft.vector is None else vectors.literal(draft.vector)
    mine.filter(model=words.model).update(terms=draft.terms, vector=vector)


def forget(memory_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> None:
    """Delete one memory, and its words wherever else they stand. Raises NotFound."""
    with access.scope(namespace.pk):
        memory = entries.locked(memory_id, namespace_id=namespace.pk)
        forgetting.forget(memory, actor=actor, now=now)
