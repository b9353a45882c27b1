"""Episodes: where memories come from."""

from django.contrib import admin

from governance.staff_pages import filters
from memories.admin.revealing import RevealingAdmin
from memories.models import Episode


@admin.register(Episode)
class EpisodeAdmin(RevealingAdmin):
    """Where each stands, without its messages."""

    list_display = (
        "id",
        "path",
        "state",
        "waiting_for",
        "attempts",
        "subject_id",
        "received_at",
        "done_at",
    )
    list_filter = (filters.NamespaceFilter, "state")
    narrowed_by = ("subject",)
