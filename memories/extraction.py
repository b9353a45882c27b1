"""From episodes to memories: claim, propose, then decide and write in one transaction."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from governance import access
from governance.audit import SYSTEM, Actor
from governance.errors import IdentityConflict, SubjectNotAccepting
from memories import batching, drafting, entries, episodes, pointing, reading, screening
from memories.batching import Batch
from memories.drafts import Draft
from memories.entries import Keeper
from memories.models import Episode
from memories.providers.embeddings import EmbeddingUnavailable
from memories.providers.llm import ModelUnavailable, RequestRefused
from memories.rules import batches
from memories.rules.candidates import Candidate, Turn
from memories.rules.known import Policy
from memories.rules.readings import Neighbour, Reading
from memories.rules.replies import Malformed

Clock = Callable[[], datetime]


def extract(episode_id: uuid.UUID, *, namespace_id: uuid.UUID, clock: Clock) -> bool:
    """Extract one episode, and with a language model what else of its conversation waits.

    False when another has it or it is done. Safe to run twice. No transaction is open while a
    model works. A model that does not answer puts the batch back, to be tried later.
    """
    batch = batching.claim(episode_id, namespace_id=namespace_id, now=clock())
    if batch is None:
        return False
    if batch.first.interruptions > episodes.MAX_INTERRUPTIONS:
        batching.fail(batch, "too_many_interruptions", now=clock())
        return False
    try:
        drafts = _drafts(batch, clock)
    except EmbeddingUnavailable:
        batching.put_back(batch, "embedding_unavailable", now=clock())
    except ModelUnavailable:
        batching.put_back(batch, "language_model_unavailable", now=clock())
    except RequestRefused:
        batching.fail(batch, "language_model_refused", now=clock())
    except Malformed:
        batching.fail(batch, "reply_malformed", now=clock())
    else:
        return drafts is not None and _write(batch, drafts, now=clock())
    return False


def retry(
    episode_id: uuid.UUID, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> Episode:
    """Let an episode that failed be tried again. Raises NotFound, EpisodeNotRetriable."""
    with access.scope(namespace_id):
        return episodes.retry(episode_id, namespace_id=namespace_id, actor=actor, now=now)


def _drafts(batch: Batch, clock: Clock) -> list[Draft] | None:
    """What may be decided on, indexed; None when the lease was lost. What falls is counted.

    Raises EmbeddingUnavailable, ModelUnavailable, RequestRefused, Malformed.
    """
    batching.screened(batch)
    candidates = _candidates(batch, clock)
    if candidates is None:
        return None
    candidates = pointing.pointed(
        candidates,
        batch.owner,
        model=batch.embedding,
        language=batch.settings.language,
        now=clock(),
    )
    made = [
        drafting.draft(one, batch.said, batch.types[one.type], made_by=batch.extractor.made_by)
        for one in candidates
    ]
    judged = screening.judge(made, batch.screen)
    batch.hits += judged.hits
    refused = dict(judged.refused)
    for at, code in refused.items():
        batch.reject(candidates[at].message_index, f"screen.{code}")
    stands = [one.message_index for at, one in enumerate(candidates) if at not in refused]
    drafting.index(
        judged.kept, stands, batch.said, model=batch.embedding, language=batch.settings.language
    )
    return list(judged.kept)


def _candidates(batch: Batch, clock: Clock) -> list[Candidate] | None:
    """What was proposed for the whole batch; None when another worker has some of it by now."""
    turns, before = [one.turn for one in batch.said], batch.before
    pieces = [turns]
    if batch.extractor.reads_batches:
        pieces = batches.cut(turns, messages=batch.settings.batch_messages)
    found: list[Candidate] = []
    for number, piece in enumerate(pieces):
        if number and not batching.renew(batch, now=clock()):
            return None
        asked = _reading(batch, piece, before, now=clock())
        proposed = batch.extractor.read(asked, batch.meter)
        found += [batches.placed(one, piece) for one in proposed.candidates]
        for fallen in proposed.rejected:
            batch.reject(piece[fallen.turn or 0].index, fallen.code)
        before = piece[-reading.TURNS_BEFORE :]
    return found


def _reading(
    batch: Batch, piece: Sequence[Turn], before: Sequence[Turn], *, now: datetime
) -> Reading:
    settings, near = batch.settings, list[Neighbour]()
    if batch.extractor.reads_batches:
        near = reading.neighbours(
            piece, batch.owner, model=batch.embedding, language=settings.language, now=now
        )
    return Reading(
        turns=batches.renumbered(piece),
        guides=reading.guides(batch.types),
        observed_at=now,
        before=before,
        neighbours=near,
        recalled=batch.recalled,
        instructions=settings.extraction_instructions,
        language=settings.language,
    )


def _write(batch: Batch, drafts: Sequence[Draft], *, now: datetime) -> bool:
    with access.scope(batch.namespace_id):
        # The subject before the episodes, as whoever links identities locks them.
        owner = batch.owner_now()
        policy = Policy(batch.settings.min_confidence, batch.settings.language)
        keeper = Keeper(owner, batch.first.identity_id, SYSTEM, now, batch.embedding.name, policy)
        try:
            entries.lock(owner)
            held = [one for one in map(episodes.still_mine, batch.episodes) if one]
            ours = {one.pk for one in held}
            mine = [one for one in drafts if one.place.episode_id in ours]
            outcomes = entries.apply(mine, keeper) if held else []
        except SubjectNotAccepting:
            batching.fail(batch, SubjectNotAccepting.code, now=now)
            return False
        except IdentityConflict:
            batching.put_back(batch, IdentityConflict.code, now=now)
            return False
        if held:
            batching.finish(batch, held, list(zip(mine, outcomes, strict=True)), now=now)
    return bool(held)
