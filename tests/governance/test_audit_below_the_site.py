"""The audit against roles that the site never has: the owner of the table, a superuser.

No test's transaction stands around these, or the other roles would wait for it.
"""

import os

import psycopg
import pytest
from django.db import connections

from tests.conftest import make_namespace
from tests.governance.test_audit import DEEDS
from tests.services import running


@pytest.fixture
def kept_for_good(django_db_setup, django_db_blocker):
    """A namespace whose first event is committed, so that other roles could reach it."""
    with django_db_blocker.unblock():
        yield make_namespace().pk
        connections.close_all()


@pytest.mark.parametrize("deed", DEEDS)
def test_the_owner_of_the_table_cannot_take_an_event_back(kept_for_good, deed):
    with _as(os.environ["OWNER_DATABASE_URL"]) as owner:
        owner.execute(f"SET app.namespace = '{kept_for_good}'")
        try:
            touched = owner.execute(deed).rowcount
        except psycopg.errors.InsufficientPrivilege:
            touched = 0

    assert touched == 0
    assert _events_of(kept_for_good) > 0


@pytest.mark.parametrize("deed", DEEDS)
def test_even_a_superuser_is_refused_until_the_trigger_is_taken_away(kept_for_good, deed):
    with (
        _as(running.superuser_database_url) as superuser,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"),
    ):
        superuser.execute(deed)

    assert _events_of(kept_for_good) > 0


def test_forgetting_a_namespace_takes_no_event_with_it(kept_for_good):
    with _as(running.superuser_database_url) as superuser:
        rules = superuser.execute(
            "SELECT confdeltype FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = 'governance_auditevent'::regclass"
        ).fetchall()

    assert [rule for (rule,) in rules if rule != "a"] == []
    assert kept_for_good


def _events_of(namespace_id):
    with _as(running.superuser_database_url) as superuser:
        return superuser.execute(
            "SELECT count(*) FROM governance_auditevent WHERE namespace_id = %s", [namespace_id]
        ).fetchone()[0]


def _as(written):
    """A connection by a URL as django-environ writes it, the socket in its path."""
    head, _, tail = written.partition("@:")
    port, folder, name = tail.split("/")
    return psycopg.connect(
        f"{head}@/{name}?host={folder}&port={port}",
        autocommit=True,
        options="-c lock_timeout=5s",
    )
