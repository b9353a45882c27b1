"""Every table with a namespace is walled; the tests themselves stand inside the walls."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db

WALLED = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if any(field.name == "namespace" for field in model._meta.fields)
)


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.mark.parametrize("table", WALLED)
def test_row_level_security_is_enabled_and_forced(table):
    (found,) = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )

    assert found == (True, True)


def test_no_table_with_a_namespace_column_is_outside_the_walls():
    found = rows(
        "SELECT c.table_name FROM information_schema.columns c"
        " WHERE c.table_schema = 'public' AND c.column_name = 'namespace_id'"
    )

    assert sorted(name for (name,) in found) == WALLED


@pytest.mark.parametrize("table", WALLED)
def test_unique_constraints_lead_with_the_namespace(table):
    found = rows(
        "SELECT i.relname, a.attname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
        " JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]"
        " WHERE x.indrelid = %s::regclass AND x.indisunique AND NOT x.indisprimary",
        table,
    )

    assert [name for name, first in found if first != "namespace_id"] == []


def test_the_tests_run_as_a_role_that_the_walls_hold_for():
    (found,) = rows(
        "SELECT rolsuper, rolbypassrls, pg_get_userbyid(c.relowner) = rolname"
        " FROM pg_roles, pg_class c WHERE rolname = current_user"
        " AND c.oid = 'memories_memory'::regclass"
    )

    assert found == (False, False, False)


def test_the_system_checks_find_nothing():
    call_command("check", fail_level="WARNING")


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
