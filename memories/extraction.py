"""From an episode to memories: claim, propose, then decide and write in one transaction."""

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings as site
from django.utils.module_loading import import_string

from governance import access, subjects
from governance.audit import SYSTEM
from governance.errors import IdentityConflict, SubjectNotAccepting
from governance.models import MemoryType, Namespace
from governance.rules import namespace_settings, sensitivity
from memories import entries, episodes, memory_types, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper
from memories.models import Episode
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingModel, EmbeddingUnavailable, Vectors
from memories.rules import statements, trust
from memories.rules.candidates import Candidate, Turn
from memories.rules.owner import Owner
from memories.rules.statements import Statement

log = logging.getLogger("remembrancer.extraction")


@dataclass(frozen=True, slots=True)
class _Work:
    """A claimed episode with what its namespace says about extraction."""

    episode: Episode
    types: dict[str, MemoryType]
    model: EmbeddingModel
    language: str


def extract(
    episode_id: uuid.UUID, *, namespace_id: uuid.UUID, clock: Callable[[], datetime]
) -> bool:
    """Extract one episode; False when another has it or it is done. Safe to run twice.

    No transaction is open while a model works. A model that does not answer puts the episode
    back, to be tried later.
    """
    work = _claim(episode_id, namespace_id, now=clock())
    if work is None:
        return False
    if work.episode.interruptions > episodes.MAX_INTERRUPTIONS:
        return _give_up(work, "too_many_interruptions", now=clock())
    turns = _turns(work.episode)
    try:
        proposed = _propose(turns, work)
        drafts = _drafts(proposed, turns, work)
    except EmbeddingUnavailable:
        with access.scope(namespace_id):
            episodes.put_back(work.episode, waiting_for="embedding_unavailable", now=clock())
        log.warning("episode waits", extra={"episode": str(episode_id), "for": "embedding"})
        return False
    return _write(work, drafts, now=clock())


def _claim(episode_id: uuid.UUID, namespace_id: uuid.UUID, *, now: datetime) -> _Work | None:
    with access.scope(namespace_id):
        episode = episodes.claim(episode_id, namespace_id=namespace_id, now=now)
        if episode is None:
            return None
        namespace = Namespace.objects.get(pk=namespace_id)
        settings = namespace_settings.read(namespace.settings)
        return _Work(
            episode,
            memory_types.by_name(namespace_id),
            embeddings.serving(settings.embedding_model),
            settings.language,
        )


def _turns(episode: Episode) -> list[Turn]:
    return [
        Turn(
            index=index,
            role=message["role"],
            content=message["content"],
            at=_time(message.get("time"), episode.received_at),
            name=message.get("name") or None,
        )
        for index, message in enumerate(episode.messages)
    ]


def _time(written: str | None, otherwise: datetime) -> datetime:
    found = datetime.fromisoformat(written) if written else otherwise
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _propose(turns: Sequence[Turn], work: _Work) -> list[Candidate]:
    extractor = import_string(site.MEMORIES_EXTRACTOR)()
    proposed: list[Candidate] = extractor.propose(
        turns, types=frozenset(work.types), embed=work.model.embed, model=work.model.name
    )
    return proposed


def _drafts(proposed: Sequence[Candidate], turns: Sequence[Turn], work: _Work) -> list[Draft]:
    stated = [_statement(candidate, turns) for candidate in proposed]
    made = vectors.embed(stated, model=work.model)
    return [
        _draft(candidate, turns[candidate.message_index], work, statement, vector)
        for candidate, statement, vector in zip(proposed, stated, made, strict=True)
    ]


def _statement(candidate: Candidate, turns: Sequence[Turn]) -> Statement:
    said = [statements.said(turn.content, turn.name or turn.role) for turn in turns]
    turn = turns[candidate.message_index]
    return statements.statement(
        candidate.text,
        speaker=candidate.speaker,
        occurred_at=candidate.occurred_at or turn.at,
        slot=candidate.slot or "",
        before=said[: candidate.message_index],
    )


def _draft(
    candidate: Candidate, turn: Turn, work: _Work, statement: Statement, vector: Vectors
) -> Draft:
    kind, episode = work.types[candidate.type], work.episode
    return Draft(
        type=kind,
        text=candidate.text,
        trust=trust.of_role(turn.role),
        valid_from=min(turn.at, episode.received_at),
        place=Place(
            episode.agent_id, episode.app_id, episode.run_id, episode.pk, candidate.message_index
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
        terms=vectors.terms(statement, language=work.language),
        vector=vector,
    )


def _write(work: _Work, drafts: Sequence[Draft], *, now: datetime) -> bool:
    episode = work.episode
    with access.scope(episode.namespace_id):
        # The subject before the episode, as whoever links identities locks them. Read anew: the
        # identity may have been linked to another subject since the episode was received.
        owner = _owner(episode)
        keeper = Keeper(owner, episode.identity_id, SYSTEM, now, work.model.name)
        try:
            entries.lock(owner)
            held = episodes.still_mine(episode)
            outcomes = entries.apply(drafts, keeper) if held else []
        except SubjectNotAccepting:
            episodes.fail(episode, code=SubjectNotAccepting.code, now=now)
            return False
        except IdentityConflict:
            episodes.put_back(episode, waiting_for=IdentityConflict.code, now=now)
            return False
        if held is None:
            return False
        decided = [outcome.resolution.decision.value for outcome in outcomes]
        episodes.finish(
            held, extractor=site.MEMORIES_EXTRACTOR.rpartition(".")[2], decided=decided, now=now
        )
    return True


def _owner(episode: Episode) -> Owner:
    subject_id = episode.subject_id
    if episode.identity_id is not None:
        subject_id = subjects.leads_to(episode.identity_id, namespace_id=episode.namespace_id)
    return Owner(episode.namespace_id, subject_id, episode.agent_id)


def _give_up(work: _Work, code: str, *, now: datetime) -> bool:
    with access.scope(work.episode.namespace_id):
        episodes.fail(work.episode, code=code, now=now)
    return False
