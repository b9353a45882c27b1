"""Daily counters: tokens, calls, decisions, what fell. No content in them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from governance.staff_pages import filters
from memories import usage
from memories.admin.revealing import GuardedAdmin
from memories.models import DailyCount


class SectionFilter(admin.SimpleListFilter):
    """By what stands before the first point of a counter's name."""

    title, parameter_name = "section", "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The sections that this program counts in."""
        return [(name, name) for name in usage.SECTIONS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Counters of the chosen section."""
        chosen = self.value()
        return queryset.filter(name__startswith=f"{chosen}.") if chosen else queryset


@admin.register(DailyCount)
class DailyCountAdmin(GuardedAdmin):
    """How often what happened on a day (UTC), newest first."""

    list_display = ("day", "path", "name", "value")
    list_filter = (filters.NamespaceFilter, SectionFilter)
    ordering = ("-day",)
    list_per_page = 100
