"""Point what takes back or changes something at the memory that it means, where it names none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from memories import reading
from memories.providers.embeddings import EmbeddingModel
from memories.rules import retractions, stances
from memories.rules.candidates import Candidate, Relation, Turn
from memories.rules.owner import Owner
from memories.rules.readings import Neighbour
from memories.rules.stances import Stance

_TAKES_BACK = frozenset({Relation.ENDS, Relation.FORGETS})


def pointed(
    proposed: Sequence[Candidate],
    owner: Owner,
    *,
    model: EmbeddingModel,
    language: str,
    now: datetime,
) -> list[Candidate]:
    """The candidates; a retraction without a slot is about the one memory that says it, if any,
    and what is said otherwise of the same thing changes the one memory that it cannot stand beside.

    Outside any transaction: it embeds. Raises EmbeddingUnavailable.
    """

    def near(candidate: Candidate) -> list[Neighbour]:
        asked = Turn(candidate.message_index, "user", candidate.text, now)
        return reading.neighbours([asked], owner, model=model, language=language, now=now)

    def about(candidate: Candidate) -> Candidate:
        if candidate.slot or candidate.about is not None:
            return candidate
        if candidate.relation in _TAKES_BACK:
            return _ending(candidate, near(candidate))
        taken = _stance(candidate, language)
        return _changing(candidate, taken, near(candidate), language) if taken else candidate

    return [about(one) for one in proposed]


def _ending(candidate: Candidate, near: Sequence[Neighbour]) -> Candidate:
    at = retractions.ended(candidate.text, [one.text for one in near])
    return candidate if at is None else replace(candidate, about=near[at].id)


def _stance(candidate: Candidate, language: str) -> Stance | None:
    """What a statement of how things stand says of one thing; an event says nothing of it."""
    # Of the words of a retraction, the retraction does what is to be done.
    done = candidate.unless_retracted or candidate.relation is not Relation.NEW
    if done or candidate.occurred_at:
        return None
    return stances.stance(candidate.text, language=language)


def _changing(
    candidate: Candidate, taken: Stance, near: Sequence[Neighbour], language: str
) -> Candidate:
    held = [(one, stances.stance(one.text, language=language)) for one in near if not one.slot]
    changed = [one for one, other in held if other and stances.changes(taken, other)]
    if len(changed) != 1 or changed[0].type != candidate.type:
        return candidate
    return replace(candidate, relation=Relation.CHANGES, about=changed[0].id)
