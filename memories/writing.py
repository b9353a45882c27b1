"""How each decision is written: rows, versions, index rows, reviews and audit events."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from governance import audit
from governance.audit import Action, Actor, Deed
from governance.models import rows
from memories import changes, past, reviews, standing, vectors, versions
from memories.drafts import Draft
from memories.models import Memory, MemoryIndex, MemoryVersion
from memories.models.memory import MemoryState
from memories.reviews import Question
from memories.rules import contradiction, resolution
from memories.rules.known import Known, Policy
from memories.rules.owner import Owner
from memories.rules.resolution import Decision, Resolution
from memories.rules.trust import Trust


@dataclass(frozen=True, slots=True)
class Keeper:
    """For whom and by whom memories are kept."""

    owner: Owner
    identity_id: uuid.UUID | None
    actor: Actor
    now: datetime
    model: str
    policy: Policy = field(default_factory=Policy)


@dataclass(slots=True)
class Outcome:
    """What became of one draft: the memory that holds it now (None: nothing was kept), and the
    review that it waits for."""

    resolution: Resolution
    memory: Memory | None
    review_id: uuid.UUID | None = None

    @property
    def closed(self) -> list[uuid.UUID]:
        """The memories that it superseded or ended."""
        found = self.resolution
        closes = found.decision in (Decision.SUPERSEDE, Decision.RETRACT)
        closes |= found.reason == resolution.ELABORATED
        own = [found.target] if found.target and closes else []
        return [*own, *(pk for pk, _ in found.also)]


def change(
    memory: Memory,
    fields: dict[str, Any],
    *,
    action: Action,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Memory:
    """Set fields of one memory. Inside the namespace's scope, the row locked by the caller."""
    before = versions.recorded(memory)
    for name, value in fields.items():
        setattr(memory, name, value)
    memory.version += 1
    memory.updated_at = now
    memory.save(update_fields=[*fields, "version", "updated_at"])
    versions.version(
        memory, action.value, before=before, actor=actor, now=now, reason=reason
    ).save()
    audit.record(
        action,
        namespace_id=memory.namespace_id,
        actor=actor,
        target=memory,
        now=now,
        details={"version": memory.version, "reason": reason[:64]} if reason else None,
    )
    return memory


class Batch:
    """Drafts of one owner, decided one after another and written together."""

    def __init__(self, keeper: Keeper, known: standing.Standing) -> None:
        self.keeper, self.known = keeper, known
        self.new: dict[uuid.UUID, tuple[Memory, Draft, Resolution]] = {}
        self.deeds: list[Deed] = []
        self.questions: list[tuple[Outcome, Question]] = []
        self._ended = False  # whether the last retraction found what it ends

    def decide(self, draft: Draft) -> Outcome:
        """Decide on a draft, and count what was decided as known."""
        among = self.known.neighbours(draft)
        found = resolution.resolve(draft.proposed(), among=among, policy=self.keeper.policy)
        if draft.retracts:
            self._ended = found.reason != resolution.NOTHING_TO_RETRACT
        elif draft.unless_retracted and self._ended:
            # Beside what it ended, "I no longer smoke" would outlive that somebody smokes again.
            return Outcome(Resolution(Decision.IGNORE, "told_by_what_it_ended"), None)
        match found.decision:
            case Decision.IGNORE:
                return Outcome(found, None)
            case Decision.RETRACT:
                return self._retract(draft, found)
            case Decision.QUARANTINE:
                return self._quarantine(draft, found)
            case Decision.REINFORCE:
                return self._reinforce(draft, found)
            case Decision.UPDATE if found.reason != resolution.ELABORATED:
                return self._reinforce(draft, found)
            case _:
                return self._add(draft, found, corrected=among.corrected)

    def write(self) -> None:
        """Write what was decided, each kind of row in one statement."""
        keeper = self.keeper
        made = list(self.new.values())
        rows.insert_all([memory for memory, _, _ in made])
        rows.insert_all([_index(memory, draft, keeper.model) for memory, draft, _ in made])
        rows.insert_all([self._first_version(*one) for one in made])
        audit.record_all(
            self.deeds,
            namespace_id=keeper.owner.namespace_id,
            actor=keeper.actor,
            now=keeper.now,
        )
        asked = [question for _, question in self.questions]
        items = reviews.open_all(asked, actor=keeper.actor, now=keeper.now)
        for (outcome, _), item in zip(self.questions, items, strict=True):
            outcome.review_id = item.pk

    def _first_version(self, memory: Memory, draft: Draft, found: Resolution) -> MemoryVersion:
        waits = found.decision is Decision.QUARANTINE
        version = versions.version(
            memory,
            Decision.QUARANTINE.value if waits else Decision.ADD.value,
            before={},
            actor=self.keeper.actor,
            now=self.keeper.now,
            reason=found.reason,
        )
        if draft.because or draft.evidence:
            told = {"because": draft.because, "evidence": dict(draft.evidence)}
            version.after = {**version.after, "correction": told}
        return version

    def _add(self, draft: Draft, found: Resolution, *, corrected: Sequence[Known]) -> Outcome:
        memory = self._made(draft, found)
        self.deeds.append(Deed(Action.MEMORY_ADDED, memory, {"type": draft.type.name}))
        if found.decision is Decision.KEEP_AS_PAST:
            self._put_into_the_past(memory, found)
        elif found.target:
            self._close(found.target, by=memory, because=found.reason)
        elif draft.slot:
            self._make_room(memory)
        for pk, because in found.also:
            self._close(pk, by=memory, because=because)
        if draft.trust >= Trust.CORRECTION:
            self._restore(draft, corrected)
        return Outcome(found, memory)

    def _made(self, draft: Draft, found: Resolution) -> Memory:
        keeper = self.keeper
        memory = draft.memory(keeper.owner, identity_id=keeper.identity_id, now=keeper.now)
        self.new[memory.pk] = (memory, draft, found)
        self.known.meet(memory)
        return memory

    def _put_into_the_past(self, memory: Memory, found: Resolution) -> None:
        if not memory.slot and found.target:
            before: Memory | None = None
            after: Memory | None = self.known.kept(found.target)
        else:
            before, after = past.around(memory, self._unwritten())
        for name, value in changes.filed(memory, behind=after, because=found.reason).items():
            setattr(memory, name, value)
        if before is not None:
            self._put_behind(before, by=memory)

    def _make_room(self, memory: Memory) -> None:
        """What the slot held once ends where its new value begins."""
        if (memory.type_id, memory.slot) in self.known.last_known:
            before, _ = past.around(memory, self._unwritten())
            if before is not None and before.state != MemoryState.SUPERSEDED:
                self._put_behind(before, by=memory)

    def _unwritten(self) -> list[Memory]:
        return [kept for kept, _, _ in self.new.values()]

    def _put_behind(self, before: Memory, *, by: Memory) -> None:
        self.known.meet(before)
        changed = changes.put_behind(self.known.kept(before.pk), by=by)
        self._set(before.pk, changed, Action.MEMORY_SUPERSEDED, reason="late_value_in_slot")

    def _close(self, target: uuid.UUID, *, by: Memory, because: str) -> None:
        corrects = because == standing.CORRECTED
        action = Action.MEMORY_CORRECTED if corrects else Action.MEMORY_SUPERSEDED
        changed = changes.closed(self.known.kept(target), by=by, because=because)
        self._set(target, changed, action, reason=because)

    def _restore(self, draft: Draft, corrected: Sequence[Known]) -> None:
        """What a person corrects back to may be said again."""
        for known in corrected:
            if contradiction.says_the_same(draft.proposed(), known):
                changed = {"closed_because": "corrected_then_restored"}
                self._set(known.id, changed, Action.MEMORY_UPDATED, reason="corrected_back")

    def _retract(self, draft: Draft, found: Resolution) -> Outcome:
        targets = [(found.target, found.reason), *found.also]
        for pk, because in targets:
            memory = self.known.kept(pk)
            changed = changes.retracted(memory, draft, because=because)
            self._set(memory.pk, changed, Action.MEMORY_RETRACTED, reason=because)
            self.known.emptied(memory)
        return Outcome(found, None)

    def _quarantine(self, draft: Draft, found: Resolution) -> Outcome:
        if draft.retracts and found.target:
            memory = self.known.kept(found.target)
            outcome = Outcome(found, None)
            self.questions.append((outcome, Question(memory, found.reason)))
            return outcome
        memory = self._made(draft, found)
        memory.state = MemoryState.QUARANTINED
        details = {"type": draft.type.name, "reason": found.reason}
        self.deeds.append(Deed(Action.MEMORY_QUARANTINED, memory, details))
        outcome = Outcome(found, memory)
        self.questions.append((outcome, Question(memory, found.reason, found.target)))
        return outcome

    def _reinforce(self, draft: Draft, found: Resolution) -> Outcome:
        memory = self.known.kept(found.target)
        changed = changes.confirmed(memory, draft)
        action = Action.MEMORY_REINFORCED
        if found.decision is Decision.UPDATE:
            changed |= changes.detailed(memory, draft)
            action = Action.MEMORY_UPDATED
        self._set(memory.pk, changed, action, reason=found.reason)
        for pk, because in found.also:
            self._close(pk, by=memory, because=because)
        return Outcome(found, memory)

    def _set(
        self, target: uuid.UUID, changed: dict[str, Any], action: Action, *, reason: str
    ) -> None:
        memory = self.known.kept(target)
        if target in self.new:  # not written yet
            for name, value in changed.items():
                setattr(memory, name, value)
            self.deeds.append(Deed(action, memory))
            return
        keeper = self.keeper
        change(memory, changed, action=action, actor=keeper.actor, now=keeper.now, reason=reason)


def _index(memory: Memory, draft: Draft, model: str) -> MemoryIndex:
    return MemoryIndex(
        namespace_id=memory.namespace_id,
        memory=memory,
        subject_id=memory.subject_id,
        agent_id="" if memory.subject_id else memory.agent_id,
        model=model,
        vector=None if draft.vector is None else vectors.written(draft.vector),
        terms=draft.terms,
    )
