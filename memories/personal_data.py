"""The data plane's answer to "how is it exported, how is it erased?"."""

from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from governance import access, personal_data
from governance.models import Subject
from governance.personal_data import Category
from memories import field_register
from memories.models import (
    Episode,
    GoldenCase,
    Memory,
    MemoryFeedback,
    MemoryIndex,
    MemoryUse,
    MemoryVersion,
    NeverRemember,
    RecallTrace,
    ReviewItem,
    StoredAnswer,
    TraceOutcome,
)

# Children before parents: the order in which rows go.
_BY_SUBJECT: tuple[type[Model], ...] = (
    StoredAnswer,
    TraceOutcome,
    MemoryFeedback,
    GoldenCase,
    RecallTrace,
    ReviewItem,
    MemoryUse,
    NeverRemember,
    MemoryIndex,
    Memory,
    Episode,
)


class MemoryStore:
    """Memories with their versions, index rows, uses and reviews, episodes, traces with what became
    of them, golden cases, never-remember rules and stored answers."""

    name = "memories"
    models: frozenset[type[Model]] = frozenset({*_BY_SUBJECT, MemoryVersion})
    encoder = DjangoJSONEncoder

    def export(self, subject: Subject) -> Iterator[dict[str, Any]]:
        """Each row's content and identifiers, one dict a row, without derived fields."""
        with access.scope(subject.namespace_id):
            for rows in (*self._rows(subject), self._versions(subject)):
                known = field_register.FIELDS[rows.model]
                fields = [
                    field
                    for field in rows.model._meta.concrete_fields
                    if known[field.name] is not Category.DERIVED
                ]
                for row in rows.iterator(chunk_size=500):
                    told = {field.name: field.value_from_object(row) for field in fields}
                    # No field has this name: `kind` is one of several tables.
                    yield {"table": row._meta.model_name, **told}

    def erase(self, subject: Subject) -> int:
        """Delete every row of the subject; returns how many. Safe to run twice."""
        with access.scope(subject.namespace_id):
            gone = self._versions(subject).delete()[0]
            return gone + sum(rows.delete()[0] for rows in self._rows(subject))

    def count(self, subject: Subject) -> int:
        """How many rows the subject has."""
        with access.scope(subject.namespace_id):
            versions = self._versions(subject).count()
            return versions + sum(rows.count() for rows in self._rows(subject))

    def _rows(self, subject: Subject) -> list[QuerySet[Any]]:
        mine = {"namespace_id": subject.namespace_id, "subject_id": subject.pk}
        return [model._default_manager.filter(**mine) for model in _BY_SUBJECT]

    def _versions(self, subject: Subject) -> QuerySet[Any]:
        return MemoryVersion.objects.filter(
            namespace_id=subject.namespace_id,
            memory__namespace_id=subject.namespace_id,
            memory__subject_id=subject.pk,
        )


def register_store() -> None:
    """Called once, when the app is ready."""
    personal_data.register(MemoryStore())
    personal_data.classify(field_register.FIELDS)
