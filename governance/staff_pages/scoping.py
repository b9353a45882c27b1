"""Admin pages that show and change only what the viewer's role allows, and delete nothing.

Row-level security hides other namespaces' rows; this is the first wall before it, and the only
one for tables without a namespace.
"""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest

from governance import staff
from governance.audit import Actor, ActorKind
from governance.models import Namespace, Organization

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

Row = TypeVar("Row", bound=Model)


def viewer(request: HttpRequest) -> User:
    """The member of staff who asks."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor(request: HttpRequest) -> Actor:
    """The same, as the audit knows them."""
    return Actor(ActorKind.STAFF, str(viewer(request).pk))


def become(row: Row, written: Row) -> None:
    """Let the form's unsaved row stand for the one that a verb wrote."""
    for field in written._meta.concrete_fields:
        setattr(row, field.attname, getattr(written, field.attname))
    row._state.adding, row._state.db = False, written._state.db


class ScopedAdmin(_ModelAdmin):
    """Rows of the viewer's organizations; foreign ids are 404; nothing is deleted."""

    show_full_result_count = False
    # Further fields by which a list may be narrowed through its address.
    narrowed_by: ClassVar[tuple[str, ...]] = ()

    def organization_id(self, row: Any) -> uuid.UUID:
        """The organization whose roles decide over this row."""
        raise NotImplementedError

    def visible(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """Those of the rows that belong to the viewer's organizations."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Every page reads its rows through this."""
        return self.visible(super().get_queryset(request), viewer(request))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row. Django would redirect to the index for one that is not there."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters on show: `?text__startswith=` would tell content to whoever guesses."""
        shown = self.list_filter if request is None else self.get_list_filter(request)
        names = {_parameter(one) for one in shown}
        return lookup.split("__", maxsplit=1)[0] in {*names, *self.narrowed_by}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The permission, and the role in this row's organization."""
        return super().has_change_permission(request, obj) and self.role_allows(
            request, "change", obj
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deletion has one path, and it is not here."""
        return False

    def role_allows(self, request: HttpRequest, deed: str, row: Any) -> bool:
        """Whether the viewer's role in the row's organization allows the deed."""
        return row is None or staff.may(
            viewer(request),
            f"{deed}_{self.opts.model_name}",
            organization_id=self.organization_id(row),
        )

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        """Offer only the organizations and namespaces to which the viewer may add."""
        may = f"add_{self.opts.model_name}"
        if db_field.related_model is Organization:
            kwargs["queryset"] = staff.organizations_of(viewer(request), may=may)
        if db_field.related_model is Namespace:
            kwargs["queryset"] = staff.namespaces_of(viewer(request), may=may).select_related(
                "organization"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NamespacedAdmin(ScopedAdmin):
    """For tables with a namespace, which a row never changes."""

    list_select_related: ClassVar[Any] = ("namespace__organization",)

    def organization_id(self, row: Any) -> uuid.UUID:
        """The organization that owns the row's namespace."""
        owner: uuid.UUID = row.namespace.organization_id
        return owner

    def visible(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """Rows of the viewer's namespaces."""
        return rows.filter(namespace__in=staff.namespaces_of(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The namespace is chosen once."""
        fixed = [] if obj is None else ["namespace"]
        return [*super().get_readonly_fields(request, obj), *fixed]

    @admin.display(description="namespace")
    def path(self, row: Any) -> str:
        """`organization/namespace`."""
        return path_of(row.namespace)


class ReadOnlyAdmin(NamespacedAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Rows come by the verbs."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows change by the verbs."""
        return False


def _parameter(shown: Any) -> str:
    """The name in the address of one of `list_filter`: a field, a pair, or a filter's class."""
    found = shown[0] if isinstance(shown, tuple | list) else shown
    return found if isinstance(found, str) else str(found.parameter_name)


def path_of(namespace: Namespace) -> str:
    """`organization/namespace`."""
    return f"{namespace.organization.slug}/{namespace.slug}"
