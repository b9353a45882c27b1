"""Accounts and groups (superusers only), and the log of changes to the configuration."""

from typing import TYPE_CHECKING, Any

from auditlog.admin import LogEntryAdmin
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


class _NeverDeleted(_ModelAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is switched off: the audit speaks of it by its id."""
        return False


admin.site.unregister([User, Group, LogEntry])


@admin.register(User)
class AccountAdmin(_NeverDeleted, UserAdmin):  # type: ignore[type-arg]
    """Who may log in."""


@admin.register(Group)
class RoleGroupAdmin(_NeverDeleted, GroupAdmin):
    """The permissions that roles bring; written when somebody is appointed."""


@admin.register(LogEntry)
class ConfigurationLogAdmin(_NeverDeleted, LogEntryAdmin):  # type: ignore[misc]
    """What staff changed in the configuration."""

    # Both would read the whole log.
    date_hierarchy = None
    search_fields = ()
    show_full_result_count = False
