"""The review queue: a person says of a memory that it may stand, or that it may not."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from governance import access
from governance.audit import Action, Actor
from governance.errors import DomainError, NotFound
from governance.models import Namespace
from governance.models.access import SubjectState
from memories import changes, entries, forgetting, past, reviews, standing
from memories.drafts import Draft, Place
from memories.models import Memory, ReviewItem
from memories.models.memory import MemoryState
from memories.models.review import ReviewState
from memories.rules import cursors, resolution
from memories.rules.candidates import Relation
from memories.rules.owner import Owner
from memories.rules.resolution import Decision, Resolution
from memories.rules.trust import Trust
from memories.standing import Standing

ACCEPTED, REJECTED = "accepted_in_review", "rejected_in_review"


class AlreadyDecided(DomainError):
    """Somebody decided on this before."""

    code, http_status, title = "already_decided", 409, "The review was decided before"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reviews; empty: whichever."""

    state: str = ReviewState.OPEN.value
    reason: str = ""
    limit: int = 50
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A review and the memory that it is about; None when that is gone or may not be shown."""

    item: ReviewItem
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class Page:
    """Reviews, newest first, and where the next page begins (None: this is the last)."""

    reviews: Sequence[Shown]
    next_cursor: str | None


def page(asked: Asked, *, namespace_id: uuid.UUID) -> Page:
    """A page of the queue. Raises InvalidInput for a cursor that is not ours."""
    after = cursors.after(asked.cursor)
    with access.scope(namespace_id):
        found = reviews.waiting(
            namespace_id=namespace_id,
            state=asked.state,
            reason=asked.reason,
            after=after,
            limit=asked.limit + 1,
        )
        told = found[: asked.limit]
        ids = [item.memory_id for item in told]
        rows = Memory.objects.select_related("type").filter(namespace_id=namespace_id)
        kept = {memory.pk: memory for memory in rows.filter(pk__in=ids)}
    more = len(found) > asked.limit
    return Page(
        [Shown(item, kept.get(item.memory_id)) for item in told],
        cursors.write(told[-1].pk) if more else None,
    )


def may_be_read(item: ReviewItem) -> bool:
    """Whether what the memory says may be shown: not of a person who may not be recalled."""
    return item.subject is None or item.subject.state == SubjectState.ACTIVE


def accept(review_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> Shown:
    """The memory may stand.

    One in quarantine becomes current and takes its slot; where what is known is newer, it goes to
    its place in the past. Its trust stays what it was. Raises NotFound, AlreadyDecided,
    SubjectNotAccepting.
    """
    with access.scope(namespace.pk):
        item, memory = _locked(review_id, namespace.pk)
        if memory.state == MemoryState.QUARANTINED:
            _Admission(item, memory, actor, now).admit()
        _close(item, ReviewState.ACCEPTED, actor=actor, now=now)
        return Shown(item, memory)


def reject(review_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> Shown:
    """The memory may not stand. One in quarantine is forgotten with its words; a current one is
    archived. Raises NotFound, AlreadyDecided, SubjectNotAccepting."""
    with access.scope(namespace.pk):
        item, memory = _locked(review_id, namespace.pk)
        _close(item, ReviewState.REJECTED, actor=actor, now=now)
        if memory.state == MemoryState.QUARANTINED:
            forgetting.forget(memory, actor=actor, now=now)
            return Shown(item, None)
        if memory.state == MemoryState.ACTIVE:
            fields = changes.rejected(memory, now=now, because=REJECTED)
            entries.change(
                memory,
                fields,
                action=Action.MEMORY_ARCHIVED,
                actor=actor,
                now=now,
                reason=REJECTED,
            )
        return Shown(item, memory)


def _locked(review_id: uuid.UUID, namespace_id: uuid.UUID) -> tuple[ReviewItem, Memory]:
    """The owner, the memory, then the review: whoever forgets the memory locks in this order."""
    found = _still_open(reviews.find(review_id, namespace_id=namespace_id))
    try:
        memory = entries.locked(found.memory_id, namespace_id=namespace_id)
    except NotFound:  # rejected, or forgotten with its questions, while we waited
        _still_open(reviews.find(review_id, namespace_id=namespace_id))
        raise
    return _still_open(reviews.locked(review_id, namespace_id=namespace_id)), memory


def _still_open(item: ReviewItem | None) -> ReviewItem:
    if item is None:
        raise NotFound("There is no review with this id here.")
    if item.state != ReviewState.OPEN:
        raise AlreadyDecided(f"It was {item.get_state_display().lower()}.")
    return item


def _close(item: ReviewItem, state: ReviewState, *, actor: Actor, now: datetime) -> None:
    """Every open question about one memory is the same question, and has one answer."""
    others = reviews.of_memory(item.memory_id, namespace_id=item.namespace_id)
    same = [item, *(one for one in others if one.pk != item.pk)]
    reviews.close(same, state, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class _Admission:
    """A memory that leaves quarantine for where it belongs."""

    item: ReviewItem
    memory: Memory
    actor: Actor
    now: datetime

    def admit(self) -> None:
        memory = self.memory
        draft = _draft(memory, against=self.item.against)
        owner = Owner(memory.namespace_id, memory.subject_id, memory.agent_id)
        known = standing.before([draft], owner=owner)
        found = resolution.let_through(draft.proposed(), among=known.neighbours(draft))
        match found.decision:
            case Decision.REINFORCE | Decision.UPDATE:
                self._is_known_already(found, known)
            case Decision.KEEP_AS_PAST:
                self._goes_to_the_past(found, known)
            case Decision.IGNORE:
                fields = changes.archived(until=memory.valid_from, because=found.reason)
                self._write(memory, fields, Action.MEMORY_ARCHIVED)
            case _:
                self._becomes_current(found, known)

    def _becomes_current(self, found: Resolution, known: Standing) -> None:
        corrects = self.memory.trust >= Trust.CORRECTION
        because = standing.CORRECTED if corrects else ACCEPTED
        action = Action.MEMORY_CORRECTED if corrects else Action.MEMORY_SUPERSEDED
        # What it closes leaves the slot before it enters: the slot holds one.
        for pk in filter(None, (found.target, *(pk for pk, _ in found.also))):
            closed = known.kept(pk)
            fields = changes.closed(closed, by=self.memory, because=because)
            self._write(closed, fields, action)
        self._write(self.memory, changes.restored(), Action.MEMORY_RESTORED)

    def _goes_to_the_past(self, found: Resolution, known: Standing) -> None:
        memory, before = self.memory, None
        after: Memory | None = known.kept(found.target) if found.target else None
        if memory.slot:
            before, after = past.around(memory, [])
        fields = changes.filed(memory, behind=after, because=found.reason)
        self._write(memory, fields, Action.MEMORY_RESTORED)
        if before is not None:
            fields = changes.put_behind(before, by=memory)
            self._write(before, fields, Action.MEMORY_SUPERSEDED)

    def _is_known_already(self, found: Resolution, known: Standing) -> None:
        current = known.kept(found.target)
        fields = changes.closed(self.memory, by=current, because="already_known")
        fields["valid_until"] = self.memory.valid_from
        self._write(self.memory, fields, Action.MEMORY_SUPERSEDED)

    def _write(self, memory: Memory, fields: changes.Changes, action: Action) -> None:
        entries.change(
            memory, fields, action=action, actor=self.actor, now=self.now, reason=ACCEPTED
        )


def _draft(memory: Memory, *, against: uuid.UUID | None) -> Draft:
    return Draft(
        type=memory.type,
        text=memory.text,
        trust=memory.trust,
        valid_from=memory.valid_from,
        place=Place(),
        data=memory.data,
        slot=memory.slot,
        occurred_at=memory.occurred_at,
        relation=Relation.CHANGES if against else Relation.NEW,
        about=against,
    )
