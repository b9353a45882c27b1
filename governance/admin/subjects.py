"""Subjects and the identities that lead to them."""

from django.contrib import admin

from governance.models import Subject, SubjectIdentity
from governance.staff_pages import filters
from governance.staff_pages.paging import AheadAdmin


@admin.register(Subject)
class SubjectAdmin(AheadAdmin):
    """The people who are remembered, by number."""

    list_display = ("id", "path", "state", "generation", "created_at")
    list_filter = (filters.NamespaceFilter, "state")
    fields = ("id", "namespace", "state", "generation", "created_at")


@admin.register(SubjectIdentity)
class SubjectIdentityAdmin(AheadAdmin):
    """Lists show channels; the external id names a person and stands on the detail page only."""

    list_display = ("id", "path", "channel", "subject_id", "linked_at", "created_at")
    list_filter = (filters.NamespaceFilter,)
    narrowed_by = ("subject",)
    fields = (
        "id",
        "namespace",
        "channel",
        "external_id",
        "subject",
        "home_subject",
        "evidence",
        "linked_at",
        "created_at",
    )
