"""English statements fill their slots."""

import pytest

from memories.rules import slot_patterns


def filled(clause):
    return {found.slot: found.value for found in slot_patterns.slots_in(clause)}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("My name is Jonas Berg.", {"name": "Jonas Berg"}),
        ("My name's Pat, short for Patricia.", {"name": "Pat"}),
        ("I'm Dana, a nurse from Cork.", {"name": "Dana"}),
        ("I live in a small flat in Porto.", {"city": "Porto"}),
        ("I moved from Berlin to Hamburg in March.", {"city": "Hamburg"}),
        ("I moved to Japan.", {"country": "Japan"}),
        ("I've been living in Oslo since 2012.", {"city": "Oslo"}),
        ("I work part-time at the Red Cross.", {"employer": "the Red Cross"}),
        ("I'm a baker at Nero.", {"employer": "Nero", "role": "baker"}),
        ("I'm working at Volvo as a welder.", {"employer": "Volvo", "role": "welder"}),
        ("I joined Ericsson in March.", {"employer": "Ericsson"}),
        ("I'm in the Pacific time zone.", {"time_zone": "Pacific"}),
        ("My timezone is UTC+2.", {"time_zone": "UTC+2"}),
        ("My birthday is on 14 March.", {"birthday": "03-14"}),
        ("I use she/her pronouns.", {"pronouns": "she/her"}),
        ("I prefer short answers.", {"length": "short"}),
        ("I think in Fahrenheit.", {"units": "fahrenheit"}),
        ("I switched to dark mode.", {"theme": "dark"}),
        ("I switched from Vim to Helix.", {"editor": "Helix"}),
        ("I'm blocked on the review, sadly.", {"blocked_on": "the review"}),
        ("The next step is to call the notary.", {"next_step": "call the notary"}),
        ("My deadline is Friday.", {"deadline": "Friday"}),
        ("Our app is called Plum.", {"project": "Plum"}),
    ],
)
def test_a_statement_fills_its_slot(clause, expected):
    assert filled(clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "I moved to Linux.",
        "I moved to a bigger flat.",
        "I live in fear of spiders.",
        "I work from home.",
        "I work at a hospital.",
        "I'm a night owl.",
        "I'm not a lawyer.",
        "I am in meetings at Google all day.",
        "My dog's name is Rex.",
        "My name is on the list.",
        "The deadline is tight.",
        "The deadline for the grant is Friday.",
        "My favourite language is Python.",
        "I speak French.",
        "I like short hair.",
        "I tried Emacs once.",
    ],
)
def test_what_only_looks_like_one_fills_none(clause):
    assert filled(clause) == {}
