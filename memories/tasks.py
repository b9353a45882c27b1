"""Celery's doors. A task carries ids, may run twice, and calls one verb."""

import logging
import uuid
from datetime import datetime
from typing import Any

from celery import Task, shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from governance import namespaces
from memories import extraction, quality, upkeep

log = logging.getLogger("remembrancer.tasks")


def wake_worker(
    episode_id: uuid.UUID, namespace_id: uuid.UUID, *, due: datetime | None = None
) -> None:
    """Ask a worker to look at an episode when it is due, or now.

    If the broker is down, beat finds it later.
    """
    given = {"episode": str(episode_id), "namespace": str(namespace_id)}
    rests = due is not None and due > timezone.now()
    try:
        extract_episode.apply_async(kwargs=given, eta=due if rests else None)
    except OperationalError:
        log.warning("broker down; the episode waits", extra={"episode": str(episode_id)})


@shared_task
def extract_episode(*, episode: str, namespace: str, **_future: Any) -> None:
    """Safe to run twice: extraction claims the episode first."""
    extraction.extract(uuid.UUID(episode), namespace_id=uuid.UUID(namespace), clock=timezone.now)


@shared_task
def wake_waiting_episodes(**_future: Any) -> None:
    """Wake what was lost: the row is the queue of record."""
    _in_each_namespace(wake_waiting_episodes_of)


@shared_task
def wake_waiting_episodes_of(*, namespace: str, **_future: Any) -> None:
    """Wake what was lost in one namespace."""
    namespace_id = uuid.UUID(namespace)
    for episode_id in upkeep.waiting_episodes(namespace_id, now=timezone.now()):
        wake_worker(episode_id, namespace_id)


@shared_task
def embed_what_waits(**_future: Any) -> None:
    """Give vectors to memories that were kept while the model did not answer."""
    _in_each_namespace(embed_what_waits_of)


@shared_task
def embed_what_was_missed(**_future: Any) -> None:
    """Give vectors to memories that were written while their namespace moved to another model."""
    _in_each_namespace(embed_what_waits_of, every=True)


@shared_task
def embed_what_waits_of(*, namespace: str, every: bool = False, **_future: Any) -> None:
    """Give vectors to one namespace's memories; `every`: also to those the model never saw."""
    upkeep.embed_waiting(uuid.UUID(namespace), every=every)


@shared_task
def clear_old_content(**_future: Any) -> None:
    """Raw messages, traces and stored answers go when their days are over."""
    _in_each_namespace(clear_old_content_of)


@shared_task
def clear_old_content_of(*, namespace: str, **_future: Any) -> None:
    """One namespace's raw messages, traces and stored answers."""
    upkeep.clear_old(uuid.UUID(namespace), now=timezone.now())


@shared_task
def count_uses(**_future: Any) -> None:
    """Count which memories were recalled since the last time."""
    _in_each_namespace(count_uses_of)


@shared_task
def count_uses_of(*, namespace: str, **_future: Any) -> None:
    """Count which memories of one namespace were recalled."""
    upkeep.count_uses(uuid.UUID(namespace))


@shared_task
def measure_quality(**_future: Any) -> None:
    """Run each namespace's golden cases. Run twice, a namespace has two runs; no harm."""
    _in_each_namespace(measure_quality_of)


@shared_task
def measure_quality_of(*, namespace: str, **_future: Any) -> None:
    """Run one namespace's golden cases: in the nightly round, or because somebody asked for it."""
    quality.measure(uuid.UUID(namespace), now=timezone.now())


def _in_each_namespace(task: Task, **given: Any) -> None:
    """Run a task of its own for each namespace, here and one after the other.

    One that fails, be it for its own settings or for an error of ours, stops no other: Celery
    logs it as it logs every task that fails, and this names the namespace.
    """
    for namespace_id in namespaces.all_ids():
        done = task.apply(kwargs={"namespace": str(namespace_id), **given}, throw=False)
        if done.failed():
            told = {"namespace": str(namespace_id), "error": type(done.result).__name__}
            log.error("upkeep failed in one namespace", extra={"task": task.name, **told})


def start_measuring(namespace_id: uuid.UUID) -> None:
    """Ask a worker to run the golden cases now. If the broker is down, the night's run comes."""
    try:
        measure_quality_of.delay(namespace=str(namespace_id))
    except OperationalError:
        log.warning("broker down; quality waits", extra={"namespace": str(namespace_id)})
