"""What a namespace's extraction cost and came to, from its daily counters."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from governance import access
from memories import counts

# Of the counters' names, what stands before the first point.
SECTIONS = ("tokens", "model", "extraction", "decision", "screen", "never")
_REJECTED = "rejected."


@dataclass(frozen=True, slots=True)
class Usage:
    """Sums by section and name, from a day (UTC) until today."""

    since: date
    sums: Mapping[str, Mapping[str, int]]
    rejected: Mapping[str, int]


def of_days(days: int, *, namespace_id: uuid.UUID, now: datetime) -> Usage:
    """The sums of so many days, today being the last."""
    since = now.astimezone(UTC).date() - timedelta(days=days - 1)
    with access.scope(namespace_id):
        found = counts.since(since, namespace_id=namespace_id)
    sums: dict[str, dict[str, int]] = {section: {} for section in SECTIONS}
    rejected: dict[str, int] = {}
    for name, value in sorted(found.items()):
        section, _, rest = name.partition(".")
        if section == "extraction" and rest.startswith(_REJECTED):
            rejected[rest.removeprefix(_REJECTED)] = value
        elif section in sums:
            sums[section][rest] = value
    return Usage(since, sums, rejected)
