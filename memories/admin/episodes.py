"""Episodes: where memories come from."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from governance import staff
from governance.staff_pages import filters, scoping
from memories import extraction
from memories.admin.revealing import RevealingAdmin
from memories.episodes import EpisodeNotRetriable
from memories.models import Episode

# Whoever sets a namespace up may have what failed tried again.
_MAY = "change_namespace"


@admin.register(Episode)
class EpisodeAdmin(RevealingAdmin):
    """Where each stands, without its messages."""

    list_display = (
        "id",
        "path",
        "state",
        "waiting_for",
        "attempts",
        "model",
        "token_sums",
        "subject_id",
        "received_at",
        "done_at",
    )
    list_filter = (filters.NamespaceFilter, "state")
    narrowed_by = ("subject",)
    actions = ("retry",)

    @admin.display(description="tokens (prompt + completion)")
    def token_sums(self, row: Any) -> str:
        """What reading it cost; of posts read together, on the first."""
        if not row.tokens:
            return ""
        return f"{row.tokens.get('prompt', 0)} + {row.tokens.get('completion', 0)}"

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Read by Django for the action below; each row's organization is asked there."""
        return staff.organizations_of(scoping.viewer(request), may=_MAY).exists()

    @admin.action(description="Retry selected episodes", permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let those that failed, and still hold their messages, be read once more."""
        viewer, retried, left = scoping.viewer(request), 0, 0
        for row in queryset.select_related("namespace"):
            if not staff.may(viewer, _MAY, organization_id=self.organization_id(row)):
                left += 1
                continue
            try:
                extraction.retry(
                    row.pk,
                    namespace_id=row.namespace_id,
                    actor=scoping.actor(request),
                    now=timezone.now(),
                )
                retried += 1
            except EpisodeNotRetriable:
                left += 1
        told = f"{retried} will be tried again; {left} did not fail, hold no messages any more, or "
        told += "are not yours to retry."
        self.message_user(request, told, messages.WARNING if left else messages.SUCCESS)
