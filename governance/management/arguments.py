"""What is typed on the command line, read; a mistake becomes a sentence."""

import argparse
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_slug

from governance import namespaces
from governance.models import Namespace
from governance.rules.scopes import ALL_SCOPES, Scope


def slug(text: str) -> str:
    """Letters, digits, - and _; at most 64."""
    try:
        validate_slug(text)
    except ValidationError as error:
        raise argparse.ArgumentTypeError(error.message) from error
    return _at_most(text, 64)


def short(text: str) -> str:
    """A name of at most 100 characters."""
    return _at_most(text, 100)


def region(text: str) -> str:
    """A region of at most 32 characters."""
    return _at_most(text, 32)


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write the day as YYYY-MM-DD") from error


def scopes(words: list[str]) -> tuple[Scope, ...]:
    """The scopes that were named; `all` names every one. Raises CommandError."""
    if words == ["all"]:
        return ALL_SCOPES
    try:
        return tuple(Scope(word) for word in words)
    except ValueError as error:
        known = ", ".join(scope.value for scope in Scope)
        raise CommandError(f"{error}. Use `all`, or some of: {known}.") from error


def namespace(path: str) -> Namespace:
    """The namespace written `organization/namespace`. Raises CommandError."""
    try:
        return namespaces.by_path(path)
    except Namespace.DoesNotExist as error:
        raise CommandError(
            f"There is no namespace {path}. Write it as organization/namespace; "
            "create_namespace makes one."
        ) from error


def _at_most(text: str, length: int) -> str:
    if not text or len(text) > length:
        raise argparse.ArgumentTypeError(f"use 1 to {length} characters")
    return text
