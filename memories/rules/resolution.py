"""What becomes of a candidate, given what is known: one decision, with its reason.

Who wins, when two statements cannot both hold:

1. A person's correction outranks everything: it wins over any value, and the value that it
   replaced never comes back, whoever says it, however often and of whatever time. Only the subject
   may change their mind afterwards: a different value in their own words, said later than the
   correction, supersedes it; from anybody trusted less, it waits for a review.
2. Where two types keep one slot, the type of higher precedence; types of precedence 0 do not
   compete.
3. Trust: who is trusted less never closes what is known; it waits for a review.
4. Recency: a newer value closes an older one, and one that arrives late is kept as the past.
"""

import uuid
from dataclasses import dataclass, replace
from enum import StrEnum

from memories.rules import contradiction, doubts, sameness
from memories.rules.candidates import Relation
from memories.rules.known import Known, Neighbours, Policy, Proposed
from memories.rules.trust import Trust

# The reason of an UPDATE that is a new memory.
ELABORATED = "elaborated"
NOTHING_TO_RETRACT = "nothing_to_retract"


class Decision(StrEnum):
    """What becomes of a candidate."""

    ADD = "ADD"
    REINFORCE = "REINFORCE"
    # It says what is known and more: in place where only details are new, else in a new memory.
    UPDATE = "UPDATE"
    SUPERSEDE = "SUPERSEDE"
    RETRACT = "RETRACT"
    # A late-arriving older value: kept as history, behind the value that came after it.
    KEEP_AS_PAST = "KEEP_AS_PAST"
    IGNORE = "IGNORE"
    # Kept apart until a person has looked at it.
    QUARANTINE = "QUARANTINE"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The decision, why, and the memory that it confirms, closes or stands against.

    `also` are further memories that it closes, with the reason for each.
    """

    decision: Decision
    reason: str
    target: uuid.UUID | None = None
    also: tuple[tuple[uuid.UUID, str], ...] = ()


def resolve(candidate: Proposed, *, among: Neighbours, policy: Policy) -> Resolution:
    """Decide on a candidate. Nothing is merged for looking alike."""
    if candidate.relation in (Relation.ENDS, Relation.FORGETS):
        return _retraction(candidate, among, policy)
    same = _equal(candidate, among)
    barred = contradiction.barred(candidate, among)
    if barred and not same:
        return Resolution(Decision.IGNORE, barred)
    doubt = doubts.about(candidate, policy)
    if doubt:
        if same:
            return Resolution(Decision.IGNORE, f"{doubt}_and_known", same.id)
        against = among.in_slot or contradiction.changed(candidate, among)
        return _waits(candidate, among, doubt, against=against)
    return _decide(candidate, same, among, policy)


def let_through(candidate: Proposed, *, among: Neighbours) -> Resolution:
    """Decide on a candidate that waited, now that a person let it through: no doubt is left, and
    it counts against what is known as a correction would."""
    counted = replace(candidate, trust=Trust.CORRECTION)
    return _decide(counted, _equal(counted, among), among, Policy())


def _decide(
    candidate: Proposed, same: Known | None, among: Neighbours, policy: Policy
) -> Resolution:
    if same:
        return _confirms(candidate, same, among)
    if candidate.slot:
        return _in_slot(candidate, among)
    return _without_slot(candidate, among, policy)


def _equal(candidate: Proposed, among: Neighbours) -> Known | None:
    """What is current and says just this."""
    if candidate.slot:
        current = among.in_slot
        return current if current and contradiction.says_the_same(candidate, current) else None
    return next((known for known in among.equal if _same_event(candidate, known)), None)


def _same_event(candidate: Proposed, known: Known) -> bool:
    # "I ran 10 km" said on two days is two events; said twice of one day, or undated, one.
    return candidate.occurred_at is None or candidate.occurred_at == known.occurred_at


def _confirms(candidate: Proposed, same: Known, among: Neighbours) -> Resolution:
    reason = "equal_in_slot" if candidate.slot else "equal_text"
    target = contradiction.changed(candidate, among)
    # It changes one memory into the words of another: that other is confirmed, the one closes.
    closes = (
        target is not None and target.id != same.id and contradiction.may_close(candidate, target)
    )
    also = ((target.id, _changed_because(candidate)),) if target and closes else ()
    if contradiction.brings_details(candidate, same):
        return Resolution(Decision.UPDATE, f"{reason}_new_details", same.id, also)
    return Resolution(Decision.REINFORCE, reason, same.id, also)


def _in_slot(candidate: Proposed, among: Neighbours) -> Resolution:
    current = among.in_slot
    higher, lower = contradiction.rivals(candidate, among)
    if higher and candidate.trust < Trust.CORRECTION:
        return Resolution(Decision.IGNORE, "outranked_by_type", higher[0].id)
    late = _late_in_slot(candidate, among)
    if late:
        return late
    for known in (current, *lower):
        if known and candidate.trust < contradiction.needed_against(known):
            return _waits(candidate, among, "less_trusted_than_current", against=known)
    if any(contradiction.is_older_than_correction(candidate, known) for known in lower):
        return Resolution(Decision.IGNORE, "older_than_correction", lower[0].id)
    also = tuple((known.id, "outranked_by_type") for known in lower)
    if current is None:
        why = "outranks_other_type" if also else "slot_was_empty"
        return Resolution(Decision.ADD, why, None, also)
    reason = _changed_because(candidate, "newer_value_in_slot")
    return Resolution(Decision.SUPERSEDE, reason, current.id, also)


def _late_in_slot(candidate: Proposed, among: Neighbours) -> Resolution | None:
    """What becomes of a value that was said before what is known; None where it is not late."""
    current = among.in_slot
    if current and candidate.valid_from < current.valid_from:
        return Resolution(Decision.KEEP_AS_PAST, "older_than_current", current.id)
    if current and candidate.valid_from < current.last_said:
        # Said before and after, the current value leaves no room for another between.
        return Resolution(Decision.IGNORE, "older_than_confirmation", current.id)
    if among.last_known and current is None and candidate.valid_from < among.last_known:
        # The slot is empty, but what it held last is newer: an old message does not refill it.
        return Resolution(Decision.KEEP_AS_PAST, "older_than_last_known")
    return None


def _without_slot(candidate: Proposed, among: Neighbours, policy: Policy) -> Resolution:
    about = among.about
    if about and candidate.relation is Relation.CONFIRMS:
        adds_nothing = sameness.adds_nothing(
            candidate.text, to=about.text, language=policy.language
        )
        if adds_nothing:
            return Resolution(Decision.REINFORCE, "confirmed", about.id)
        return Resolution(Decision.ADD, "says_more_than_confirmed")
    target = contradiction.changed(candidate, among)
    if target is None:
        return Resolution(Decision.ADD, "new")
    if candidate.valid_from < target.valid_from:
        return Resolution(Decision.KEEP_AS_PAST, "older_than_current", target.id)
    if candidate.valid_from < target.last_said:
        return Resolution(Decision.IGNORE, "older_than_confirmation", target.id)
    if candidate.trust < contradiction.needed_against(target):
        return _waits(candidate, among, "less_trusted_than_current", against=target)
    more = sameness.elaborates(candidate.text, on=target.text, language=policy.language)
    if more and candidate.trust < Trust.CORRECTION:
        return Resolution(Decision.UPDATE, ELABORATED, target.id)
    return Resolution(Decision.SUPERSEDE, _changed_because(candidate), target.id)


def _changed_because(candidate: Proposed, otherwise: str = "changed_by_later_statement") -> str:
    return "corrected" if candidate.trust >= Trust.CORRECTION else otherwise


def _waits(
    candidate: Proposed, among: Neighbours, reason: str, *, against: Known | None
) -> Resolution:
    if any(contradiction.says_the_same(candidate, one) for one in among.waiting):
        return Resolution(Decision.IGNORE, "already_waits")
    return Resolution(Decision.QUARANTINE, reason, against.id if against else None)


def _retraction(candidate: Proposed, among: Neighbours, policy: Policy) -> Resolution:
    """No longer true, or asked to be forgotten. It keeps no words of its own, so none can wait:
    a retraction that is in doubt asks about the memory that it would end."""
    found = contradiction.retracted(candidate, among)
    if not found:
        return Resolution(Decision.IGNORE, NOTHING_TO_RETRACT)
    target, *rest = found
    if candidate.valid_from < target.last_said:
        return Resolution(Decision.IGNORE, "older_than_current", target.id)
    doubt = doubts.about(candidate, policy, keeps_words=False)
    if doubt:
        return Resolution(Decision.QUARANTINE, f"retraction_{doubt}", target.id)
    if candidate.trust < max(contradiction.needed_against(known) for known in found):
        return Resolution(Decision.QUARANTINE, "retraction_by_less_trusted", target.id)
    ends = candidate.relation is Relation.ENDS
    reason = "no_longer_true" if ends else "asked_to_forget"
    also = tuple((known.id, reason) for known in rest if candidate.valid_from >= known.last_said)
    return Resolution(Decision.RETRACT, reason, target.id, also)
