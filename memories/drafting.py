"""From what an extractor proposed to what may be decided on."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance.models import MemoryType
from governance.rules import sensitivity
from memories import vectors
from memories.drafts import Draft, Place
from memories.models import Episode
from memories.providers.embeddings import EmbeddingModel
from memories.rules import injections, statements, trust
from memories.rules.candidates import Candidate, Turn
from memories.rules.statements import Statement

INSTRUCTION_SHAPED = "instruction_shaped"
# Said again of another day, an event is another one; a fact is the same.
_EVENTS = "interaction"


@dataclass(frozen=True, slots=True)
class Said:
    """A turn of a batch, and where it stands: the message of an episode."""

    turn: Turn
    episode: Episode
    message_index: int


def draft(candidate: Candidate, said: Sequence[Said], kind: MemoryType, *, made_by: str) -> Draft:
    """What may be kept of a candidate, not indexed yet. `said` is the batch, by turn."""
    rests_on = said[candidate.message_index]
    turn, episode = rests_on.turn, rests_on.episode
    return Draft(
        type=kind,
        text=candidate.text,
        trust=trust.of_role(turn.role),
        # A clock that runs ahead must not hide what was said.
        valid_from=min(turn.at, episode.received_at),
        place=Place(
            episode.agent_id, episode.app_id, episode.run_id, episode.pk, rests_on.message_index
        ),
        data=candidate.data,
        slot=candidate.slot or "",
        metadata=episode.metadata,
        categories=candidate.categories,
        importance=candidate.importance,
        confidence=candidate.confidence,
        sensitivity=sensitivity.higher(kind.sensitivity, candidate.sensitivity),
        speaker=candidate.speaker,
        occurred_at=candidate.occurred_at or turn.at,
        dated=candidate.occurred_at is not None or kind.name == _EVENTS,
        relation=candidate.relation,
        about=candidate.about,
        unless_retracted=candidate.unless_retracted,
        made_by=made_by,
        quarantine_for=INSTRUCTION_SHAPED if _instructs(candidate, turn) else "",
    )


def index(
    drafts: Sequence[Draft],
    turns: Sequence[int],
    said: Sequence[Said],
    *,
    model: EmbeddingModel,
    language: str,
) -> None:
    """Give each draft its vector and terms. `turns`: where the turn of each stands in `said`.

    Raises EmbeddingUnavailable.
    """
    spoken = [statements.said(one.turn.content, one.turn.speaker) for one in said]
    stated = [_statement(one, spoken[: turns[at]]) for at, one in enumerate(drafts)]
    made = vectors.embed(stated, model=model)
    for one, statement, vector in zip(drafts, stated, made, strict=True):
        one.terms = vectors.terms(statement, language=language)
        one.vector = vector


def _instructs(candidate: Candidate, turn: Turn) -> bool:
    return injections.is_injection(turn.content) or injections.is_injection(candidate.text)


def _statement(one: Draft, before: Sequence[str]) -> Statement:
    return statements.statement(
        one.text,
        speaker=one.speaker,
        occurred_at=one.occurred_at,
        slot=one.slot,
        before=before,
    )
