"""How long a key is good, when its last day is given."""

from datetime import UTC, date, datetime, time, timedelta


def end_of(last_day: date) -> datetime:
    """The moment from which a key is refused that is good through this day (UTC)."""
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=UTC)


def is_past(last_day: date, *, now: datetime) -> bool:
    """Whether a key with this last day would be refused from the start."""
    return end_of(last_day) <= now
