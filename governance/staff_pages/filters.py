"""Filters with few choices, which cost no scan of a big table."""

import uuid
from enum import StrEnum
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from governance import staff
from governance.staff_pages import scoping

MOST_CHOICES = 200


class NamespaceFilter(admin.SimpleListFilter):
    """By one of the viewer's namespaces."""

    title = parameter_name = "namespace"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The viewer's namespaces, as `organization/namespace`."""
        mine = staff.namespaces_of(scoping.viewer(request)).select_related("organization")
        return sorted(
            ((str(one.pk), scoping.path_of(one)) for one in mine[:MOST_CHOICES]),
            key=lambda choice: choice[1],
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Rows of the chosen namespace; none for a value that is no id."""
        if self.value() is None:
            return queryset
        wanted = as_id(self.value() or "")
        return queryset.filter(namespace_id=wanted) if wanted else queryset.none()


class CodeFilter(admin.SimpleListFilter):
    """By a field that holds one of the codes of an enumeration."""

    codes: ClassVar[type[StrEnum]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Each code."""
        return [(code.value, code.value) for code in self.codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Rows with the chosen code."""
        chosen = self.value()
        return queryset.filter(**{str(self.parameter_name): chosen}) if chosen else queryset


def as_id(text: str) -> uuid.UUID | None:
    """The id that was typed, or None."""
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None
