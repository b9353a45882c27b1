"""The queue of episodes: claimed by lease, finished once, put back when a model does not answer."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Q, When

from governance import audit
from governance.audit import SYSTEM, Action
from memories.models import Episode
from memories.models.episode import EpisodeState

BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(minutes=10)
# A worker that dies on an episode again and again must not do so for ever.
MAX_INTERRUPTIONS = 10

_WAITING = Q(state=EpisodeState.RECEIVED) | Q(state=EpisodeState.EXTRACTING)


def _free(now: datetime) -> Q:
    due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    unleased = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return _WAITING & due & unleased


def claim(episode_id: uuid.UUID, *, namespace_id: uuid.UUID, now: datetime) -> Episode | None:
    """Take the episode for a while, by one UPDATE; None if another has it or it is done."""
    lease = timedelta(seconds=settings.EXTRACTION_LEASE_SECONDS)
    mine = Episode.objects.filter(namespace_id=namespace_id, pk=episode_id)
    taken = mine.filter(_free(now)).update(
        state=EpisodeState.EXTRACTING,
        lease_until=now + lease,
        attempts=F("attempts") + 1,
        # Still EXTRACTING: whoever had it ended in the middle.
        interruptions=F("interruptions") + Case(When(state="EXTRACTING", then=1), default=0),
    )
    return mine.get() if taken else None


def still_mine(episode: Episode) -> Episode | None:
    """The claimed row under a lock, unless the lease ran out and another finished or took it."""
    return (
        Episode.objects.select_for_update()
        .filter(
            namespace_id=episode.namespace_id,
            pk=episode.pk,
            state=EpisodeState.EXTRACTING,
            attempts=episode.attempts,
        )
        .first()
    )


def finish(episode: Episode, *, extractor: str, decided: Iterable[str], now: datetime) -> None:
    """The episode is DONE. In the transaction that wrote its memories."""
    yielded = dict(Counter(decided))
    _end(episode, EpisodeState.DONE, now, extractor=extractor, yielded=yielded, waiting_for="")
    audit.record(
        Action.EPISODE_EXTRACTED,
        namespace_id=episode.namespace_id,
        actor=SYSTEM,
        target=episode,
        now=now,
        details={"extractor": extractor, "yielded": yielded},
    )


def fail(episode: Episode, *, code: str, now: datetime) -> None:
    """The episode cannot be extracted: FAILED, visible, and left for a person to look at."""
    _end(episode, EpisodeState.FAILED, now, waiting_for=code)
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
    Episode.objects.filter(namespace_id=episode.namespace_id, pk=episode.pk).update(
        state=EpisodeState.RECEIVED,
        lease_until=None,
        next_attempt_at=now + wait,
        waiting_for=waiting_for,
    )


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


def _end(episode: Episode, state: EpisodeState, now: datetime, **fields: object) -> None:
    Episode.objects.filter(namespace_id=episode.namespace_id, pk=episode.pk).update(
        state=state, lease_until=None, next_attempt_at=None, done_at=now, **fields
    )
