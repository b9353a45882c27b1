"""Roles in the admin: their permissions come and go with them."""

import pytest
from django.contrib.auth.models import User

from governance import staff
from governance.models import Membership
from governance.models.access import Role
from tests.governance.house import page, posted

pytestmark = pytest.mark.django_db


def test_a_role_is_given_changed_and_taken_with_its_permissions(bakery, root, client):
    mona = User.objects.create_user("mona", is_staff=True)
    client.force_login(root)
    given = {"organization": str(bakery.organization.pk), "user": str(mona.pk), "role": "OWNER"}

    assert posted(client.post(page(Membership, "add"), given)) == 302
    assert User.objects.get(pk=mona.pk).has_perm("governance.add_namespace")
    membership = Membership.objects.get(user=mona)
    client.post(page(Membership, "change", membership.pk), {"role": "VIEWER"})
    assert not User.objects.get(pk=mona.pk).has_perm("governance.add_namespace")
    client.post(page(Membership, "delete", membership.pk), {"post": "yes"})
    assert not User.objects.get(pk=mona.pk).has_perm("memories.view_memory")


def test_an_owner_ends_roles_at_home_only(bakery, dairy, client):
    owner = bakery.member(Role.OWNER)
    staff.appoint(owner, organization=dairy.organization, role=Role.VIEWER)
    client.force_login(owner)

    dismiss(client, bakery.someone)
    dismiss(client, dairy.someone)

    assert not Membership.objects.filter(user=bakery.someone).exists()
    assert not User.objects.get(pk=bakery.someone.pk).has_perm("memories.view_memory")
    assert Membership.objects.filter(user=dairy.someone).exists()
    assert client.get(page(Membership, "add")).status_code == 403


def dismiss(client, user):
    chosen = str(Membership.objects.get(user=user).pk)
    client.post(
        page(Membership, "changelist"),
        {"action": "delete_selected", "post": "yes", "_selected_action": [chosen]},
    )
