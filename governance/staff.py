"""Members of staff: their accounts, what each role may do, and where.

Django's permissions belong to an account, a role belongs to one organization. So both are asked:
an account has the permissions of all its roles, and each deed also asks for the role in the
organization that it touches.
"""

import secrets
import uuid
from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import QuerySet

from governance.models import Membership, Namespace, Organization
from governance.models.access import Role

_CONFIGURE = frozenset(
    {"change_namespace", "add_memorytype", "change_memorytype", "add_apikey", "change_apikey"}
)
_OWN = _CONFIGURE | {
    "add_namespace",
    "change_organization",
    "change_membership",
    "delete_membership",
}
# Beyond looking, which every role may.
MAY: Mapping[Role, frozenset[str]] = {
    Role.OWNER: _OWN,
    Role.NAMESPACE_ADMIN: _CONFIGURE,
    Role.PRIVACY_OFFICER: frozenset(),
    Role.VIEWER: frozenset(),
}
SEES_CONTENT = (Role.OWNER, Role.PRIVACY_OFFICER)
_APPS = ("governance", "memories")


def new_password() -> str:
    """A random password, to be shown once."""
    return secrets.token_urlsafe(15)


def create_account(username: str, *, password: str, superuser: bool = False) -> User:
    """A person who may log in to the admin. Without a role they see nothing there."""
    return User.objects.create_user(
        username, password=password, is_staff=True, is_superuser=superuser
    )


def set_password(user: User, password: str) -> None:
    """Their next log-in, and every open session, needs the new one."""
    user.set_password(password)
    user.save(update_fields=["password"])


def appoint(user: User, *, organization: Organization, role: Role) -> Membership:
    """Give the person this role in the organization, in place of one they had."""
    with transaction.atomic():
        membership, _ = Membership.objects.update_or_create(
            organization=organization, user=user, defaults={"role": role}
        )
        _grant(user)
    return membership


def dismiss(membership: Membership) -> None:
    """Take the role away, with the permissions that no other role of the person gives."""
    with transaction.atomic():
        membership.delete()
        _grant(membership.user)


def may(user: User, permission: str, *, organization_id: uuid.UUID) -> bool:
    """Whether the person's role in this organization allows it, such as `change_namespace`."""
    allowed = [role for role, permissions in MAY.items() if permission in permissions]
    return _has_role(user, allowed, organization_id=organization_id)


def may_see_content(user: User, *, organization_id: uuid.UUID) -> bool:
    """Whether the person may be shown what people said, if they give a reason."""
    return _has_role(user, SEES_CONTENT, organization_id=organization_id)


def organizations_of(user: User, *, may: str = "") -> QuerySet[Organization]:
    """The organizations the person works for, or those in which their role allows `may`."""
    if user.is_superuser:
        return Organization.objects.all()
    roles = [role for role in Role if not may or may in MAY[role]]
    return Organization.objects.filter(membership__user=user, membership__role__in=roles)


def namespaces_of(user: User, *, may: str = "") -> QuerySet[Namespace]:
    """The namespaces of those organizations."""
    return Namespace.objects.filter(organization__in=organizations_of(user, may=may))


def _has_role(
    user: User, roles: tuple[Role, ...] | list[Role], *, organization_id: uuid.UUID
) -> bool:
    if not user.is_active:
        return False
    return user.is_superuser or (
        Membership.objects.filter(
            user=user, organization_id=organization_id, role__in=roles
        ).exists()
    )


def _grant(user: User) -> None:
    """Put the person into the groups of the roles they have, and out of the others."""
    held = Membership.objects.filter(user=user).values_list("role", flat=True)
    groups = {role: _group_of(role) for role in Role}
    user.groups.remove(*groups.values())
    user.groups.add(*(groups[Role(role)] for role in set(held)))


def _group_of(role: Role) -> Group:
    group, _ = Group.objects.get_or_create(name=f"role: {role.label}")
    ours = Permission.objects.filter(content_type__app_label__in=_APPS)
    group.permissions.set(
        ours.filter(codename__startswith="view_") | ours.filter(codename__in=MAY[role])
    )
    return group
