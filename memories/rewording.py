"""New words for a memory: screened, checked against its type, and embedded."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance import access
from governance.errors import DomainError, FieldError
from governance.models import Namespace
from governance.rules import json_schema, namespace_settings
from memories import screening, vectors
from memories.drafts import Draft, Place
from memories.models import Memory
from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingUnavailable
from memories.rules import statements
from memories.rules.known import Policy
from memories.screening import Screen

log = logging.getLogger("remembrancer.rewording")
# What is indexed of a memory.
SAID = frozenset({"text", "occurred_at", "speaker"})
# What a caller may write in words.
SCREENED = ("text", "data", "metadata", "categories")
# Of that, what the memory says; the others only describe it.
SAYS = ("text", "data")


class NotToBeRemembered(DomainError):
    """The new words must not be remembered here."""

    code, http_status = "not_to_be_remembered", 409
    title = "The new words must not be remembered here"


@dataclass(frozen=True, slots=True)
class Reworded:
    """A memory as it would read, ready to be written; what the screen took out of it."""

    draft: Draft
    model: str
    policy: Policy
    screen: Screen
    hits: Counter[str]


def reword(
    memory: Memory,
    changes: Mapping[str, Any],
    *,
    namespace: Namespace,
    trust: int,
    valid_from: datetime,
) -> Reworded:
    """The memory with these changes; no transaction is open while a model works.

    A model that does not answer delays nothing: the words are found by full text meanwhile.
    Raises InvalidInput, SecretRefused, NotToBeRemembered.
    """
    settings = namespace_settings.read(namespace.settings)
    with access.scope(namespace.pk):
        screen = screening.load(namespace, subject_id=memory.subject_id)
    draft = _draft(memory, changes, trust=trust, valid_from=valid_from)
    hits = _clean(draft, screen, changes)
    if draft.data and "data" in changes and memory.type.data_schema:
        json_schema.check(dict(draft.data), memory.type.data_schema, at="data")
    hits += _judge(draft, screen, changes)
    model = embeddings.serving(settings.embedding_model)
    if changes.keys() & SAID:
        _index(draft, model, language=settings.language)
    policy = Policy(settings.min_confidence, settings.language)
    return Reworded(draft, model.name, policy, screen, hits)


def _draft(
    memory: Memory, changes: Mapping[str, Any], *, trust: int, valid_from: datetime
) -> Draft:
    now_or_then = {
        name: changes.get(name, getattr(memory, name))
        for name in (
            "text", "data", "metadata", "categories", "importance", "confidence", "occurred_at",
            "expires_at",
        )
    }  # fmt: skip
    return Draft(
        type=memory.type,
        trust=trust,
        valid_from=valid_from,
        place=Place(memory.agent_id, memory.app_id, memory.run_id),
        slot=memory.slot,
        sensitivity=memory.sensitivity,
        speaker=memory.speaker,
        **now_or_then,
    )


def _clean(draft: Draft, screen: Screen, changes: Mapping[str, Any]) -> Counter[str]:
    """Take out what must not be written; what stood there before was cleaned when it came."""
    hits: Counter[str] = Counter()
    for name in SCREENED:
        if name in changes:
            words, found = screening.clean_json(changes[name], screen, at=name)
            if name in SAYS and any(code.startswith("never.") for code in found):
                # A mask in the place of the words would destroy what is kept, and say all is well.
                raise _forbidden(name, "never")
            setattr(draft, name, words)
            hits += found
    draft.reworded(draft.text)
    return hits


def _judge(draft: Draft, screen: Screen, changes: Mapping[str, Any]) -> Counter[str]:
    if not changes.keys() & set(SCREENED):
        return Counter()
    judged = screening.judge([draft], screen)
    if judged.refused:
        at = "text" if "text" in changes else next(name for name in SCREENED if name in changes)
        (_, code), *_rest = judged.refused
        raise _forbidden(at, code)
    return judged.hits


def _forbidden(at: str, code: str) -> NotToBeRemembered:
    return NotToBeRemembered(
        "A rule of this namespace or of this person forbids it.",
        fields=[FieldError(at, f"Leave out what the rule names ({code}).")],
    )


def _index(draft: Draft, model: embeddings.EmbeddingModel, *, language: str) -> None:
    stated = statements.statement(
        draft.text, speaker=draft.speaker, occurred_at=draft.occurred_at, slot=draft.slot
    )
    draft.terms = vectors.terms(stated, language=language)
    try:
        draft.vector = vectors.embed([stated], model=model)[0]
    except EmbeddingUnavailable as error:
        log.warning("embedding waits", extra={"error": str(error)})
