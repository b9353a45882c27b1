"""Only a name that is put right at once is replaced."""

import pytest

from memories.rules import self_repairs


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I live in Vienna, actually sorry, Graz.", "I live in Graz."),
        ("I live in Vienna, sorry, I mean Graz", "I live in Graz"),
        ("I work at Bosch - no, wait, at Siemens.", "I work at Siemens."),
        ("My name is Jon, or rather John.", "My name is John."),
    ],
)
def test_the_name_that_was_meant_stands(said, meant):
    assert self_repairs.repaired(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "I live in Vienna, actually.",
        "I live in Vienna, not Graz.",
        "I live in Vienna, and my sister in Graz.",
        "I live in Vienna, sorry for the delay.",
        "I live in Vienna, actually Graz is where my sister lives.",
    ],
)
def test_what_was_not_put_right_stays(said):
    assert self_repairs.repaired(said) == said
