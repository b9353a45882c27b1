"""Put right what is wrong: a person's correction, and a merge that is taken back."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from governance import access
from governance.audit import Action, Actor
from governance.errors import DomainError
from governance.models import Namespace
from memories import browsing, changes, entries, memory_types, rewording, screening
from memories.entries import Keeper, Outcome
from memories.models import Memory, MemoryVersion, ownership
from memories.models.memory import MemoryState
from memories.rewording import Reworded
from memories.rules import corrections
from memories.rules.candidates import Relation
from memories.rules.owner import Owner
from memories.rules.trust import Trust

UNDONE = "undone"
# Why a memory took the place of others, as its versions tell.
_MERGED = (
    "newer_value_in_slot", "changed_by_later_statement", "elaborated", "corrected",
    "outranks_other_type", "accepted_in_review",
)  # fmt: skip
# What arrived late stands behind the value that followed it, which did not close it; `unlink` parts
# what a link had brought together.
_NOT_CLOSED_BY_IT = ("older_than_current", "older_than_last_known", "already_known", "linked")


class NotCurrent(DomainError):
    """The memory is no longer current, or not yet."""

    code, http_status, title = "not_current", 409, "The memory is not current"


class NothingToUndo(DomainError):
    """The memory took no other's place."""

    code, http_status, title = "nothing_to_undo", 409, "The memory took no other's place"


class PredecessorGone(DomainError):
    """What the memory took the place of cannot come back."""

    code, http_status = "predecessor_gone", 409
    title = "What the memory took the place of cannot come back"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that is ready to be written."""

    memory_id: uuid.UUID
    words: Reworded


@dataclass(frozen=True, slots=True)
class Undone:
    """The memory that was put away, and those that are current again."""

    memory: Memory
    restored: list[Memory]


def prepare(
    memory_id: uuid.UUID,
    said: dict[str, Any],
    *,
    namespace: Namespace,
    now: datetime,
    because: str = "",
    evidence: dict[str, Any] | None = None,
) -> Correction:
    """Check, screen and embed a correction (text, data or both); no transaction is open meanwhile.

    Of a correction that is text alone, the value is taken from its words where they tell it; of
    one that is data alone, the words from the old text. Raises NotFound, NotCurrent,
    InvalidInput, SecretRefused, NotToBeRemembered.
    """
    memory = browsing.get(memory_id, namespace_id=namespace.pk)
    _refuse_unless_current(memory)
    words = rewording.reword(
        memory,
        _completed(memory, said),
        namespace=namespace,
        trust=Trust.CORRECTION,
        valid_from=now,
    )
    draft = words.draft
    draft.relation, draft.about, draft.confidence = Relation.CHANGES, memory.pk, 1.0
    draft.because, in_reason = screening.clean_json(because, words.screen, at="reason")
    draft.evidence, in_evidence = screening.clean_json(evidence or {}, words.screen, at="evidence")
    return Correction(memory_id, replace(words, hits=words.hits + in_reason + in_evidence))


def correct(prepared: Correction, *, namespace: Namespace, actor: Actor, now: datetime) -> Outcome:
    """Write a correction: a new memory with a person's trust closes the old one.

    What it replaced does not come back by any extraction; see rules/resolution. A correction that
    says what is there already confirms it; one that is in doubt waits for a review. Raises
    NotFound, NotCurrent, SubjectNotAccepting.
    """
    words = prepared.words
    with access.scope(namespace.pk):
        memory = entries.locked(prepared.memory_id, namespace_id=namespace.pk)
        _refuse_unless_current(memory)
        keeper = Keeper(
            owner=Owner(namespace.pk, memory.subject_id, memory.agent_id),
            identity_id=memory.identity_id,
            actor=actor,
            now=now,
            model=words.model,
            policy=words.policy,
        )
        (outcome,) = entries.apply([words.draft], keeper)
        screening.note(words.hits, words.screen, now=now)
    return outcome


def undo(memory_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> Undone:
    """Take back a merge: what this memory superseded or elaborated directly is current again, and
    holds on; this memory is archived, as if it had never held.

    Raises NotFound, SubjectNotAccepting, NotCurrent; NothingToUndo when it took no other's place;
    PredecessorGone when that was forgotten or ended since, or its slot holds another value.
    """
    with access.scope(namespace.pk):
        memory = entries.locked(memory_id, namespace_id=namespace.pk)
        _refuse_unless_current(memory)
        merged = _took_a_place(memory)
        found = _predecessors(memory, merged=merged)
        if not found:
            raise PredecessorGone if merged else NothingToUndo
        # It leaves its slot before another enters: the slot holds one.
        if merged:
            archived = changes.archived(until=memory.valid_from, because=UNDONE)
            _write(memory, archived, Action.MEMORY_ARCHIVED, actor=actor, now=now)
        for one in found:
            if _current_in_slot_of(one).exists():
                raise PredecessorGone("Its slot holds another value. Undo that one first.")
            _write(one, changes.restored(), Action.MEMORY_RESTORED, actor=actor, now=now)
        return Undone(memory, found)


def _completed(memory: Memory, said: dict[str, Any]) -> dict[str, Any]:
    old = {"old_text": memory.text, "old_data": memory.data}
    if "data" not in said:
        return {**said, "data": corrections.value_in(said["text"], **old)}
    if "text" not in said:
        text = corrections.text_with(said["data"], **old)
        return {**said, "text": text or memory_types.as_text(memory.slot, said["data"])}
    return said


def _refuse_unless_current(memory: Memory) -> None:
    if memory.state != MemoryState.ACTIVE:
        raise NotCurrent(f"This memory is {memory.get_state_display().lower()}.")


def _took_a_place(memory: Memory) -> bool:
    """Whether it came in the place of others, rather than stood before they were merged into it."""
    told = MemoryVersion.objects.filter(namespace_id=memory.namespace_id, memory_id=memory.pk)
    return told.filter(reason__in=_MERGED).exists()


def _predecessors(memory: Memory, *, merged: bool) -> list[Memory]:
    """What it closed, locked; of several in one slot, that which held last."""
    rows = _others(memory).select_for_update(of=("self",)).select_related("type")
    closed = rows.filter(superseded_by=memory.pk, state=MemoryState.SUPERSEDED)
    found: dict[Any, Memory] = {}
    for one in closed.order_by("valid_from", "pk"):
        if one.closed_because not in _NOT_CLOSED_BY_IT or (merged and one.slot):
            found[(one.type_id, one.slot) if one.slot else one.pk] = one
    return list(found.values())


def _others(memory: Memory) -> QuerySet[Memory]:
    owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
    return Memory.objects.filter(ownership.of(owner)).exclude(pk=memory.pk)


def _current_in_slot_of(memory: Memory) -> QuerySet[Memory]:
    mine = _others(memory).filter(type_id=memory.type_id, state=MemoryState.ACTIVE)
    return mine.filter(slot=memory.slot) if memory.slot else mine.none()


def _write(
    memory: Memory, fields: changes.Changes, action: Action, *, actor: Actor, now: datetime
) -> None:
    entries.change(memory, fields, action=action, actor=actor, now=now, reason=UNDONE)
