"""What a scope opens is closed at its end, in the middle of a transaction too."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from governance import access, audit, namespaces, staff
from governance.models import MemoryType, Organization
from governance.models.access import Role

pytestmark = pytest.mark.django_db


def make(slug):
    organization = Organization.objects.create(slug=slug, name=slug)
    return namespaces.create(organization, slug="main", actor=audit.SYSTEM, now=timezone.now())


def role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_a_scope_leaves_nothing_open_behind_it():
    one, other = make("one"), make("other")

    with access.scope(one.pk):
        assert MemoryType.objects.count() == 4
    assert MemoryType.objects.count() == 0
    with access.scope(other.pk):
        assert MemoryType.objects.count() == 4


def test_a_scope_inside_the_same_scope_closes_only_once():
    home = make("one")

    with access.scope(home.pk):
        with access.scope(home.pk):
            pass
        assert MemoryType.objects.count() == 4


def test_a_staff_scope_gives_the_role_back():
    home = make("one")
    mona = User.objects.create_user("mona", is_staff=True)
    staff.appoint(mona, organization=home.organization, role=Role.VIEWER)
    before = role()

    with access.staff_scope(mona):
        assert role() != before
        assert MemoryType.objects.count() == 4

    assert role() == before
    with access.staff_scope(User.objects.create_user("nobody")):
        assert MemoryType.objects.count() == 0


def test_a_namespace_made_inside_a_staff_scope_is_seen_there():
    home = make("one")
    mona = User.objects.create_user("mona", is_staff=True)
    staff.appoint(mona, organization=home.organization, role=Role.OWNER)

    with access.staff_scope(mona):
        new = namespaces.create(
            home.organization, slug="new", actor=audit.SYSTEM, now=timezone.now()
        )
        assert MemoryType.objects.filter(namespace=new).count() == 4
        assert MemoryType.objects.filter(namespace=home).count() == 4
