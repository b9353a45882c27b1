"""Rows with content: shown without it, and revealed one at a time, for a reason, on the record."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from governance import audit, staff
from governance.audit import Action
from governance.personal_data import Category
from governance.staff_pages import asking, scoping
from governance.staff_pages.paging import AheadAdmin
from memories import field_register

_HIDDEN = {Category.CONTENT, Category.DERIVED, Category.CREDENTIAL}


class Reason(TextChoices):
    """Why a member of staff reads what a person said; the code goes into the audit."""

    SUBJECT_ASKED = "subject_asked", "The person asked about it"
    PRIVACY_REQUEST = "privacy_request", "A privacy request is being worked on"
    LEGAL = "legal", "A legal matter"
    SECURITY = "security", "A security incident"
    QUALITY = "quality", "A wrong answer of the bot is being examined"


class ReasonForm(forms.Form):
    """Asks for the reason."""

    reason = forms.ChoiceField(choices=[("", "Choose a reason"), *Reason.choices])


class GuardedAdmin(AheadAdmin):
    """Shows the fields that the field register does not call content."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """A field is hidden as soon as it is registered as content, here too."""
        known = field_register.FIELDS[self.model]
        return [field.name for field in self.model._meta.fields if known[field.name] not in _HIDDEN]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All of them."""
        return self.get_fields(request, obj)


class RevealingAdmin(GuardedAdmin):
    """With a page that shows the content to whoever may see it and says why."""

    change_form_template = "admin/memories/revealable.html"
    # Derived fields that are read with the content.
    also_revealed: ClassVar[tuple[str, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        """Adds the revealing page."""
        view = self.admin_site.admin_view(self.reveal_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        return [path("<path:object_id>/reveal/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offers the revealing page to whoever may see content."""
        row = kwargs.get("obj")
        if row is not None and self._may_reveal(request, row):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_reveal"
            context["reveal_url"] = reverse(name, args=[row.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def reveal_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why; then record it and show the content in this one answer."""
        row = self.get_object(request, unquote(object_id))
        if not self._may_reveal(request, row):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            told = "What you see will be recorded with your reason."
            title = f"Reveal {row}"
            return asking.page(
                self, request, form, title=title, button="Reveal", explanation=told, row=row
            )
        record(request, row, form)
        page = {**self.admin_site.each_context(request), "opts": self.opts, "row": row}
        page |= {"title": f"Content of {row}", "content": self._content(row)}
        return TemplateResponse(request, "admin/memories/revealed.html", page)

    def _may_reveal(self, request: HttpRequest, row: Any) -> bool:
        return self.has_view_permission(request, row) and staff.may_see_content(
            scoping.viewer(request), organization_id=self.organization_id(row)
        )

    def _content(self, row: Any) -> list[tuple[str, str]]:
        known = field_register.FIELDS[self.model]
        return [
            (field.name, _readable(getattr(row, field.attname)))
            for field in self.model._meta.fields
            if known[field.name] is Category.CONTENT or field.name in self.also_revealed
        ]


def record(request: HttpRequest, row: Any, form: ReasonForm) -> None:
    """That the viewer reads a row's content, and the reason that they gave."""
    audit.record(
        Action.MEMORY_VIEWED,
        namespace_id=row.namespace_id,
        actor=scoping.actor(request),
        target=row,
        now=timezone.now(),
        details={"reason": form.cleaned_data["reason"]},
    )


def _readable(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)
