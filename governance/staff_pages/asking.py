"""Pages of the admin that ask something before a verb is called."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

from governance.models import Namespace
from governance.staff_pages import scoping


class NamespaceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Namespaces by their path: two organizations may use the same slug."""

    def label_from_instance(self, obj: Any) -> str:
        """`organization/namespace`."""
        return scoping.path_of(obj)


def offer(form: forms.Form, namespaces: QuerySet[Namespace]) -> None:
    """Let the form's `namespace` be one of these."""
    offered = namespaces.select_related("organization")
    form.fields["namespace"].queryset = offered  # type: ignore[attr-defined]


def page(
    asks: "admin.ModelAdmin[Any]", request: HttpRequest, form: forms.Form, **told: Any
) -> TemplateResponse:
    """The page with the form; `told`: title, button, and explanation if one is needed."""
    shown = {**asks.admin_site.each_context(request), "opts": asks.opts, "form": form, **told}
    return TemplateResponse(request, "admin/governance/ask.html", shown)
