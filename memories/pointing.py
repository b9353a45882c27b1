"""Point what takes something back at the memory that it means, where it names none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from memories import reading
from memories.providers.embeddings import EmbeddingModel
from memories.rules import retractions
from memories.rules.candidates import Candidate, Relation, Turn
from memories.rules.owner import Owner

_TAKES_BACK = frozenset({Relation.ENDS, Relation.FORGETS})


def pointed(
    proposed: Sequence[Candidate],
    owner: Owner,
    *,
    model: EmbeddingModel,
    language: str,
    now: datetime,
) -> list[Candidate]:
    """The candidates; a retraction without a slot is about the one memory that says it, if any.

    Outside any transaction: it embeds. Raises EmbeddingUnavailable.
    """

    def about(candidate: Candidate) -> Candidate:
        asked = Turn(candidate.message_index, "user", candidate.text, now)
        near = reading.neighbours([asked], owner, model=model, language=language, now=now)
        at = retractions.ended(candidate.text, [one.text for one in near])
        return candidate if at is None else replace(candidate, about=near[at].id)

    return [about(one) if _names_nothing(one) else one for one in proposed]


def _names_nothing(candidate: Candidate) -> bool:
    takes_back = candidate.relation in _TAKES_BACK
    return takes_back and not candidate.slot and candidate.about is None
