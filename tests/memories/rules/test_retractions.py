"""The one known statement that says it ends; of several, none."""

import pytest

from memories.rules import retractions

SMOKES, GYM, BROTHER = (
    "I smoke half a pack a day.",
    "I go to the gym three times a week.",
    "My brother smokes cigars.",
)


@pytest.mark.parametrize(
    ("statement", "known", "index"),
    [
        ("I smoke", [GYM, SMOKES], 1),
        ("I'm smoking", [GYM, SMOKES], 1),
        ("I go to the gym", [SMOKES, GYM], 1),
        ("I smoke", [BROTHER, SMOKES], 1),
        ("my boss", ["My boss takes credit for everything."], 0),
        ("I smoke", ["The user smokes a pipe."], 0),
        ("I'm vegan", ["I'm vegan and I love tofu.", "I'm vegan."], 1),
        ("Ich rauche", ["Ich rauche abends eine Zigarre."], 0),
        ("j'habite à Nantes", ["J'habite à Nantes depuis 2020."], 0),
        ("fumer", ["Je fume trop, fumer me calme."], 0),
        ("I don't eat meat", ["I don't eat meat."], 0),
    ],
)
def test_the_one_that_says_it(statement, known, index):
    assert retractions.ended(statement, known) == index


@pytest.mark.parametrize(
    ("statement", "known"),
    [
        ("I smoke", []),
        ("I smoke", [GYM]),
        ("I smoke", [BROTHER]),
        ("I smoke", ["I don't smoke."]),
        ("I smoke", ["I smoke a pipe.", "I smoke cigars."]),
        ("my boss", ["My boss is strict.", "My boss likes tea."]),
        ("I have a dog called Rex", ["I have a dog."]),
        ("it", ["I like it."]),
        ("", ["I like it."]),
        ("I eat meat", ["I don't eat meat."]),
    ],
)
def test_no_guess(statement, known):
    assert retractions.ended(statement, known) is None
