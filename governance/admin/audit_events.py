"""The audit trail, to read."""

from django.contrib import admin

from governance.audit import Action, ActorKind
from governance.models import AuditEvent
from governance.staff_pages import filters
from governance.staff_pages.paging import AheadAdmin


class ActionFilter(filters.CodeFilter):
    """By what was done."""

    title = parameter_name = "action"
    codes = Action


class ActorKindFilter(filters.CodeFilter):
    """By who acted."""

    title, parameter_name = "actor", "actor_kind"
    codes = ActorKind


@admin.register(AuditEvent)
class AuditEventAdmin(AheadAdmin):
    """Who did what to which id, when."""

    list_display = (
        "at",
        "action",
        "actor_kind",
        "actor_id",
        "target_kind",
        "target_id",
        "path",
        "request_id",
    )
    list_filter = (filters.NamespaceFilter, ActionFilter, ActorKindFilter)
    searched = ("pk", "target_id", "actor_id")
    search_help_text = "A whole id: of an event, of what was acted on, or of a bot's key."
    fields = (
        "id",
        "namespace",
        "at",
        "action",
        "actor_kind",
        "actor_id",
        "target_kind",
        "target_id",
        "request_id",
        "details",
        "xid",
    )
