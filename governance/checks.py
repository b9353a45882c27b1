"""System checks: an uncovered table fails `manage.py check`, not an audit."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from governance import field_register, personal_data
from governance.models import Subject, SubjectIdentity

# Governance's own: erasure ends by turning these identifiers into a digest.
OWN = frozenset({Subject, SubjectIdentity})
FIRST_PARTY = ("governance", "memories")


def register_checks() -> None:
    """Called once, when the app is ready."""
    personal_data.classify(field_register.FIELDS)
    register(subject_tables_are_covered, "governance")
    register(fields_are_classified, "governance")


def subject_tables_are_covered(**_kwargs: Any) -> list[CheckMessage]:
    """governance.E001: a table that points at a subject has a store that erases it."""
    covered = OWN.union(*(store.models for store in personal_data.stores()))
    return [
        Error(
            f"{model._meta.label} points at a subject, but no store can erase it.",
            hint="Add it to its app's personal_data.py.",
            id="governance.E001",
        )
        for model in apps.get_models()
        if model not in covered and any(f.related_model is Subject for f in model._meta.fields)
    ]


def fields_are_classified(**_kwargs: Any) -> list[CheckMessage]:
    """governance.E002: each field of each table of ours says what it holds."""
    known = personal_data.classification()
    return [
        Error(
            f"{model._meta.label}.{field.name} is not classified.",
            hint="Say what it holds in its app's field register.",
            id="governance.E002",
        )
        for model in apps.get_models()
        if model._meta.app_label in FIRST_PARTY
        for field in model._meta.fields
        if field.name not in known.get(model, {})
    ]
