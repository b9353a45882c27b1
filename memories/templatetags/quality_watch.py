"""The banner that says where recall got worse."""

from typing import Any

from django import template
from django.contrib.auth.models import User

from memories.admin import golden_cases, quality_runs

register = template.Library()


@register.inclusion_tag("admin/memories/qualityrun/fallen.html")
def fallen_recall(user: Any) -> dict[str, Any]:
    """The namespaces of this member of staff in whose last run recall got worse."""
    sees = isinstance(user, User) and user.has_perm("memories.view_qualityrun")
    return {"fallen": quality_runs.fallen(user) if sees else []}


@register.inclusion_tag("admin/memories/goldencase/button.html", takes_context=True)
def golden_case_button(context: Any, trace: Any) -> dict[str, Any]:
    """On a trace's page: have what it found demanded each night. An item of its object tools."""
    address = golden_cases.from_trace_address(context["request"], trace)
    return {"address": address, "csrf_token": context.get("csrf_token")}
