"""Never-remember rules. What a rule names is content: lists do not show it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from governance import staff
from governance.errors import DomainError
from governance.models import Namespace
from governance.staff_pages import asking, filters, scoping
from memories import never_rules
from memories.admin.revealing import RevealingAdmin
from memories.models import NeverRemember
from memories.models.never import NeverKind
from memories.never_rules import Wanted

# Who configures what is remembered says what is not.
MAY = "change_memorytype"


class RuleForm(forms.Form):
    """A rule for everybody in a namespace; people's own come from them."""

    namespace = asking.NamespaceChoice(Namespace.objects.none())
    kind = forms.ChoiceField(choices=NeverKind.choices)
    value = forms.CharField(
        max_length=200,
        help_text=(
            "A word or phrase (in any inflection, case and accents aside), a regular expression, "
            "the name of a memory type, or a category such as health."
        ),
    )


@admin.register(NeverRemember)
class NeverRememberAdmin(RevealingAdmin):
    """What must not be kept, without what it says; how often each rule kept something out."""

    list_display = ("id", "path", "kind", "subject_id", "hits", "last_hit_at", "created_at")
    list_filter = (filters.NamespaceFilter, "kind")
    narrowed_by = ("subject",)
    actions = ("remove",)

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Who may configure a namespace."""
        return staff.organizations_of(scoping.viewer(request), may=MAY).exists()

    def has_remove_permission(self, request: HttpRequest) -> bool:
        """Read by Django for the action below."""
        return self.has_add_permission(request)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add one through the verb, which checks it and audits."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RuleForm(request.POST if request.method == "POST" else None)
        asking.offer(form, staff.namespaces_of(scoping.viewer(request), may=MAY))
        if form.is_valid():
            rule = _added(form, request)
            if rule is not None:
                return self.response_add(request, rule)
        return asking.page(self, request, form, title="Never remember", button="Add")

    @admin.action(description="Remove selected rules", permissions=["remove"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Let what they name be remembered again from now on."""
        removed, by = 0, scoping.viewer(request)
        for rule in queryset.select_related("namespace"):
            if staff.may(by, MAY, organization_id=self.organization_id(rule)):
                never_rules.remove(
                    rule.pk,
                    namespace_id=rule.namespace_id,
                    actor=scoping.actor(request),
                    now=timezone.now(),
                )
                removed += 1
        self.message_user(request, f"{removed} removed.", messages.SUCCESS)


def _added(form: RuleForm, request: HttpRequest) -> NeverRemember | None:
    given = form.cleaned_data
    try:
        rule, _ = never_rules.add(
            Wanted(given["kind"], given["value"]),
            namespace_id=given["namespace"].pk,
            actor=scoping.actor(request),
            now=timezone.now(),
        )
    except DomainError as refusal:
        for wrong in refusal.fields:
            form.add_error("value", wrong.message)
        if not refusal.fields:
            form.add_error(None, str(refusal))
        return None
    return rule
