"""Receive episodes. What is answered with an id is committed and will be extracted."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from governance import access, audit, subjects
from governance.audit import Action, Actor
from governance.errors import NotFound
from governance.models import Namespace
from governance.subjects import IdentityRef
from memories.drafts import Place
from memories.models import Episode, Memory


@dataclass(frozen=True, slots=True)
class Received:
    """A conversation as a bot posts it. Each message: role, content, name, time (ISO 8601)."""

    refs: tuple[IdentityRef, ...]
    place: Place
    messages: Sequence[Mapping[str, Any]]
    metadata: Mapping[str, Any] = field(default_factory=dict)


def receive(
    given: Received, *, namespace: Namespace, actor: Actor, key_id: uuid.UUID, now: datetime
) -> Episode:
    """Store the episode as RECEIVED; the row is the queue that extraction works off.

    Raises SubjectNotAccepting for a subject of whom nothing may be remembered, and
    IdentityAmbiguous.
    """
    with access.scope(namespace.pk):
        identity = None
        if given.refs:
            identity = subjects.find_or_create(
                list(given.refs), namespace_id=namespace.pk, actor=actor, now=now
            )
        episode = Episode.objects.create(
            namespace=namespace,
            subject_id=identity.subject_id if identity else None,
            identity=identity,
            agent_id=given.place.agent_id,
            app_id=given.place.app_id,
            run_id=given.place.run_id,
            messages=[dict(message) for message in given.messages],
            metadata=dict(given.metadata),
            key_id=key_id,
            received_at=now,
            next_attempt_at=now,
        )
        audit.record(
            Action.EPISODE_RECEIVED,
            namespace_id=namespace.pk,
            actor=actor,
            target=episode,
            now=now,
            details={"messages": len(given.messages)},
        )
    return episode


def status(episode_id: uuid.UUID, *, namespace_id: uuid.UUID) -> tuple[Episode, list[uuid.UUID]]:
    """The episode and the memories that rest on it. Raises NotFound."""
    with access.scope(namespace_id):
        episode = Episode.objects.filter(namespace_id=namespace_id, pk=episode_id).first()
        if episode is None:
            raise NotFound("There is no episode with this id here.")
        kept = Memory.objects.filter(namespace_id=namespace_id, episode_id=episode_id)
        return episode, list(kept.order_by("pk").values_list("pk", flat=True)[:1000])
