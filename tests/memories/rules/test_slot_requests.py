"""Requests fill the slots of how to be answered and called; orders for once fill none."""

import pytest

from memories.rules import slot_patterns


def filled(clause):
    return {found.slot: found.value for found in slot_patterns.slots_in(clause)}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Answer in Dutch from now on.", {"language": "nl"}),
        ("Let's continue in English.", {"language": "en"}),
        ("Actually, go back to English please.", {"language": "en"}),
        ("can u reply in danish pls", {"language": "da"}),
        ("Keep your answers under 3 lines.", {"length": "under 3 lines"}),
        ("Please be brief.", {"length": "short"}),
        ("Be more direct.", {"tone": "direct"}),
        ("Please be less formal with me.", {"tone": "less formal"}),
        ("Always use bullet points.", {"format": "bullet points"}),
        ("Metric units from now on.", {"units": "metric"}),
        ("Please just call me Doc.", {"preferred_name": "Doc"}),
        ("Everyone calls me Teo.", {"preferred_name": "Teo"}),
    ],
)
def test_a_request_fills_its_slot(clause, expected):
    assert filled(clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Answer this question in Spanish.",
        "Write the letter in Spanish.",
        "Say hello in Spanish.",
        "Do you speak French?",
        "Write a short poem.",
        "Be careful with the oven.",
        "Please don't use bullet points.",
        "Convert it to metric.",
        "Call me tomorrow.",
        "Don't call me Mister.",
    ],
)
def test_an_order_for_once_fills_none(clause):
    assert filled(clause) == {}
