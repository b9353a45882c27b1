"""A clause fills a slot only when it cannot mean anything else."""

import pytest

from memories.rules import slot_patterns
from memories.rules.slot_patterns import Slot


def filled(clause):
    return {found.slot: found.value for found in slot_patterns.slots_in(clause)}


def test_one_clause_can_fill_several_slots():
    found = filled("I live in Rome, Italy, and work remotely for Spotify.")

    assert found == {"city": "Rome", "country": "Italy", "employer": "Spotify"}


def test_a_slot_knows_its_type_and_whether_it_was_asked_for():
    found = slot_patterns.slots_in("Please answer in Spanish.")

    assert found == [Slot("preference", "language", "es", asked=True)]


@pytest.mark.parametrize(
    "clause",
    [
        "If I lived in Rome, I would walk.",
        "Suppose my name is Max.",
        "My brother says I live in Rome.",
        'He told me "I live in Rome".',
        "I don't live in Rome.",
        "I no longer work at IKEA.",
        "I used to live in Rome.",
        "I might move to Rome.",
        "I want to move to Rome and work at Ferrari.",
        "My friend lives in Rome.",
        "Do I live in Rome?",
    ],
)
def test_what_is_not_so_fills_no_slot(clause):
    assert filled(clause) == {}


def test_a_polite_question_is_a_request():
    assert filled("Could you answer in French?") == {"language": "fr"}


def test_a_newer_value_stands_beside_what_is_over():
    assert filled("No more bullet points, write prose.") == {"format": "prose"}


def test_a_job_elsewhere_is_no_employer():
    assert filled("I'm a regular at Starbucks.") == {}
