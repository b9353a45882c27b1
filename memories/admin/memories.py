"""Memories and their versions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from governance.models import MemoryType
from governance.staff_pages import filters
from memories.admin.revealing import RevealingAdmin
from memories.models import Memory, MemoryVersion


class TypeFilter(admin.SimpleListFilter):
    """By the name of a memory type, in whichever namespace."""

    title = parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The names in the viewer's namespaces."""
        names = MemoryType.objects.order_by("name").values_list("name", flat=True).distinct()
        return [(name, name) for name in names[: filters.MOST_CHOICES]]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Memories of the types of this name."""
        return queryset.filter(type__name=self.value()) if self.value() else queryset


@admin.register(Memory)
class MemoryAdmin(RevealingAdmin):
    """What is kept, without what it says."""

    list_display = (
        "id",
        "path",
        "type",
        "state",
        "closed_because",
        "sensitivity",
        "trust",
        "subject_id",
        "version",
        "created_at",
        "expires_at",
    )
    list_filter = (filters.NamespaceFilter, TypeFilter, "state", "sensitivity")
    list_select_related = ("namespace__organization", "type")
    narrowed_by = ("subject", "episode")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """With the way to its versions."""
        return [*super().get_fields(request, obj), "versions"]

    @admin.display
    def versions(self, memory: Any) -> str:
        """The list of its changes."""
        address = reverse("admin:memories_memoryversion_changelist")
        return format_html('<a href="{}?memory={}">{}</a>', address, memory.pk, memory.version)


@admin.register(MemoryVersion)
class MemoryVersionAdmin(RevealingAdmin):
    """Who changed a memory and when; before and after are content."""

    list_display = ("id", "path", "memory_id", "version", "change", "actor_kind", "at")
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("memory",)
