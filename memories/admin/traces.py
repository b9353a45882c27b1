"""Recall traces: what was asked, found and left out."""

from django.contrib import admin

from governance.staff_pages import filters
from memories.admin.revealing import RevealingAdmin
from memories.models import RecallTrace


@admin.register(RecallTrace)
class RecallTraceAdmin(RevealingAdmin):
    """When and how was recalled; the query and what it found are content."""

    list_display = ("id", "path", "subject_id", "key_id", "embedding_model", "scanned", "at")
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("subject",)
    also_revealed = ("found", "left_out")
