"""Recall traces: what was asked, found and left out; asked again, then and now."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from governance.errors import DomainError
from governance.staff_pages import asking, filters, scoping
from memories import replay
from memories.admin import revealing
from memories.admin.revealing import ReasonForm, RevealingAdmin
from memories.models import RecallTrace
from memories.replay import Replay
from memories.rules.replays import Run


@admin.register(RecallTrace)
class RecallTraceAdmin(RevealingAdmin):
    """When and how was recalled; the query and what it found are content."""

    change_form_template = "admin/memories/recalltrace/change_form.html"
    list_display = (
        "id",
        "path",
        "kind",
        "subject_id",
        "key_id",
        "embedding_model",
        "scanned",
        "at",
    )
    list_filter = (filters.NamespaceFilter, "kind")
    narrowed_by = ("subject",)
    also_revealed = ("found", "left_out")

    def get_urls(self) -> list[URLPattern]:
        """Adds the page that replays a trace."""
        view = self.admin_site.admin_view(self.replay_view)
        name = "memories_recalltrace_replay"
        return [path("<path:object_id>/replay/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offers the replay to whoever may see content."""
        row = kwargs.get("obj")
        if row is not None and self._may_reveal(request, row):
            context["replay_url"] = reverse("admin:memories_recalltrace_replay", args=[row.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def replay_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why, since it shows content; then record it, replay, and show both answers."""
        row = self.get_object(request, unquote(object_id))
        if not self._may_reveal(request, row):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            told = (
                "The question is asked again, of the store as it was and as it is. What you see "
                "will be recorded with your reason."
            )
            title = f"Replay {row}"
            return asking.page(
                self, request, form, title=title, button="Replay", explanation=told, row=row
            )
        try:
            found = _replayed(row, request, form)
        except DomainError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:memories_recalltrace_change", args=[row.pk]))
        page = {**self.admin_site.each_context(request), "opts": self.opts, "row": row}
        page |= {"title": f"Replay of {row}", "found": found, "runs": _runs(found)}
        page["differences"] = [
            (one, found.recorded.rank(one.id), found.now.rank(one.id)) for one in found.differences
        ]
        page["lost"] = found.lost.items()
        return TemplateResponse(request, "admin/memories/recalltrace/replayed.html", page)


def _replayed(row: RecallTrace, request: HttpRequest, form: ReasonForm) -> Replay:
    # The page's transaction, which only reads so far, is open while the model embeds the question:
    # every page of the admin stands in one, and nobody waits for a lock of this one.
    prepared = replay.prepare(row.pk, namespace=row.namespace)
    revealing.record(request, row, form)
    return replay.replay(prepared, actor=scoping.actor(request), now=timezone.now())


def _runs(found: Replay) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (f"Then, {found.trace.at:%Y-%m-%d %H:%M:%S}", _rows(found.then, found.said_then)),
        (f"Now, {found.at:%Y-%m-%d %H:%M:%S}", _rows(found.now, found.said_now)),
    ]


def _rows(run: Run, said: Any) -> list[dict[str, Any]]:
    return [
        {"rank": rank, "seen": one, "score": f"{one.score:.4f}", "says": said.get(one.id, "")}
        for rank, one in enumerate(run.kept, 1)
    ]
