"""A batch: the waiting episodes of one conversation, claimed together and ended together."""

import logging
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from governance import access, subjects
from governance.errors import SubjectNotAccepting
from governance.models import MemoryType, Namespace, Subject
from governance.rules import namespace_settings
from governance.rules.namespace_settings import NamespaceSettings
from memories import counts, episodes, memory_types, reading, screening
from memories.drafting import Said
from memories.drafts import Draft
from memories.entries import Outcome
from memories.episodes import Account
from memories.models import Episode
from memories.providers import embeddings, extractors
from memories.providers.embeddings import EmbeddingModel
from memories.providers.extractors import Extractor
from memories.rules import echoes
from memories.rules.candidates import Turn
from memories.rules.owner import Owner
from memories.rules.readings import Meter
from memories.screening import Screen, SecretRefused

log = logging.getLogger("remembrancer.extraction")


@dataclass(slots=True)
class Batch:
    """Claimed episodes, oldest first, with what their namespace says, and what became of them."""

    episodes: list[Episode]
    owner: Owner
    settings: NamespaceSettings
    types: dict[str, MemoryType]
    embedding: EmbeddingModel
    extractor: Extractor
    screen: Screen
    before: list[Turn]
    recalled: list[str]
    said: list[Said] = field(default_factory=list)
    meter: Meter = field(default_factory=Meter)
    rejected: dict[uuid.UUID, Counter[str]] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> Episode:
        """The oldest: what a batch cost stands on it."""
        return self.episodes[0]

    @property
    def namespace_id(self) -> uuid.UUID:
        """Where all of it happens."""
        return self.owner.namespace_id

    def reject(self, turn: int, code: str) -> None:
        """Count a candidate that fell, where it would have rested."""
        self.rejected.setdefault(self.said[turn].episode.pk, Counter())[code] += 1

    def owner_now(self) -> Owner:
        """Read anew: the identity may have been linked to another subject meanwhile.

        Inside the namespace's scope.
        """
        return _owner(self.first)


def claim(episode_id: uuid.UUID, *, namespace_id: uuid.UUID, now: datetime) -> Batch | None:
    """Take the episode, and for a language model what else of its conversation waits.

    None when another has it, it is done, or nothing may be kept of its subject: then it FAILED.
    """
    with access.scope(namespace_id):
        namespace = Namespace.objects.get(pk=namespace_id)
        settings = namespace_settings.read(namespace.settings)
        embedding = embeddings.serving(settings.embedding_model)
        extractor = extractors.serving(settings, embedding)
        lasting = _lease(extractor)
        claimed = episodes.claim(episode_id, namespace_id=namespace_id, now=now, lasting=lasting)
        if claimed is None:
            return None
        taken = [claimed]
        if extractor.reads_batches:
            room = settings.batch_messages - len(claimed.messages)
            taken += episodes.claim_others(claimed, messages=room, now=now, lasting=lasting)
        taken.sort(key=lambda episode: episode.pk)
        owner = _owner(claimed)
        if _is_closed(owner):
            # Of whom nothing may be kept, nothing is shown to a model either.
            for episode in taken:
                episodes.fail(episode, code=SubjectNotAccepting.code, now=now)
            return None
        types = memory_types.by_name(namespace_id)
        recalled = reading.recalled_lately(owner, now=now)
        return Batch(
            episodes=taken,
            owner=owner,
            settings=settings,
            types=types,
            embedding=embedding,
            extractor=extractor,
            screen=screening.load(namespace, subject_id=owner.subject_id, types=types),
            before=reading.before(taken[0]) if extractor.reads_batches else [],
            recalled=recalled,
        )


def screened(batch: Batch) -> None:
    """Take out what a recall put into the turns, and what a rule forbids since they were received.

    Outside any transaction.
    """
    for episode in batch.episodes:
        for position, turn in enumerate(reading.turns(episode, start=len(batch.said))):
            batch.said.append(Said(_allowed(_own(turn, batch), batch), episode, position))
    batch.before = [_allowed(turn, batch) for turn in batch.before]


def renew(batch: Batch, *, now: datetime) -> bool:
    """Hold it for one more reading; False when another worker has some of it by now."""
    with access.scope(batch.namespace_id):
        return episodes.renew(batch.episodes, now=now, lasting=_lease(batch.extractor))


def put_back(batch: Batch, code: str, *, now: datetime) -> None:
    """What it needs does not answer: it waits, and is tried again by itself."""
    with access.scope(batch.namespace_id):
        for episode in batch.episodes:
            episodes.put_back(episode, waiting_for=code, now=now)
        counts.add(batch.meter.as_counted(), namespace_id=batch.namespace_id, now=now)
    for episode in batch.episodes:
        log.warning("episode waits", extra={"episode": str(episode.pk), "for": code})


def fail(batch: Batch, code: str, *, now: datetime) -> None:
    """It cannot be read: FAILED, until a person has it tried again."""
    with access.scope(batch.namespace_id):
        for episode in batch.episodes:
            account = _account(batch, episode, Counter())
            episodes.fail(episode, code=code, now=now, account=account)
        counts.add(batch.meter.as_counted(), namespace_id=batch.namespace_id, now=now)
    for episode in batch.episodes:
        log.error("episode failed", extra={"episode": str(episode.pk), "for": code})


def finish(
    batch: Batch,
    held: Sequence[Episode],
    decided: Sequence[tuple[Draft, Outcome]],
    *,
    now: datetime,
) -> None:
    """The episodes that are still ours are DONE, and all is counted.

    In the transaction that wrote their memories, as its last deed.
    """
    by_episode: dict[uuid.UUID | None, Counter[str]] = {}
    for draft, outcome in decided:
        decisions = by_episode.setdefault(draft.place.episode_id, Counter())
        decisions[outcome.resolution.decision.value] += 1
    counted: Counter[str] = Counter(batch.meter.as_counted())
    for episode in held:
        account = _account(batch, episode, by_episode.get(episode.pk, Counter()))
        episodes.finish(episode, account, now=now)
        counted += _counted(account)
    # Both in one: two statements could wait for another writer's two the other way round.
    screening.note(counted + batch.hits, batch.screen, now=now)


def _lease(extractor: Extractor) -> timedelta:
    return episodes.lease(calls_a_model=extractor.reads_batches)


def _owner(episode: Episode) -> Owner:
    subject_id = episode.subject_id
    if episode.identity_id is not None:
        subject_id = subjects.leads_to(episode.identity_id, namespace_id=episode.namespace_id)
    return Owner(episode.namespace_id, subject_id, episode.agent_id)


def _is_closed(owner: Owner) -> bool:
    if owner.subject_id is None:
        return False
    subject = Subject.objects.get(namespace_id=owner.namespace_id, pk=owner.subject_id)
    try:
        access.refuse_if_closed(subject)
    except SubjectNotAccepting:
        return True
    return False


def _own(turn: Turn, batch: Batch) -> Turn:
    if turn.role != "user":
        return turn
    return replace(turn, content=echoes.without_blocks(turn.content, batch.recalled))


def _allowed(turn: Turn, batch: Batch) -> Turn:
    if not batch.screen.forbidden:
        return turn
    try:
        content = screening.clean(turn.content, batch.screen, at="content").text
    except SecretRefused:
        content = ""
    return replace(turn, content=content)


def _account(batch: Batch, episode: Episode, decided: Counter[str]) -> Account:
    extractor = batch.extractor
    return Account(
        extractor=extractor.name,
        model=extractor.model,
        prompt_version=extractor.prompt_version,
        decided=decided,
        rejected=batch.rejected.get(episode.pk, Counter()),
        # Once, on the first: so the sum over episodes is what was paid.
        tokens=batch.meter.as_stored() if episode.pk == batch.first.pk else {},
    )


def _counted(account: Account) -> Counter[str]:
    """By the names of the namespace's counters. What the screen refused it counts itself."""
    fell = {code: n for code, n in account.rejected.items() if not code.startswith("screen.")}
    candidates = sum(account.decided.values()) + sum(account.rejected.values())
    return Counter(
        {
            "extraction.episodes": 1,
            "extraction.candidates": candidates,
            **{f"extraction.rejected.{code}": n for code, n in fell.items()},
            **{f"decision.{name.lower()}": n for name, n in account.decided.items()},
        }
    )
