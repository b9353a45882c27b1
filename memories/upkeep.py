"""What beat sees to: lost wake-ups, missing vectors, content past its days."""

import logging
import uuid
from datetime import datetime, timedelta

from governance import access
from governance.models import Namespace
from governance.rules import namespace_settings
from memories import answers, episodes, reembedding, traces, uses
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingUnavailable

log = logging.getLogger("remembrancer.upkeep")
WAKE_LIMIT = 200
BATCH = 500
ANSWERS_KEPT = timedelta(days=1)


def waiting_episodes(namespace_id: uuid.UUID, *, now: datetime) -> list[uuid.UUID]:
    """Episodes that nobody works on."""
    with access.scope(namespace_id):
        return episodes.waiting(namespace_id=namespace_id, now=now, limit=WAKE_LIMIT)


def embed_waiting(namespace_id: uuid.UUID, *, every: bool = False) -> int:
    """Embed the memories that wait for the namespace's model; returns how many.

    `every`: also those that the model has no row of, such as what was being written while the
    namespace moved to it. That reads all memories: not often.
    """
    namespace = Namespace.objects.get(pk=namespace_id)
    name = namespace_settings.read(namespace.settings).embedding_model
    done = 0
    try:
        model = embeddings.serving(name)
        while count := reembedding.batch(namespace, model, limit=BATCH, only_waiting=not every):
            done += count
    except EmbeddingUnavailable as error:
        log.warning("vectors wait", extra={"error": str(error)})
    return done


def clear_old(namespace_id: uuid.UUID, *, now: datetime) -> None:
    """Delete or empty what was kept for a number of days only."""
    namespace = Namespace.objects.get(pk=namespace_id)
    settings = namespace_settings.read(namespace.settings)
    messages_before = now - timedelta(days=settings.message_days)
    cleared = BATCH
    while cleared == BATCH:
        with access.scope(namespace_id):
            cleared = episodes.clear_messages(
                namespace_id=namespace_id, before=messages_before, limit=BATCH, now=now
            )
    with access.scope(namespace_id):
        answers.clear(namespace_id=namespace_id, before=now - ANSWERS_KEPT)
    # What old traces tell of uses is counted before they go.
    count_uses(namespace_id)
    traces_before, gone = now - timedelta(days=settings.trace_days), BATCH
    while gone == BATCH:
        with access.scope(namespace_id):
            gone = traces.clear(namespace_id=namespace_id, before=traces_before, limit=BATCH)


def count_uses(namespace_id: uuid.UUID) -> int:
    """Count the recalls that traces tell of, until none is left; returns how many traces."""
    done = 0
    while True:
        with access.scope(namespace_id):
            counted = uses.count(namespace_id, limit=BATCH)
        if not counted:
            return done
        done += counted
