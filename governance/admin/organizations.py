"""Organizations."""

import uuid
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from governance import staff
from governance.models import Organization
from governance.staff_pages.scoping import ScopedAdmin


@admin.register(Organization)
class OrganizationAdmin(ScopedAdmin):
    """Superusers found them; owners may rename their own."""

    list_display = ("slug", "name", "created_at")
    readonly_fields = ("created_at",)

    def organization_id(self, row: Any) -> uuid.UUID:
        """Its own."""
        own: uuid.UUID = row.pk
        return own

    def visible(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """The viewer's."""
        return rows.filter(pk__in=staff.organizations_of(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The slug stands in commands and addresses: it stays."""
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]
