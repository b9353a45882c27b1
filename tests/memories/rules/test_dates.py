"""Moments are found where a text names one, counted from when it was said."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from memories.rules import dates

WEDNESDAY = datetime(2026, 5, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I ran my first 10k yesterday in 58 minutes.", "2026-05-19"),
        ("The day before yesterday I fell.", "2026-05-18"),
        ("Last Friday we tried the ramen.", "2026-05-15"),
        ("We shipped it on Tuesday.", "2026-05-19"),
        ("I paid it off last week.", "2026-05-13"),
        ("We replaced it last month.", "2026-04-20"),
        ("We adopted a dog two weeks ago.", "2026-05-06"),
        ("I moved a couple of weeks ago.", "2026-05-06"),
        ("I was diagnosed three years ago.", "2023-05-20"),
        ("We migrated on 12 March.", "2026-03-12"),
        ("I met her on the 3rd of April.", "2026-04-03"),
        ("I fly on May 25th, 2026.", "2026-05-25"),
        ("It happened on 2024-03-05, 2024-03-05 that is.", "2024-03-05"),
        ("My exam is on 12 March.", "2027-03-12"),
        ("I see my physio in 2 weeks.", "2026-06-03"),
        ("I'm flying to Tokyo next week.", "2026-05-27"),
        ("I start tomorrow.", "2026-05-21"),
    ],
)
def test_a_moment_is_found(text, expected):
    found = dates.mentioned_at(text, now=WEDNESDAY)

    assert found is not None
    assert found.date().isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "I may go.",
        "I sat down now with 5 people.",
        "The march was long.",
        "They haven't answered since last week.",
        "I work on Mondays.",
        "I go every other Friday.",
        "It must be done by tomorrow.",
        "I walked the trail in two days.",
        "We fly in the last week of the month.",
        "I have 3 cats and 2 dogs.",
        "",
    ],
)
def test_spans_habits_and_numbers_are_no_moments(text):
    assert dates.mentioned_at(text, now=WEDNESDAY) is None


def test_a_moment_is_in_the_time_zone_of_the_message():
    tokyo = timezone(timedelta(hours=9))

    found = dates.mentioned_at("I fell yesterday.", now=WEDNESDAY.astimezone(tokyo))

    assert found == datetime(2026, 5, 19, 19, tzinfo=tokyo)
