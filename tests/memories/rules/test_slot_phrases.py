"""What people say in passing fills slots, and what only sounds like it does not."""

import pytest

from memories.rules import slot_patterns


def filled(clause):
    return {found.slot: found.value for found in slot_patterns.slots_in(clause)}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Home for me is Bristol.", {"city": "Bristol"}),
        ("I'm from Naples but Zurich has been home for a decade.", {"city": "Zurich"}),
        ("We've settled in Ljubljana.", {"city": "Ljubljana"}),
        ("We left Berlin for Trieste.", {"city": "Trieste"}),
        ("I've been in Munich since 2019.", {"city": "Munich"}),
        ("We emigrated to New Zealand last autumn.", {"country": "New Zealand"}),
        ("I've been at Novartis since 2017.", {"employer": "Novartis"}),
        ("I got hired by Ørsted last week!", {"employer": "Ørsted"}),
        ("I'm the CFO of Pinetree Capital.", {"employer": "Pinetree Capital", "role": "CFO"}),
        (
            "For the past year I've worked as a UX designer at Klarna.",
            {"employer": "Klarna", "role": "UX designer"},
        ),
        ("Big news: we left Porto and settled in Braga.", {"city": "Braga"}),
        ("I got promoted to product owner yesterday!", {"role": "product owner"}),
        ("By trade I'm a carpenter.", {"role": "carpenter"}),
        ("They made me team lead on Friday.", {"role": "team lead"}),
        ("As a paediatric nurse I work a lot of nights.", {"role": "paediatric nurse"}),
        ("Hey, Marta Kowalczyk here.", {"name": "Marta Kowalczyk"}),
        ("Most people know me as Lottie.", {"preferred_name": "Lottie"}),
        ("I turn forty on the 3rd of October.", {"birthday": "10-03"}),
        ("I was born in 1979 on the 12th of June.", {"birthday": "1979-06-12"}),
        ("Swedish would be easier for me.", {"language": "sv"}),
        ("Your answers could be a lot shorter.", {"length": "short"}),
        ("A friendlier tone would be nice.", {"tone": "friendly"}),
        ("I ditched PyCharm for Neovim.", {"editor": "Neovim"}),
        ("I'm a dark mode person.", {"theme": "dark"}),
        ("My essay is due next Thursday.", {"deadline": "next Thursday"}),
        ("I'm stuck waiting for the review.", {"blocked_on": "the review"}),
        ("I'm building a game called Mossland.", {"project": "Mossland"}),
        ("I should mention I'm now in Vancouver permanently.", {"city": "Vancouver"}),
    ],
)
def test_said_in_passing(said, found):
    assert filled(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "Berlin is home to many artists.",
        "My home is my castle.",
        "My position is unclear.",
        "I left early for Paris.",
        "I've been in Rome for three days.",
        "I've been at Heathrow since noon.",
        "When I'm in Rome, I work at Google.",
        "In my novel, I live in Rome.",
        "In my novel I live in Rome.",
        "I'm waiting for you so that we can start.",
        "Our baby is due in June.",
        "As a child I lived abroad.",
        "I'm learning French.",
        "Nobody here.",
    ],
)
def test_what_only_sounds_like_it(said):
    assert filled(said) == {}
