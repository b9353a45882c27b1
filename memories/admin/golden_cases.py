"""Golden cases: added, read, changed and removed by staff; made from a trace by one click."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from governance import staff
from governance.errors import DomainError
from governance.models import Namespace
from governance.staff_pages import asking, filters, scoping
from memories import golden, golden_cases
from memories.admin import golden_forms, revealing
from memories.admin.golden_forms import CaseForm, NewCaseForm
from memories.admin.revealing import ReasonForm, RevealingAdmin
from memories.models import GoldenCase, RecallTrace

# Whoever sets a namespace up says what it must recall.
MAY = "change_namespace"


@admin.register(GoldenCase)
class GoldenCaseAdmin(RevealingAdmin):
    """What recall must find, without the words."""

    change_form_template = "admin/memories/goldencase/change_form.html"
    list_display = ("id", "path", "about", "strategy", "active", "trace_id", "created_at")
    list_filter = (filters.NamespaceFilter, "active")
    narrowed_by = ("subject",)
    actions = ("pause", "resume")

    def get_urls(self) -> list[URLPattern]:
        """Adds the pages that change a case, or make one of a trace."""
        views = self.admin_site.admin_view
        edit, make = views(self.edit_view), views(require_POST(self.from_trace_view))
        return [
            path("from-trace/<uuid:trace_id>/", make, name="memories_goldencase_from_trace"),
            path("<uuid:case_id>/edit/", edit, name="memories_goldencase_edit"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Whoever configures one of the viewer's namespaces."""
        return staff.organizations_of(scoping.viewer(request), may=MAY).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A case is configuration: it may go, and takes along what was kept for it."""
        return self.has_add_permission(request) if obj is None else self.may_change(request, obj)

    def may_change(self, request: HttpRequest, row: Any) -> bool:
        """Whether the viewer configures the row's namespace."""
        return staff.may(scoping.viewer(request), MAY, organization_id=self.organization_id(row))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offers the editing page to whoever may use it."""
        row = kwargs.get("obj")
        if row is not None and self.may_change(request, row) and self._may_reveal(request, row):
            context["edit_url"] = reverse("admin:memories_goldencase_edit", args=[row.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add a case."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewCaseForm(request.POST if request.method == "POST" else None)
        asking.offer(form, staff.namespaces_of(scoping.viewer(request), may=MAY))
        if form.is_valid() and (case := self._added(request, form)):
            self.log_addition(request, case, [{"added": {}}])
            return self._done(request, case, "The golden case was added; it is asked each night.")
        return asking.page(self, request, form, title="Add a golden case", button="Save")

    def edit_view(self, request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
        """Ask why the words are read; then show them in a form, and write what comes back."""
        case = self.get_object(request, str(case_id))
        if not self.may_change(request, case) or not self._may_reveal(request, case):
            raise PermissionDenied
        title = f"Change {case}"
        if "query" in request.POST:
            form = CaseForm(request.POST)
            if form.is_valid() and self._changed(request, case, form):
                self.log_change(request, case, [{"changed": {}}])
                return self._done(request, case, "The golden case was changed.")
            return asking.page(self, request, form, title=title, button="Save")
        why = ReasonForm(request.POST if request.method == "POST" else None)
        if not why.is_valid():
            told = "To change it you will see what it says. That is recorded with your reason."
            return asking.page(self, request, why, title=title, button="Go on", explanation=told)
        revealing.record(request, case, why)
        form = CaseForm(initial=golden_forms.written(case))
        return asking.page(self, request, form, title=title, button="Save")

    def from_trace_view(self, request: HttpRequest, trace_id: uuid.UUID) -> HttpResponse:
        """What a recall gave must come again: one click, without showing a word of it."""
        trace = RecallTrace.objects.filter(
            pk=trace_id, namespace__in=staff.namespaces_of(scoping.viewer(request))
        )
        found = trace.select_related("namespace").first()
        if found is None:
            raise Http404
        if not self.may_change(request, found):
            raise PermissionDenied
        known = golden.of_trace(trace_id, namespace_id=found.namespace_id)
        if known is not None:
            return self._done(request, known, "There is a golden case of this trace already.")
        try:
            case = golden_cases.from_trace(
                trace_id,
                {},
                namespace=found.namespace,
                actor=scoping.actor(request),
                now=timezone.now(),
            )
        except DomainError as refusal:
            self.message_user(request, _in_words(refusal), messages.ERROR)
            back = reverse("admin:memories_recalltrace_change", args=[trace_id])
            return HttpResponseRedirect(back)
        self.log_addition(request, case, [{"added": {}}])
        return self._done(request, case, "A golden case was made of the trace.")

    @admin.action(description="Pause selected golden cases", permissions=["add"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Ask them no longer; what is kept for them stays."""
        self._set_active(request, queryset, active=False)

    @admin.action(description="Resume selected golden cases", permissions=["add"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Ask them again."""
        self._set_active(request, queryset, active=True)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the verb, which forgets what was kept for it."""
        golden_cases.remove(obj.pk, **_by(request, obj))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Each through the verb, where the viewer's role allows it."""
        for case in queryset.select_related("namespace"):
            if not self.may_change(request, case):
                raise PermissionDenied
            self.delete_model(request, case)

    @admin.display
    def about(self, case: Any) -> str:
        """A person, or statements of its own."""
        return "subject" if case.subject_id else f"fixture of {len(case.fixture)}"

    def _added(self, request: HttpRequest, form: NewCaseForm) -> GoldenCase | None:
        namespace: Namespace = form.cleaned_data["namespace"]
        fields, viewer = form.fields_of_the_case(), scoping.viewer(request)
        sees = staff.may_see_content(viewer, organization_id=namespace.organization_id)
        if fields["subject_id"] and not sees:
            # Whether words come back of a person tells whether they are remembered.
            told = "Your role may not ask about people: give a fixture."
            form.add_error("subject_id", told)
            return None
        try:
            return golden_cases.add(
                namespace, fields, actor=scoping.actor(request), now=timezone.now()
            )
        except DomainError as refusal:
            form.show(refusal)
            return None

    def _changed(self, request: HttpRequest, case: GoldenCase, form: CaseForm) -> bool:
        try:
            golden_cases.change(case.pk, form.fields_of_the_case(), **_by(request, case))
        except DomainError as refusal:
            form.show(refusal)
            return False
        return True

    def _done(self, request: HttpRequest, case: GoldenCase, told: str) -> HttpResponse:
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:memories_goldencase_change", args=[case.pk]))

    def _set_active(self, request: HttpRequest, queryset: QuerySet[Any], *, active: bool) -> None:
        mine = [
            case for case in queryset.select_related("namespace") if self.may_change(request, case)
        ]
        for case in mine:
            golden_cases.change(case.pk, {"active": active}, **_by(request, case))
        told = f"{len(mine)} golden cases are {'asked' if active else 'not asked'} each night."
        self.message_user(request, told, messages.SUCCESS)


def from_trace_address(request: HttpRequest, trace: Any) -> str | None:
    """Where the viewer may have a golden case made of a trace; None where they may not."""
    owner = trace.namespace.organization_id
    if not staff.may(scoping.viewer(request), MAY, organization_id=owner):
        return None
    return reverse("admin:memories_goldencase_from_trace", args=[trace.pk])


def _by(request: HttpRequest, case: Model) -> Mapping[str, Any]:
    return {
        "namespace_id": case.namespace_id,  # type: ignore[attr-defined]
        "actor": scoping.actor(request),
        "now": timezone.now(),
    }


def _in_words(refusal: DomainError) -> str:
    return " ".join(error.message for error in refusal.fields) or str(refusal)
