"""Keep statements verbatim, as a bot hands them over; what was answered can be recalled at once."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from governance import access, subjects
from governance.audit import Actor
from governance.errors import DomainError, FieldError, IdentityConflict, InvalidInput
from governance.models import MemoryType, Namespace
from governance.rules import namespace_settings, sensitivity
from governance.subjects import IdentityRef
from memories import entries, memory_types, neighbours, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper, Outcome
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingModel, EmbeddingUnavailable, Vectors
from memories.rules import statements, trust
from memories.rules.owner import Owner
from memories.rules.statements import Statement

log = logging.getLogger("remembrancer.remembering")
TRIES = 3


class ModelUnavailable(DomainError):
    """Nobody can tell now how long a vector must be. Send it again shortly, or without it."""

    code, http_status = "embedding_unavailable", 503
    title = "The embedding model does not answer"


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A statement to keep as it stands; of a person (`refs`), or without refs of an agent."""

    refs: tuple[IdentityRef, ...]
    type: str
    text: str
    place: Place
    role: str = "user"
    slot: str = ""
    speaker: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    categories: Sequence[str] = ()
    importance: float = 0.5
    confidence: float = 1.0
    sensitivity: str = "normal"
    occurred_at: datetime | None = None
    valid_from: datetime | None = None
    expires_at: datetime | None = None
    vector: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Drafts with their vectors and terms, ready to be decided on in one short transaction."""

    namespace: Namespace
    model: str
    given: Sequence[Verbatim]
    drafts: Sequence[Draft]


def prepare(given: Sequence[Verbatim], *, namespace: Namespace, now: datetime) -> Prepared:
    """Check each statement and embed what has no vector; no transaction is open meanwhile.

    A model that does not answer delays nothing: what it should have embedded is kept, found by
    full text, and embedded later. Raises InvalidInput naming each field that cannot be used.
    """
    settings = namespace_settings.read(namespace.settings)
    model = embeddings.serving(settings.embedding_model)
    with access.scope(namespace.pk):
        types = memory_types.by_name(namespace.pk)
        before = _said_before(given, namespace.pk)
    drafts = [_draft(index, one, types, now) for index, one in enumerate(given)]
    stated = _statements(given, before)
    for draft, statement in zip(drafts, stated, strict=True):
        draft.terms = vectors.terms(statement, language=settings.language)
    _embed(drafts, given, stated, model)
    return Prepared(namespace, model.name, given, drafts)


def remember(prepared: Prepared, *, actor: Actor, now: datetime) -> list[Outcome]:
    """Decide on what was prepared and write it; outcomes in the order given.

    Raises SubjectNotAccepting, IdentityAmbiguous; IdentityConflict when an identity was linked
    to another subject again and again meanwhile.
    """
    for _ in range(TRIES - 1):
        try:
            return _remember(prepared, actor, now)
        except IdentityConflict:  # it leads to another subject since we looked: look again
            continue
    return _remember(prepared, actor, now)


def _remember(prepared: Prepared, actor: Actor, now: datetime) -> list[Outcome]:
    outcomes: dict[int, Outcome] = {}
    with access.scope(prepared.namespace.pk):
        for keeper, indexes in _by_owner(prepared, actor, now):
            drafts = [prepared.drafts[index] for index in indexes]
            outcomes.update(zip(indexes, entries.apply(drafts, keeper), strict=True))
    return [outcomes[index] for index in range(len(prepared.drafts))]


def _draft(index: int, one: Verbatim, types: Mapping[str, MemoryType], now: datetime) -> Draft:
    kind = memory_types.checked(one.type, one.slot, one.data, types=types, at=f"memories[{index}]")
    if one.valid_from is not None and one.valid_from > now:
        raise InvalidInput(
            "A memory cannot hold from a time to come.",
            fields=[FieldError(f"memories[{index}].valid_from", "Give a time that has come.")],
        )
    # A clock that runs ahead must not hide a statement until it catches up.
    began = one.valid_from or min(one.occurred_at or now, now)
    return Draft(
        type=kind,
        text=one.text or memory_types.as_text(one.slot, one.data),
        trust=trust.of_role(one.role),
        valid_from=began,
        place=one.place,
        data=one.data,
        slot=one.slot,
        metadata=one.metadata,
        categories=one.categories,
        importance=one.importance,
        confidence=one.confidence,
        sensitivity=sensitivity.higher(kind.sensitivity, one.sensitivity),
        speaker=one.speaker,
        occurred_at=one.occurred_at,
        expires_at=one.expires_at,
    )


_Run = tuple[tuple[IdentityRef, ...], str, str]


def _run(one: Verbatim) -> _Run:
    return one.refs, one.place.agent_id if not one.refs else "", one.place.run_id


def _said_before(given: Sequence[Verbatim], namespace_id: uuid.UUID) -> dict[_Run, list[str]]:
    found: dict[_Run, list[str]] = {}
    for run in {_run(one) for one in given if one.place.run_id}:
        refs, agent_id, run_id = run
        if not refs:
            found[run] = neighbours.last_said(Owner(namespace_id, None, agent_id), run_id)
        elif identity := subjects.find(list(refs), namespace_id=namespace_id):
            found[run] = neighbours.last_said(Owner(namespace_id, identity.subject_id), run_id)
    return found


def _statements(given: Sequence[Verbatim], before: Mapping[_Run, list[str]]) -> list[Statement]:
    said: dict[_Run, list[str]] = defaultdict(list, {run: list(t) for run, t in before.items()})
    stated = []
    for one in given:
        text = one.text or memory_types.as_text(one.slot, one.data)
        turns = said[_run(one)] if one.place.run_id else []
        stated.append(
            statements.statement(
                text,
                speaker=one.speaker,
                occurred_at=one.occurred_at,
                slot=one.slot,
                before=turns,
            )
        )
        turns.append(statements.said(text, one.speaker))
    return stated


def _embed(
    drafts: Sequence[Draft],
    given: Sequence[Verbatim],
    stated: Sequence[Statement],
    model: EmbeddingModel,
) -> None:
    missing = []
    for index, (draft, one) in enumerate(zip(drafts, given, strict=True)):
        if one.vector is None:
            missing.append(index)
        else:
            draft.vector = _given_vector(one.vector, model, at=f"memories[{index}].vector")
    try:
        made = vectors.embed([stated[index] for index in missing], model=model)
    except EmbeddingUnavailable as error:
        log.warning("embedding waits", extra={"error": str(error), "statements": len(missing)})
        return
    for index, vector in zip(missing, made, strict=True):
        drafts[index].vector = vector


def _given_vector(values: Vectors, model: EmbeddingModel, *, at: str) -> Vectors:
    row = np.asarray(values, np.float32)
    try:
        size = model.dimensions
    except EmbeddingUnavailable:
        raise ModelUnavailable from None
    if len(row) != size or not np.isfinite(row).all() or not row.any():
        raise InvalidInput(
            "A vector does not fit the namespace's embedding model.",
            fields=[FieldError(at, f"Give {size} finite numbers made by {model.name}.")],
        )
    whole: Vectors = embeddings.normalised(row[None, :])[0]
    return whole


def _by_owner(prepared: Prepared, actor: Actor, now: datetime) -> list[tuple[Keeper, list[int]]]:
    """Who keeps which drafts, in one order for all writers, or two of them could deadlock."""
    namespace_id = prepared.namespace.pk
    groups: dict[tuple[tuple[IdentityRef, ...], str], list[int]] = defaultdict(list)
    for index, one in enumerate(prepared.given):
        groups[one.refs, "" if one.refs else one.place.agent_id].append(index)
    keepers: dict[tuple[str, str], tuple[Keeper, list[int]]] = {}
    blank = Keeper(Owner(namespace_id, None, "-"), None, actor, now, prepared.model)
    # Sorted here too: two writers who meet the same new people wait for each other's rows.
    for (refs, agent_id), indexes in sorted(groups.items(), key=lambda group: group[0]):
        if not refs:
            keeper = replace(blank, owner=Owner(namespace_id, None, agent_id))
            keepers["agent", agent_id] = (keeper, indexes)
            continue
        identity = subjects.find_or_create(
            list(refs), namespace_id=namespace_id, actor=actor, now=now
        )
        keeper = replace(
            blank, owner=Owner(namespace_id, identity.subject_id), identity_id=identity.pk
        )
        keepers[str(identity.subject_id), str(identity.pk)] = (keeper, indexes)
    return [keepers[key] for key in sorted(keepers)]
