"""Statements and questions from a small vocabulary, so that questions find something."""

import random

_NAMES = "Ada Bela Carla Dmitri Elif Farah Goran Hana Imre Jonas Kaya Lena Milo Nadia Omar Petra"
_DEEDS = """
repaired sold bought painted borrowed forgot found photographed cleaned planted cooked lost
described ordered measured carried missed wrapped mended counted
"""
_LOOKS = """
old green heavy broken wooden quiet expensive round tiny favourite striped frozen bright rusty
narrow soft golden empty crooked new
"""
_THINGS = """
bicycle piano beehive kayak telescope sofa lantern garden bakery drone violin greenhouse camper
sauna mosaic orchard tandem compass cello hammock kiln loom notebook ladder stove teapot mirror
wardrobe blanket printer
"""
_PLACES = "Delft Porto Graz Tallinn Bergen Split Cork Ghent Turku Riga Trieste Basel Utrecht Lugo"
_ENDS = """
before the winter holidays
after a long talk with a neighbour
because the price had dropped
while waiting for the ferry
to surprise two colleagues
although the doctor had advised rest
during the summer festival
without telling anybody in the family
for the school's concert
since the lease ends in spring
on the way to a job interview
with help from a cousin
"""
NAMES, DEEDS, LOOKS, THINGS, PLACES = (
    tuple(words.split()) for words in (_NAMES, _DEEDS, _LOOKS, _THINGS, _PLACES)
)
ENDS = tuple(_ENDS.strip().splitlines())


def statement(rng: random.Random) -> str:
    """One thing that somebody did, of about the length of a turn of dialogue."""
    who, deed, look = rng.choice(NAMES), rng.choice(DEEDS), _often(LOOKS, rng)
    what, where, end = _often(THINGS, rng), rng.choice(PLACES), rng.choice(ENDS)
    return f"{who} {deed} the {look} {what} in {where} {end}, number {rng.randrange(1_000_000)}"


def question(rng: random.Random) -> str:
    """What could be asked about it."""
    return (
        f"Where was it that {rng.choice(NAMES)} {rng.choice(DEEDS)} "
        f"the {_often(LOOKS, rng)} {_often(THINGS, rng)}?"
    )


def _often(words: tuple[str, ...], rng: random.Random) -> str:
    """Few words often, many seldom, as people speak."""
    return words[int(len(words) * rng.random() ** 2)]
