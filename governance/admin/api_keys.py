"""API keys: issued, shown once, revoked; never edited, never deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from governance import keys, staff
from governance.models import ApiKey, Namespace
from governance.rules import key_expiry
from governance.rules.scopes import BOT_SCOPES, Scope
from governance.staff_pages import asking, filters, scoping
from governance.staff_pages.scoping import NamespacedAdmin


class KeyForm(forms.Form):
    """What a new key shall open."""

    namespace = asking.NamespaceChoice(Namespace.objects.none())
    name = forms.CharField(max_length=100, help_text="Which bot will use it.")
    scopes = forms.TypedMultipleChoiceField(
        coerce=Scope,
        choices=Scope.choices(),
        initial=[scope.value for scope in BOT_SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day (UTC) on which it is accepted. Empty: until it is revoked.",
    )

    def clean_last_day(self) -> Any:
        """A key that is refused from the start helps nobody."""
        last_day = self.cleaned_data["last_day"]
        if last_day and key_expiry.is_past(last_day, now=timezone.now()):
            raise ValidationError("This day is over.")
        return last_day


@admin.register(ApiKey)
class ApiKeyAdmin(NamespacedAdmin):
    """The keys that bots come in with."""

    list_display = ("prefix", "name", "path", "scope_list", "last_used_at", "expires_at", "state")
    list_filter = (filters.NamespaceFilter, ("revoked_at", admin.EmptyFieldListFilter))
    ordering = ("-id",)
    actions = ("revoke",)
    fields = (
        "prefix",
        "name",
        "namespace",
        "scope_list",
        "state",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    )
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A key is not edited: issue another and revoke this one."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Read by Django for the action below."""
        return request.user.has_perm("governance.change_apikey")

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Issue a key. Its text stands in this one answer: no cookie or session carries it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = KeyForm(request.POST if request.method == "POST" else None)
        asking.offer(form, staff.namespaces_of(scoping.viewer(request), may="add_apikey"))
        if not form.is_valid():
            return asking.page(self, request, form, title="Issue an API key", button="Issue")
        key, text = _issue(form.cleaned_data, request)
        self.log_addition(request, key, [{"added": {}}])
        page = {**self.admin_site.each_context(request), "opts": self.opts}
        page |= {"title": "The new key", "key": key, "text": text}
        return TemplateResponse(request, "admin/governance/apikey/issued.html", page)

    @admin.action(description="Revoke selected keys", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Refuse the keys from the next request on."""
        revoked = 0
        for key in queryset.filter(revoked_at=None).select_related("namespace"):
            if self.role_allows(request, "change", key):
                keys.revoke(
                    key.pk,
                    namespace_id=key.namespace_id,
                    actor=scoping.actor(request),
                    now=timezone.now(),
                )
                self.log_change(request, key, "Revoked.")
                revoked += 1
        left = queryset.count() - revoked
        told = f"{revoked} revoked; {left} were so before, or are not yours to revoke."
        self.message_user(request, told, messages.WARNING if left else messages.SUCCESS)

    @admin.display(description="scopes")
    def scope_list(self, key: Any) -> str:
        """Its scopes in words."""
        return ", ".join(key.scopes)

    @admin.display
    def state(self, key: Any) -> str:
        """Whether it is accepted now."""
        if key.revoked_at is not None:
            return "revoked"
        return "expired" if key.expires_at and key.expires_at <= timezone.now() else "active"


def _issue(asked: dict[str, Any], request: HttpRequest) -> tuple[ApiKey, str]:
    last_day = asked["last_day"]
    return keys.issue(
        asked["namespace"],
        name=asked["name"],
        scopes=asked["scopes"],
        expires_at=key_expiry.end_of(last_day) if last_day else None,
        actor=scoping.actor(request),
        now=timezone.now(),
    )
