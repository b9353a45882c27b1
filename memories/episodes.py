"""The queue of episodes: claimed by lease, finished once, put back when a model does not answer."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, When

from governance import audit
from governance.audit import SYSTEM, Action, Actor
from governance.errors import DomainError, NotFound
from governance.rules.namespace_settings import NamespaceSettings
from memories.models import Episode
from memories.models.episode import EpisodeState
from memories.providers import extractors

BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(minutes=10)
# A worker that dies on an episode again and again must not do so for ever.
MAX_INTERRUPTIONS = 10

# Why a person's retry waits: it is read alone, so that what failed takes no other with it.
RETRIED = "retried"

_WAITING = Q(state=EpisodeState.RECEIVED) | Q(state=EpisodeState.EXTRACTING)


def _free(now: datetime) -> Q:
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    unleased = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return _WAITING & due & unleased


class EpisodeNotRetriable(DomainError):
    """Only an episode that failed, and still holds its messages, is tried again."""

    code, http_status, title = "episode_not_retriable", 409, "The episode cannot be tried again"


@dataclass(frozen=True, slots=True)
class Account:
    """What reading an episode came to: who read it, what was decided, what fell, what it cost."""

    extractor: str
    model: str = ""
    prompt_version: str = ""
    decided: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[str, int] = field(default_factory=dict)
    tokens: Mapping[str, int] = field(default_factory=dict)


def first_attempt_at(namespace: NamespaceSettings, now: datetime) -> datetime:
    """When a new episode is due: a conversation may rest, so that one reading has more of it."""
    rest = namespace.debounce_seconds
    if rest is None:
        read_by_model = extractors.is_model(namespace)
        rest = settings.EXTRACTION_DEBOUNCE_SECONDS if read_by_model else 0
    return now + timedelta(seconds=rest)


def lease(*, calls_a_model: bool) -> timedelta:
    """How long a reading may take before another worker may take over."""
    seconds = settings.EXTRACTION_LEASE_SECONDS
    if calls_a_model:
        # Two calls at most: one to read, one to mend the reply.
        seconds += 2 * settings.LANGUAGE_MODEL_TIMEOUT
    return timedelta(seconds=seconds)


def claim(
    episode_id: uuid.UUID,
    *,
    namespace_id: uuid.UUID,
    now: datetime,
    lasting: timedelta | None = None,
) -> Episode | None:
    """Take the episode for a while, by one UPDATE; None if another has it or it is done."""
    mine = Episode.objects.filter(namespace_id=namespace_id, pk=episode_id)
    taken = mine.filter(_free(now)).update(
        state=EpisodeState.EXTRACTING,
        lease_until=now + (lasting or lease(calls_a_model=False)),
        attempts=F("attempts") + 1,
        # Still EXTRACTING: whoever had it ended in the middle.
        interruptions=F("interruptions") + Case(When(state="EXTRACTING", then=1), default=0),
    )
    return mine.get() if taken else None


def claim_others(
    claimed: Episode, *, messages: int, now: datetime, lasting: timedelta
) -> list[Episode]:
    """Take what else of its conversation waits, up to so many messages, oldest first.

    Those that still rest come along. One that ended a worker or was retried by a person is read
    alone, and joins no other.
    """
    if messages < 1 or claimed.interruptions or claimed.waiting_for == RETRIED:
        return []
    size = Func("messages", function="jsonb_array_length", output_field=IntegerField())
    waiting = (
        Episode.objects.select_for_update(skip_locked=True)
        .filter(
            Q(("subject_id", claimed.subject_id), ("identity_id", claimed.identity_id)),
            namespace_id=claimed.namespace_id,
            agent_id=claimed.agent_id,
            app_id=claimed.app_id,
            run_id=claimed.run_id,
            state=EpisodeState.RECEIVED,
        )
        .exclude(waiting_for=RETRIED)
        .order_by("pk")
        .values_list("pk", size)[:messages]
    )
    ids, room = [], messages
    for pk, count in waiting:
        if count > room:
            break
        ids.append(pk)
        room -= count
    if not ids:
        return []
    taken = Episode.objects.filter(namespace_id=claimed.namespace_id, pk__in=ids)
    taken.update(
        state=EpisodeState.EXTRACTING, lease_until=now + lasting, attempts=F("attempts") + 1
    )
    return list(taken.order_by("pk"))


def renew(batch: Sequence[Episode], *, now: datetime, lasting: timedelta) -> bool:
    """Hold the batch for as long again; False when some of it is another's by now."""
    held = sum(_held(episode).update(lease_until=now + lasting) for episode in batch)
    return held == len(batch)


def still_mine(episode: Episode) -> Episode | None:
    """The claimed row under a lock, unless the lease ran out and another finished or took it."""
    return _held(episode).select_for_update().first()


def finish(episode: Episode, account: Account, *, now: datetime) -> None:
    """The episode is DONE. In the transaction that wrote its memories."""
    yielded = dict(account.decided)
    _end(
        episode,
        EpisodeState.DONE,
        now,
        extractor=account.extractor,
        model=account.model,
        prompt_version=account.prompt_version,
        yielded=yielded,
        rejected=dict(account.rejected),
        tokens=dict(account.tokens),
        waiting_for="",
    )
    details: dict[str, object] = {"extractor": account.extractor, "yielded": yielded}
    if account.model:
        details |= {"model": account.model, "prompt_version": account.prompt_version}
    audit.record(
        Action.EPISODE_EXTRACTED,
        namespace_id=episode.namespace_id,
        actor=SYSTEM,
        target=episode,
        now=now,
        details=details,
    )


def fail(episode: Episode, *, code: str, now: datetime, account: Account | None = None) -> None:
    """The episode cannot be extracted: FAILED, visible, and left for a person to look at.

    Nothing happens when another worker has it by now.
    """
    told: dict[str, object] = {}
    if account is not None:
        told = {
            "extractor": account.extractor,
            "model": account.model,
            "prompt_version": account.prompt_version,
            "tokens": dict(account.tokens),
        }
    if not _end(episode, EpisodeState.FAILED, now, waiting_for=code, **told):
        return
    audit.record(
        Action.EPISODE_FAILED,
        namespace_id=episode.namespace_id,
        actor=SYSTEM,
        target=episode,
        now=now,
        details={"code": code},
    )


def put_back(episode: Episode, *, waiting_for: str, now: datetime) -> None:
    """Something needed does not answer: wait, visibly, and longer each time. Nothing is lost."""
    wait = min(BACKOFF * 2 ** min(episode.attempts - 1, 10), LONGEST_BACKOFF)
    _held(episode).update(
        state=EpisodeState.RECEIVED,
        lease_until=None,
        next_attempt_at=now + wait,
        waiting_for=waiting_for,
    )


def retry(
    episode_id: uuid.UUID, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> Episode:
    """Let a FAILED episode be read again, now. Inside the scope.

    Raises NotFound, and EpisodeNotRetriable with the reason.
    """
    mine = Episode.objects.select_for_update().filter(namespace_id=namespace_id, pk=episode_id)
    episode = mine.first()
    if episode is None:
        raise NotFound("There is no episode with this id here.")
    if episode.state != EpisodeState.FAILED:
        raise EpisodeNotRetriable(f"It is {episode.state}; only one that is FAILED is tried again.")
    if not any(message.get("content") for message in episode.messages):
        raise EpisodeNotRetriable("Its messages are not kept any more. Post them again.")
    # Its attempts count on: a worker that still holds an old one must not take it for its own.
    episode.state, episode.waiting_for = EpisodeState.RECEIVED, RETRIED
    episode.interruptions, episode.next_attempt_at, episode.done_at = 0, now, None
    episode.save(
        update_fields=["state", "waiting_for", "interruptions", "next_attempt_at", "done_at"]
    )
    audit.record(
        Action.EPISODE_RETRIED, namespace_id=namespace_id, actor=actor, target=episode, now=now
    )
    return episode


def waiting(*, namespace_id: uuid.UUID, now: datetime, limit: int) -> list[uuid.UUID]:
    """Episodes that nobody works on, oldest first: lost wake-ups, ended leases, due retries."""
    rows = Episode.objects.filter(_free(now), namespace_id=namespace_id).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def clear_messages(*, namespace_id: uuid.UUID, before: datetime, limit: int, now: datetime) -> int:
    """Empty the raw messages of episodes that ended before a moment; returns how many."""
    rows = list(
        Episode.objects.filter(
            namespace_id=namespace_id,
            state__in=[EpisodeState.DONE, EpisodeState.FAILED],
            done_at__lt=before,
        ).exclude(messages=[])[:limit]
    )
    ids = [episode.pk for episode in rows]
    Episode.objects.filter(namespace_id=namespace_id, pk__in=ids).update(messages=[])
    audit.record_all(
        [audit.Deed(Action.EPISODE_CLEARED, episode) for episode in rows],
        namespace_id=namespace_id,
        actor=SYSTEM,
        now=now,
    )
    return len(rows)


def forget_message(episode_id: uuid.UUID, index: int, *, namespace_id: uuid.UUID) -> None:
    """Empty the message that a memory rested on. Inside the scope."""
    episode = (
        Episode.objects.select_for_update().filter(namespace_id=namespace_id, pk=episode_id).first()
    )
    if episode is None or index >= len(episode.messages):
        return
    episode.messages[index] = {**episode.messages[index], "content": ""}
    episode.save(update_fields=["messages"])


def _held(episode: Episode) -> QuerySet[Episode]:
    """The row, if it is still in the hands that claimed it."""
    return Episode.objects.filter(
        namespace_id=episode.namespace_id,
        pk=episode.pk,
        state=EpisodeState.EXTRACTING,
        attempts=episode.attempts,
    )


def _end(episode: Episode, state: EpisodeState, now: datetime, **fields: object) -> bool:
    ended = _held(episode).update(
        state=state, lease_until=None, next_attempt_at=None, done_at=now, **fields
    )
    return bool(ended)
