"""A role gives permissions, and only in its own organization."""

import pytest
from django.contrib.auth.models import User

from governance import staff
from governance.models import Organization
from governance.models.access import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def mona():
    return User.objects.create_user("mona", is_staff=True)


def organization(slug):
    return Organization.objects.create(slug=slug, name=slug)


def has(user, permission):
    return User.objects.get(pk=user.pk).has_perm(permission)


def test_a_role_counts_in_its_own_organization_only(mona):
    own, other = organization("own"), organization("other")
    staff.appoint(mona, organization=own, role=Role.OWNER)
    staff.appoint(mona, organization=other, role=Role.VIEWER)

    assert staff.may(mona, "change_namespace", organization_id=own.pk)
    assert not staff.may(mona, "change_namespace", organization_id=other.pk)
    assert staff.may_see_content(mona, organization_id=own.pk)
    assert not staff.may_see_content(mona, organization_id=other.pk)
    assert set(staff.organizations_of(mona)) == {own, other}
    assert set(staff.organizations_of(mona, may="add_namespace")) == {own}


def test_permissions_follow_the_roles(mona):
    own = organization("own")

    membership = staff.appoint(mona, organization=own, role=Role.NAMESPACE_ADMIN)
    assert has(mona, "governance.change_memorytype")
    staff.appoint(mona, organization=own, role=Role.VIEWER)
    assert not has(mona, "governance.change_memorytype")
    assert has(mona, "memories.view_memory")
    membership.refresh_from_db()
    staff.dismiss(membership)
    assert not has(mona, "memories.view_memory")


def test_a_group_that_staff_made_is_left_alone(mona):
    theirs = mona.groups.create(name="canteen")

    staff.dismiss(staff.appoint(mona, organization=organization("own"), role=Role.OWNER))

    assert list(mona.groups.all()) == [theirs]


def test_only_two_roles_and_superusers_may_see_content(mona):
    own = organization("own")
    allowed = {role for role in Role if _sees(mona, own, role)}

    assert allowed == {Role.OWNER, Role.PRIVACY_OFFICER}
    root = User.objects.create_superuser("root")
    assert staff.may_see_content(root, organization_id=own.pk)
    root.is_active = False
    assert not staff.may_see_content(root, organization_id=own.pk)


def _sees(user, own, role):
    staff.appoint(user, organization=own, role=role)
    return staff.may_see_content(user, organization_id=own.pk)
