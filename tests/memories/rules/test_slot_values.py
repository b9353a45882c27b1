"""Readers give a value as it is kept, or nothing."""

import pytest

from memories.rules import slot_values


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("Spanish", "es"), ("deutsch", "de"), ("español", "es"), ("Python", "")],
)
def test_a_language_is_its_code(raw, expected):
    assert slot_values.language(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("14 March", "03-14"),
        ("March 3rd", "03-03"),
        ("3 April 1998", "1998-04-03"),
        ("29 February", "02-29"),
        ("30 February", ""),
        ("next week", ""),
    ],
)
def test_a_birthday_is_an_iso_date(raw, expected):
    assert slot_values.birthday(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("senior nurse now", "senior nurse"), ("head of sales", "head of sales"), ("night owl", "")],
)
def test_an_occupation_is_told_from_other_things_one_is(raw, expected):
    assert slot_values.occupation(raw) == expected


def test_a_student_has_no_employer():
    assert slot_values.is_paid_work("baker")
    assert not slot_values.is_paid_work("PhD student")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("Bob", "Bob"), ("tomorrow", ""), ("old-fashioned", ""), ("Bob.", "Bob")],
)
def test_a_name_is_no_common_word(raw, expected):
    assert slot_values.name(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("Sven", "Sven"), ("INTJ", ""), ("Software Engineer", ""), ("sven", "")]
)
def test_a_bare_introduction_needs_a_name(raw, expected):
    assert slot_values.introduced(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("the BBC", "the BBC"), ("Spain", ""), ("Monday", ""), ("Booking.com", "Booking.com")],
)
def test_an_employer_is_no_country_or_day(raw, expected):
    assert slot_values.employer(raw) == expected


def test_a_role_ends_before_its_time():
    assert slot_values.role("team lead now") == "team lead"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("more formal", "formal"), ("less formal", "less formal"), ("patient", "")],
)
def test_a_tone_is_a_manner_of_speech(raw, expected):
    assert slot_values.tone(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("brief", "short"), ("in-depth", "long"), ("under 3 lines", "under 3 lines")],
)
def test_a_length_is_short_long_or_a_limit(raw, expected):
    assert slot_values.length(raw) == expected


def test_a_format_has_one_word_for_one_thing():
    assert slot_values.format_("Bulleted lists") == "bullet points"
    assert slot_values.format_("Prose") == "prose"


def test_a_deadline_names_a_time():
    assert slot_values.dated("end of May") == "end of May"
    assert slot_values.dated("tight") == ""


def test_other_values_stay_as_said():
    assert slot_values.as_said(" the key. ") == "the key"
    assert slot_values.lower("Metric") == "metric"
