"""Keep statements verbatim, as a bot hands them over; what was answered can be recalled at once."""

import logging
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from governance import access, subjects
from governance.audit import SYSTEM, Actor
from governance.errors import DomainError, FieldError, IdentityConflict, InvalidInput
from governance.models import MemoryType, Namespace
from governance.rules import namespace_settings, sensitivity
from governance.subjects import IdentityRef
from memories import entries, memory_types, neighbours, screening, vectors
from memories.drafts import Draft, Place
from memories.entries import Keeper, Outcome
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingModel, EmbeddingUnavailable, Vectors
from memories.rules import secrets, statements, trust
from memories.rules.known import Policy
from memories.rules.owner import Owner
from memories.rules.resolution import Decision, Resolution
from memories.rules.statements import Statement
from memories.screening import Screen, SecretRefused

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
    """Drafts with their vectors and terms, ready to be decided on in one short transaction.

    `drafts` are by their place in `given`; `refused` are the codes of the others.
    """

    namespace: Namespace
    model: str
    policy: Policy
    given: Sequence[Verbatim]
    drafts: Mapping[int, Draft]
    refused: Mapping[int, str]
    screen: Screen
    hits: Counter[str]


def prepare(
    given: Sequence[Verbatim], *, namespace: Namespace, now: datetime, actor: Actor = SYSTEM
) -> Prepared:
    """Check and screen each statement, and embed what has no vector; no transaction is open
    meanwhile.

    A model that does not answer delays nothing: what it should have embedded is kept, found by
    full text, and embedded later. Raises InvalidInput naming each field that cannot be used,
    SecretRefused where the namespace refuses secrets.
    """
    settings = namespace_settings.read(namespace.settings)
    model = embeddings.serving(settings.embedding_model)
    with access.scope(namespace.pk):
        types = memory_types.by_name(namespace.pk)
        before = _said_before(given, namespace.pk)
        screens = screening.load_by_refs({one.refs for one in given}, namespace, types=types)
    drafts = [_draft(index, one, types, now) for index, one in enumerate(given)]
    try:
        kept, refused, hits = _judged(drafts, given, screens)
    except SecretRefused:
        screening.note_refusal(namespace, screens[()], actor=actor, now=now)
        raise
    stated = _statements(kept, given, before)
    for index, draft in kept.items():
        draft.terms = vectors.terms(stated[index], language=settings.language)
    _embed(kept, given, stated, model)
    policy = Policy(settings.min_confidence, settings.language)
    return Prepared(namespace, model.name, policy, given, kept, refused, screens[()], hits)


def remember(prepared: Prepared, *, actor: Actor, now: datetime) -> list[Outcome]:
    """Decide on what was prepared and write it; outcomes in the order given.

    Of a statement that must not be kept nothing is written; its outcome is IGNORE with the code.
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
    outcomes = {
        index: Outcome(Resolution(Decision.IGNORE, code), None)
        for index, code in prepared.refused.items()
    }
    namespace = prepared.namespace
    with access.scope(namespace.pk):
        for keeper, indexes in _by_owner(prepared, actor, now):
            drafts = [prepared.drafts[index] for index in indexes]
            outcomes.update(zip(indexes, entries.apply(drafts, keeper), strict=True))
        if prepared.hits:
            screening.note_found(
                prepared.hits, prepared.screen, actor=actor, target=namespace, now=now
            )
    return [outcomes[index] for index in range(len(prepared.given))]


def _judged(
    drafts: Sequence[Draft],
    given: Sequence[Verbatim],
    screens: Mapping[tuple[IdentityRef, ...], Screen],
) -> tuple[dict[int, Draft], dict[int, str], Counter[str]]:
    kept: dict[int, Draft] = {}
    refused: dict[int, str] = {}
    hits: Counter[str] = Counter()
    for index, (draft, one) in enumerate(zip(drafts, given, strict=True)):
        judged = screening.judge([draft], screens[one.refs], at=f"memories[{index}]")
        hits += judged.hits
        if judged.refused:
            refused[index] = judged.refused[0][1]
        else:
            kept[index] = draft
    return kept, refused, hits


def _draft(index: int, one: Verbatim, types: Mapping[str, MemoryType], now: datetime) -> Draft:
    kind = memory_types.checked(one.type, one.slot, one.data, types=types, at=f"memories[{index}]")
    if one.valid_from is not None and one.valid_from > now:
        raise InvalidInput(
            "A memory cannot hold from a time to come.",
            fields=[FieldError(f"memories[{index}].valid_from", "Give a time that has come.")],
        )
    if secrets.find(one.slot):
        told = FieldError(f"memories[{index}].slot", "Name the slot without the secret in it.")
        raise InvalidInput("A slot is named like a secret.", fields=[told])
    # A clock that runs ahead must not hide a statement until it catches up.
    began = one.valid_from or min(one.occurred_at or now, now)
    return Draft(
        type=kind,
        text=_text(one),
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


def _text(one: Verbatim) -> str:
    return one.text or memory_types.as_text(one.slot, one.data)


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


def _statements(
    drafts: Mapping[int, Draft], given: Sequence[Verbatim], before: Mapping[_Run, list[str]]
) -> dict[int, Statement]:
    said: dict[_Run, list[str]] = defaultdict(list, {run: list(t) for run, t in before.items()})
    stated = {}
    for index, draft in drafts.items():
        turns = said[_run(given[index])] if draft.place.run_id else []
        stated[index] = statements.statement(
            draft.text,
            speaker=draft.speaker,
            occurred_at=draft.occurred_at,
            slot=draft.slot,
            before=turns,
        )
        turns.append(statements.said(draft.text, draft.speaker))
    return stated


def _embed(
    drafts: Mapping[int, Draft],
    given: Sequence[Verbatim],
    stated: Mapping[int, Statement],
    model: EmbeddingModel,
) -> None:
    missing = []
    for index, draft in drafts.items():
        one = given[index]
        # A vector of words that were masked since would still tell of them.
        if one.vector is None or draft.text != _text(one):
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
    for index in prepared.drafts:
        one = prepared.given[index]
        groups[one.refs, "" if one.refs else one.place.agent_id].append(index)
    keepers: dict[tuple[str, str], tuple[Keeper, list[int]]] = {}
    nobody = Owner(namespace_id, None, "-")
    blank = Keeper(nobody, None, actor, now, prepared.model, prepared.policy)
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
