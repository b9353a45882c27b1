"""Recall strategies; each row is one version of one."""

from django.contrib import admin

from governance.staff_pages import filters
from memories.admin.revealing import GuardedAdmin
from memories.models import RecallStrategy


@admin.register(RecallStrategy)
class RecallStrategyAdmin(GuardedAdmin):
    """Configuration, changed through the API."""

    list_display = ("name", "version", "path", "id", "created_at")
    list_filter = (filters.NamespaceFilter,)
