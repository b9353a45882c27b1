"""Yes and no, clause by clause."""

import pytest

from memories.rules import polarity


@pytest.mark.parametrize(
    "clause",
    [
        "I don't eat meat", "I have no car", "I never smoke", "I can’t swim",
        "Ich esse kein Fleisch", "Ich rauche nicht", "Je ne fume pas", "Je n'ai rien",
        "No fumo", "Nunca como carne",
    ],
)  # fmt: skip
def test_a_denial_is_one_in_each_language(clause):
    assert polarity.is_negative(clause)


@pytest.mark.parametrize(
    "clause", ["I eat meat", "I live in Nottingham", "Ich wohne in Nizza", "Vivo en Noruega"]
)
def test_an_assertion_is_none(clause):
    assert not polarity.is_negative(clause)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I eat meat", "I don't eat meat"),
        ("I eat meat", "I am vegetarian, I don't eat meat, but I like eggs"),
        ("I don't eat fish", "I eat fish"),
        ("I have a dog", "I no longer have a dog"),
        ("Ich esse Fleisch", "Ich esse kein Fleisch"),
    ],
)
def test_what_turns_a_no_into_a_yes_does_not_agree(text, said):
    assert not polarity.agrees(text, said=[said], language="english")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I am vegetarian", "I don't eat meat, I am vegetarian"),
        ("I live in Hamburg", "I don't live in Berlin anymore, I live in Hamburg"),
        ("I live in Berlin and I don't drink", "I live in Berlin and I don't drink."),
        ("I don't eat fish", "No fish for me, I don't eat fish"),
        ("I like tea", "something else entirely"),
    ],
)
def test_what_keeps_it_agrees(text, said):
    assert polarity.agrees(text, said=[said], language="english")


def test_clauses_are_cut_at_their_joints():
    assert polarity.clauses("I like tea, but not coffee. Ever") == [
        "I like tea",
        "not coffee",
        "Ever",
    ]
