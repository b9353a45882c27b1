"""Memberships: who works for which organization, as what."""

import uuid
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from governance import staff
from governance.models import Membership
from governance.staff_pages import scoping
from governance.staff_pages.scoping import ScopedAdmin


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    """Superusers appoint; owners may change and end roles in their own organization."""

    list_display = ("organization", "user", "role")
    list_filter = ("role",)
    list_select_related = ("organization", "user")

    def organization_id(self, row: Any) -> uuid.UUID:
        """The organization in which the role is held."""
        held_in: uuid.UUID = row.organization_id
        return held_in

    def visible(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """Those in the viewer's organizations."""
        return rows.filter(organization__in=staff.organizations_of(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A membership never moves to another person or organization."""
        return [] if obj is None else ["organization", "user"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The one thing that may be deleted here: it is a right, not data."""
        permitted = request.user.has_perm("governance.delete_membership")
        return permitted and self.role_allows(request, "delete", obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Appoint: the role brings its permissions."""
        written = staff.appoint(obj.user, organization=obj.organization, role=obj.role)
        scoping.become(obj, written)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Dismiss: the permissions go with the role."""
        staff.dismiss(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Dismiss each: a bulk delete would leave their permissions."""
        for membership in queryset.select_related("user"):
            if self.has_delete_permission(request, membership):
                staff.dismiss(membership)
