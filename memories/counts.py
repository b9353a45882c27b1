"""The only writer of DailyCount."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db import connection

from governance.models.access import new_id
from memories.models import DailyCount

_ADD = """
    INSERT INTO memories_dailycount (id, namespace_id, day, name, value)
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::text[], %s::bigint[])
    ON CONFLICT (namespace_id, day, name)
    DO UPDATE SET value = memories_dailycount.value + excluded.value
"""


def add(counted: Mapping[str, int], *, namespace_id: uuid.UUID, now: datetime) -> None:
    """Add to today's counters (UTC). Inside the scope; call it last, since it locks their rows."""
    # In one order everywhere, or two writers could wait for each other.
    names = sorted(name for name, count in counted.items() if count)
    if not names:
        return
    size, day = len(names), now.astimezone(UTC).date()
    ids = [new_id() for _ in names]
    values = [counted[name] for name in names]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [ids, [namespace_id] * size, [day] * size, names, values])


def since(day: date, *, namespace_id: uuid.UUID) -> dict[str, int]:
    """The sums of each counter from a day on. Inside the scope."""
    totals: dict[str, int] = {}
    rows = DailyCount.objects.filter(namespace_id=namespace_id, day__gte=day)
    for name, value in rows.values_list("name", "value"):
        totals[name] = totals.get(name, 0) + value
    return totals
