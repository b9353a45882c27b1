"""The seam between governance and the apps that hold personal data.

An app registers its stores and classifies its fields; governance exports, erases and counts
through them, and never learns the app's models.
"""

import uuid
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import Model

from governance.models import Subject


class Category(StrEnum):
    """What a field holds, as the law sees it."""

    CONTENT = "content"  # what a person said or is said of them
    DERIVED = "derived"  # computed from content: vectors, lexemes
    IDENTIFIER = "identifier"  # leads to a person: subject ids, external ids
    CONFIGURATION = "configuration"  # set by staff
    CREDENTIAL = "credential"  # secrets and their digests
    TECHNICAL = "technical"  # ids, times, states, counters


class PersonalDataStore(Protocol):
    """Everything governance may ask of a store of personal data."""

    name: str
    models: frozenset[type[Model]]

    def export(self, subject: Subject) -> Iterator[dict[str, Any]]: ...

    def erase(self, subject: Subject) -> int: ...

    def count(self, subject: Subject) -> int: ...


_stores: dict[str, PersonalDataStore] = {}
_classified: dict[type[Model], Mapping[str, Category]] = {}


def register(store: PersonalDataStore) -> None:
    """Add a store; called by an app when it is ready."""
    _stores[store.name] = store


def classify(fields: Mapping[type[Model], Mapping[str, Category]]) -> None:
    """Say what each field of these models holds; called by an app when it is ready."""
    _classified.update(fields)


def stores() -> list[PersonalDataStore]:
    """All stores, by name."""
    return [_stores[name] for name in sorted(_stores)]


def classification() -> Mapping[type[Model], Mapping[str, Category]]:
    """Model by model, what each field holds."""
    return _classified


def namespace_of(subject: Subject) -> uuid.UUID:
    """The namespace whose scope a store must open for this subject."""
    return subject.namespace_id
