"""How long a key with a last day is good."""

from datetime import UTC, date, datetime

from governance.rules import key_expiry


def test_a_key_is_good_through_its_last_day():
    assert key_expiry.end_of(date(2026, 2, 28)) == datetime(2026, 3, 1, tzinfo=UTC)


def test_today_is_not_past_and_yesterday_is():
    now = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)

    assert not key_expiry.is_past(date(2026, 3, 1), now=now)
    assert key_expiry.is_past(date(2026, 2, 28), now=now)
