"""Memory types."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from governance import memory_types
from governance.errors import InvalidInput
from governance.models import MemoryType
from governance.rules import type_fields
from governance.staff_pages import filters, refusals, scoping
from governance.staff_pages.scoping import NamespacedAdmin


class MemoryTypeForm(refusals.ModelForm):
    """The same rule as the API's judges what is typed."""

    class Meta:
        model = MemoryType
        fields = ("namespace", *type_fields.SCHEMAS)

    def clean_data_schema(self) -> Any:
        """An empty field means that any data fits."""
        given = self.cleaned_data["data_schema"]
        return {} if given is None else given

    def clean_screening(self) -> Any:
        """An empty field means the defaults."""
        given = self.cleaned_data["screening"]
        return {} if given is None else given

    def clean(self) -> dict[str, Any]:
        """Refuse here what the verb would refuse."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            type_fields.check(self.type_fields())
        except InvalidInput as refusal:
            refusals.show(refusal, form=self)
        return cleaned

    def type_fields(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        return {
            name: value for name, value in self.cleaned_data.items() if name in type_fields.SCHEMAS
        }


@admin.register(MemoryType)
class MemoryTypeAdmin(NamespacedAdmin):
    """The kinds of memory of each namespace."""

    form = MemoryTypeForm
    list_display = ("name", "path", "sensitivity", "pinned", "precedence", "active")
    list_filter = (filters.NamespaceFilter, "sensitivity", "pinned", "active")
    fields = ("namespace", *type_fields.SCHEMAS)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The name stays: bots and strategies speak of a type by it."""
        return [*super().get_readonly_fields(request, obj), *(["name"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Define or change through the verbs, which audit."""
        by, now = scoping.actor(request), timezone.now()
        fields = form.type_fields()
        if change:
            written = memory_types.change(obj, fields=fields, actor=by, now=now)
        else:
            written = memory_types.define(obj.namespace, fields=fields, actor=by, now=now)
        scoping.become(obj, written)
