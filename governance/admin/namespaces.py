"""Namespaces and their settings."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from governance import namespaces, setting_checks, staff
from governance.errors import InvalidInput
from governance.models import Namespace
from governance.rules import namespace_settings
from governance.staff_pages import refusals, scoping
from governance.staff_pages.scoping import ScopedAdmin

_KNOWN: Mapping[str, Mapping[str, Any]] = namespace_settings.SCHEMA["properties"]


def _number(name: str) -> forms.IntegerField:
    return forms.IntegerField(required=False, help_text=_KNOWN[name]["description"])


def _text(name: str) -> forms.CharField:
    return forms.CharField(required=False, help_text=_KNOWN[name]["description"])


def _choice(name: str) -> forms.ChoiceField:
    choices = [("", "default"), *((one, one) for one in _KNOWN[name]["enum"])]
    return forms.ChoiceField(required=False, choices=choices, help_text=_KNOWN[name]["description"])


def _long_text(name: str) -> forms.CharField:
    return forms.CharField(
        required=False, widget=forms.Textarea, help_text=_KNOWN[name]["description"]
    )


def _json(name: str) -> forms.JSONField:
    return forms.JSONField(required=False, help_text=_KNOWN[name]["description"])


class NamespaceForm(refusals.ModelForm):
    """Each setting in a field of its own; an empty one means the default."""

    embedding_model = _text("embedding_model")
    language = _choice("language")
    message_days = _number("message_days")
    trace_days = _number("trace_days")
    requests_per_minute = _number("requests_per_minute")
    default_strategy = _text("default_strategy")
    extractor = _choice("extractor")
    extraction_model = _text("extraction_model")
    extraction_instructions = _long_text("extraction_instructions")
    debounce_seconds = _number("debounce_seconds")
    batch_messages = _number("batch_messages")
    min_confidence = forms.FloatField(
        required=False, help_text=_KNOWN["min_confidence"]["description"]
    )
    secrets = _choice("secrets")
    sensitive_purposes = _json("sensitive_purposes")
    context_templates = _json("context_templates")
    chat_model = _text("chat_model")

    class Meta:
        model = Namespace
        fields = ("organization", "slug", "name", "region")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        stored = instance.settings if instance else {}
        kwargs["initial"] = {**stored, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if instance and "embedding_model" in self.fields:
            # Another model could not read the vectors that are there.
            self.fields["embedding_model"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Let the rule judge the settings as they would be stored."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.settings = {
            name: cleaned[name] for name in _KNOWN if cleaned.get(name) not in (None, "")
        }
        try:
            setting_checks.check(self.instance.settings)
        except InvalidInput as refusal:
            refusals.show(refusal, form=self, below="settings")
        return cleaned


@admin.register(Namespace)
class NamespaceAdmin(ScopedAdmin):
    """The boundaries in which bots read and write."""

    form = NamespaceForm
    list_display = ("path", "name", "region", "id", "created_at")
    list_filter = ("region",)
    list_select_related = ("organization",)

    def organization_id(self, row: Any) -> uuid.UUID:
        """Its owner."""
        owner: uuid.UUID = row.organization_id
        return owner

    def visible(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """The viewer's."""
        return rows.filter(pk__in=staff.namespaces_of(user))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A field for each setting to whoever may set them, the bare settings to others."""
        edits = obj is None or self.has_change_permission(request, obj)
        return (
            (None, {"fields": ("organization", "slug", "name", "region")}),
            ("Settings", {"fields": tuple(_KNOWN) if edits else ("settings",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its place stays: keys and commands name it."""
        return [] if obj is None else ["organization", "slug"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new one goes through the verb, which gives it its memory types."""
        if change:
            super().save_model(request, obj, form, change)
            return
        written = namespaces.create(
            obj.organization,
            slug=obj.slug,
            name=obj.name,
            region=obj.region,
            settings=obj.settings,
            actor=scoping.actor(request),
            now=timezone.now(),
        )
        scoping.become(obj, written)

    @admin.display(description="namespace", ordering="slug")
    def path(self, row: Any) -> str:
        """`organization/namespace`."""
        return scoping.path_of(row)
