"""The review queue, without what the memories say; decided here by whoever may see content."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from governance import staff
from governance.errors import DomainError
from governance.models import Membership
from governance.staff_pages import filters, scoping
from memories import reviewing
from memories.admin.revealing import GuardedAdmin
from memories.models import Memory, ReviewItem


class ReasonFilter(admin.SimpleListFilter):
    """By the code of why it is asked."""

    title = parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The codes of open reviews in the viewer's namespaces."""
        mine = staff.namespaces_of(scoping.viewer(request))
        found = ReviewItem.objects.filter(namespace__in=mine, state="OPEN").order_by("reason")
        codes = found.values_list("reason", flat=True).distinct()
        return [(code, code) for code in codes[: filters.MOST_CHOICES]]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Reviews of this code."""
        return queryset.filter(reason=self.value()) if self.value() else queryset


@admin.register(ReviewItem)
class ReviewItemAdmin(GuardedAdmin):
    """What a person must look at: reveal the memory, then accept or reject."""

    list_display = ("id", "path", "state", "reason", "memory_id", "subject_id", "opened_at")
    list_filter = (filters.NamespaceFilter, "state", ReasonFilter)
    narrowed_by = ("subject", "memory_id")
    searched = ("pk", "memory_id")
    search_help_text = "A whole id, of the review or of its memory."
    actions = ("accept", "reject")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """With the ways to the memory and to the one that it stands against."""
        return [*super().get_fields(request, obj), "memory", "stands_against"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Read by Django for the actions below; each row is asked again for its organization."""
        viewer = scoping.viewer(request)
        roles = Membership.objects.filter(user=viewer, role__in=staff.SEES_CONTENT)
        return viewer.is_superuser or roles.exists()

    @admin.action(description="Accept: the memories may stand", permissions=["decide"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """What waits becomes current."""
        self._decide(request, queryset, reviewing.accept, "accepted")

    @admin.action(description="Reject: the memories may not stand", permissions=["decide"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """What waits is forgotten; what is current is archived."""
        self._decide(request, queryset, reviewing.reject, "rejected")

    @admin.display
    def memory(self, item: Any) -> str:
        """The memory's page, from which its content is revealed."""
        return _way_to(item.memory_id, item)

    @admin.display
    def stands_against(self, item: Any) -> str:
        """The page of the memory that it contradicts or would close."""
        return _way_to(item.against, item)

    def _decide(
        self,
        request: HttpRequest,
        chosen: QuerySet[Any],
        verb: Callable[..., reviewing.Shown],
        told: str,
    ) -> None:
        done, left = 0, 0
        for item in chosen.select_related("namespace").order_by("pk"):
            # An earlier one of these may have answered this one, too.
            if self._try(request, item, verb):
                self.log_change(request, item, f"{told.capitalize()}.")
                done += 1
            else:
                left += 1
        text = f"{done} {told}; {left} were decided before, or are not yours to decide."
        self.message_user(request, text, messages.WARNING if left else messages.SUCCESS)

    def _try(
        self, request: HttpRequest, item: ReviewItem, verb: Callable[..., reviewing.Shown]
    ) -> bool:
        if not staff.may_see_content(
            scoping.viewer(request), organization_id=self.organization_id(item)
        ):
            return False
        try:
            verb(
                item.pk,
                namespace=item.namespace,
                actor=scoping.actor(request),
                now=timezone.now(),
            )
        except DomainError:
            return False
        return True


def _way_to(memory_id: Any, item: ReviewItem) -> str:
    there = (
        memory_id and Memory.objects.filter(namespace_id=item.namespace_id, pk=memory_id).exists()
    )
    if not there:
        return f"{memory_id} (gone)" if memory_id else "-"
    address = reverse("admin:memories_memory_change", args=[memory_id])
    return format_html('<a href="{}">{}</a>', address, memory_id)
