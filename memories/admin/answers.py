"""Stored answers; their bodies are for the callers that ask twice, and shown to nobody else."""

from django.contrib import admin

from governance.staff_pages import filters
from memories.admin.revealing import GuardedAdmin
from memories.models import StoredAnswer


@admin.register(StoredAnswer)
class StoredAnswerAdmin(GuardedAdmin):
    """That a POST was answered, and how."""

    list_display = ("id", "path", "subject_id", "api_key_id", "status", "at")
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("subject",)
