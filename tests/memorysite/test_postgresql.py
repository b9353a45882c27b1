"""The backend's quick loader gives what Django's own would."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from governance.models import Organization

pytestmark = pytest.mark.django_db


def test_a_timestamp_comes_back_in_utc_to_the_microsecond():
    with connection.cursor() as cursor:
        cursor.execute("SELECT '2026-11-24T13:00:00.123456+02:00'::timestamptz")
        (found,) = cursor.fetchone()

    assert found == datetime(2026, 11, 24, 11, 0, 0, 123456, UTC)
    assert found.tzinfo is UTC


def test_a_server_side_cursor_reads_timestamps_too():
    Organization.objects.create(name="a", slug="a")

    (found,) = Organization.objects.filter(slug="a").iterator(chunk_size=1)

    assert found.created_at.tzinfo is UTC
