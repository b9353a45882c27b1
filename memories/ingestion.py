"""Receive episodes. What is answered with an id is committed and will be extracted."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from governance import access, audit, subjects
from governance.audit import Action, Actor
from governance.errors import NotFound
from governance.models import Namespace
from governance.rules import namespace_settings
from governance.subjects import IdentityRef
from memories import episodes, screening
from memories.drafts import Place
from memories.models import Episode, Memory
from memories.rules import asked_secrets
from memories.screening import Screen, SecretRefused


@dataclass(frozen=True, slots=True)
class Received:
    """A conversation as a bot posts it. Each message: role, content, name, time (ISO 8601)."""

    refs: tuple[IdentityRef, ...]
    place: Place
    messages: Sequence[Mapping[str, Any]]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    # Set by `screened`: what it went through, and what was taken out of it.
    screen: Screen | None = None
    hits: Counter[str] = field(default_factory=Counter)


def screened(given: Received, *, namespace: Namespace, actor: Actor, now: datetime) -> Received:
    """The conversation as it may be written; no transaction is open while it is read.

    Raises SecretRefused naming the field, where the namespace refuses secrets; IdentityAmbiguous.
    """
    with access.scope(namespace.pk):
        known = subjects.find(list(given.refs), namespace_id=namespace.pk) if given.refs else None
        screen = screening.load(namespace, subject_id=known.subject_id if known else None)
    hits: Counter[str] = Counter()
    messages = []
    asked = ""
    try:
        for index, message in enumerate(given.messages):
            answers = asked if message.get("role") == "user" else ""
            cleaned, found = _cleaned(message, screen, at=f"messages[{index}]", asked=answers)
            messages.append(cleaned)
            hits += found
            asked = asked_secrets.asked(message.get("content") or "")
        metadata, more = screening.clean_json(dict(given.metadata), screen, at="metadata")
    except SecretRefused:
        screening.note_refusal(namespace, screen, actor=actor, now=now)
        raise
    return replace(given, messages=messages, metadata=metadata, screen=screen, hits=hits + more)


def _cleaned(
    message: Mapping[str, Any], screen: Screen, *, at: str, asked: str
) -> tuple[dict[str, Any], Counter[str]]:
    cleaned, hits = dict(message), Counter[str]()
    for part, answers in (("content", asked), ("name", "")):
        if message.get(part):
            found = screening.clean(message[part], screen, at=f"{at}.{part}", asked=answers)
            cleaned[part] = found.text
            hits += found.hits
    return cleaned, hits


def receive(
    given: Received, *, namespace: Namespace, actor: Actor, key_id: uuid.UUID, now: datetime
) -> Episode:
    """Store the episode as RECEIVED; the row is the queue that extraction works off.

    What was not screened yet is screened first. Raises SecretRefused, IdentityAmbiguous, and
    SubjectNotAccepting for a subject of whom nothing may be remembered.
    """
    if given.screen is None:
        given = screened(given, namespace=namespace, actor=actor, now=now)
    settings = namespace_settings.read(namespace.settings)
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
            next_attempt_at=episodes.first_attempt_at(settings, now),
        )
        audit.record(
            Action.EPISODE_RECEIVED,
            namespace_id=namespace.pk,
            actor=actor,
            target=episode,
            now=now,
            details={"messages": len(given.messages)},
        )
        if given.hits and given.screen is not None:
            screening.note_found(given.hits, given.screen, actor=actor, target=episode, now=now)
    return episode


def status(episode_id: uuid.UUID, *, namespace_id: uuid.UUID) -> tuple[Episode, list[uuid.UUID]]:
    """The episode and the memories that rest on it. Raises NotFound."""
    with access.scope(namespace_id):
        episode = Episode.objects.filter(namespace_id=namespace_id, pk=episode_id).first()
        if episode is None:
            raise NotFound("There is no episode with this id here.")
        kept = Memory.objects.filter(namespace_id=namespace_id, episode_id=episode_id)
        return episode, list(kept.order_by("pk").values_list("pk", flat=True)[:1000])
