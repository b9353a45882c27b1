"""When a candidate contradicts what is known, and who may then close whom."""

from memories.rules import sameness
from memories.rules.candidates import Relation
from memories.rules.known import Known, Neighbours, Proposed
from memories.rules.trust import Trust

# Details of one memory grow by what is said again; beyond so many keys they stay as they are.
MOST_DETAILS = 50


def says_the_same(candidate: Proposed, known: Known) -> bool:
    """The same value in whatever words; without a value, the same words."""
    if candidate.slot and candidate.data:
        return sameness.same_data(candidate.data, known.data)
    return candidate.digest == known.digest


def names_the_same(candidate: Proposed, known: Known) -> bool:
    """The same words, or in one slot the same value, perhaps one more closely than the other."""
    if candidate.digest == known.digest:
        return True
    if not candidate.slot or candidate.slot != known.slot:
        return False
    if "value" in candidate.data and "value" in known.data:
        return sameness.same_value(candidate.data["value"], known.data["value"])
    if candidate.data or known.data:
        return sameness.same_data(candidate.data, known.data)
    return sameness.same_value(candidate.text, known.text)


def barred(candidate: Proposed, among: Neighbours) -> str:
    """Why a candidate must not come back; empty where it may, or where a person says it."""
    if candidate.trust >= Trust.CORRECTION:
        return ""
    corrected = [known for known in among.corrected if names_the_same(candidate, known)]
    if corrected and not all(_was_moved_on_from(known, candidate, among) for known in corrected):
        return "corrected_by_person"
    for known in among.retracted:
        said_before = known.retracted_at and candidate.valid_from <= known.retracted_at
        if said_before and names_the_same(candidate, known):
            return "retracted_later"
    return ""


def _was_moved_on_from(corrected: Known, candidate: Proposed, among: Neighbours) -> bool:
    """Whether the subject's own later words have replaced the correction, and these come after.

    The correction said what held then; of somebody who has moved since, it says nothing more.
    """
    current = among.in_slot
    if current is None or corrected.ended_at is None or current.trust >= Trust.CORRECTION:
        return False
    later = current.valid_from > corrected.ended_at and candidate.valid_from > current.last_said
    return later and candidate.trust >= Trust.SUBJECT


def needed_against(known: Known) -> int:
    """The trust that it takes to close a memory.

    The subject's own words suffice against a correction: people change their minds.
    """
    return min(known.trust, Trust.SUBJECT)


def may_close(candidate: Proposed, known: Known) -> bool:
    """Whether a candidate is new enough and trusted enough to close a memory."""
    trusted = candidate.trust >= needed_against(known)
    return trusted and candidate.valid_from >= known.last_said


def changed(candidate: Proposed, among: Neighbours) -> Known | None:
    """The memory without a slot that a candidate without one, of the same type, changes.

    Where either has a slot, the slot decides: a statement never closes what another slot holds.
    """
    target = among.about
    if target is None or candidate.relation is not Relation.CHANGES:
        return None
    free = not candidate.slot and not target.slot
    return target if free and target.type_id == candidate.type_id else None


def rivals(candidate: Proposed, among: Neighbours) -> tuple[list[Known], list[Known]]:
    """Current memories in its slot with another value, of types with higher and lower precedence.

    Precedence 0 is what a type has of which nobody said how it ranks: it does not compete.
    """
    if candidate.precedence == 0:
        return [], []
    others = [
        known
        for known in among.rivals
        if known.precedence != 0 and not names_the_same(candidate, known)
    ]
    higher = [known for known in others if known.precedence > candidate.precedence]
    lower = [known for known in others if known.precedence < candidate.precedence]
    return higher, lower


def is_older_than_correction(candidate: Proposed, known: Known) -> bool:
    """Whether a person corrected a memory after the candidate was said."""
    return known.trust >= Trust.CORRECTION and candidate.valid_from < known.valid_from


def brings_details(candidate: Proposed, known: Known) -> bool:
    """Whether a candidate has data, metadata or categories that an equal memory lacks.

    Who is trusted less adds nothing to what somebody trusted more has said.
    """
    if candidate.trust < needed_against(known):
        return False
    new = (
        candidate.data.keys() - known.data.keys(),
        candidate.metadata.keys() - known.metadata.keys(),
        set(candidate.categories) - set(known.categories),
    )
    had = (known.data, known.metadata, known.categories)
    fits = all(len(more) + len(there) <= MOST_DETAILS for more, there in zip(new, had, strict=True))
    return any(new) and fits


def retracted(candidate: Proposed, among: Neighbours) -> list[Known]:
    """The current memories that a retraction means: the one that it names, or else what its slot
    holds, or else those with its text. None of them where it names another value."""
    if among.about is not None:
        meant = [among.about]
    elif candidate.slot:
        meant = [among.in_slot] if among.in_slot else list(among.rivals)
    else:
        meant = list(among.equal)
    return [known for known in meant if not _speaks_of_another(candidate, known)]


def _speaks_of_another(candidate: Proposed, known: Known) -> bool:
    # "I no longer live in Berlin" does not end Hamburg.
    if not candidate.slot or candidate.slot != known.slot:
        return False
    ended, held = candidate.data.get("value"), known.data.get("value")
    both = isinstance(ended, str) and isinstance(held, str)
    return both and not sameness.same_value(ended, held)
