"""Lists of tables that are too big to count.

A page reads its own rows and looks one further; `COUNT(*)` over millions would take longer than
everything else on the page.
"""

from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from governance.staff_pages import filters
from governance.staff_pages.scoping import ReadOnlyAdmin

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

# Further on, OFFSET reads too much: narrow the list instead.
LAST_PAGE = 1000


class AheadPaginator(_Paginator):
    """Knows that there is a next page, not how many."""

    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
        *,
        page: int = 1,
    ) -> None:
        super().__init__(object_list, per_page, orphans, allow_empty_first_page)
        self.read_to = per_page * min(max(page, 1), LAST_PAGE)

    @cached_property
    def count(self) -> int:
        """Rows up to the end of the asked page, and one more if there is one."""
        rows: Any = self.object_list
        counted: int = rows.order_by()[: self.read_to + 1].count()
        return counted

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond those counted."""
        return self.count > self.read_to


class _AheadChangeList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        """As Django's, but the search form must not show the partial count as a result."""
        super().get_results(request)
        self.full_result_count = self.result_count


class AheadAdmin(ReadOnlyAdmin):
    """A read-only list of a big table, newest first, searched by id."""

    paginator = AheadPaginator
    list_per_page = 50
    # "Show all" would be offered when the partial count is small.
    list_max_show_all = 0
    ordering = ("-id",)  # UUIDv7: by time
    # Any other order would sort the whole table for one page.
    sortable_by = ()
    search_fields = ("id",)
    search_help_text = "A whole id."
    # The ids among which a search looks.
    searched: ClassVar[tuple[str, ...]] = ("pk",)
    # Facets would count the whole table once for each choice.
    show_facets = ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list without a total."""
        return _AheadChangeList

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> AheadPaginator:
        """A paginator that looks one row past the page that is asked for."""
        asked = request.GET.get(PAGE_VAR, "")
        page = int(asked) if asked.isdecimal() and len(asked) < len("1000000") else 1
        return AheadPaginator(queryset, per_page, orphans, allow_empty_first_page, page=page)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The row with this id: a search by a part of it would scan the table."""
        if not search_term.strip():
            return queryset, False
        wanted = filters.as_id(search_term)
        if wanted is None:
            return queryset.none(), False
        either = [Q(**{name: wanted}) for name in self.searched]
        return queryset.filter(reduce(or_, either)), False
