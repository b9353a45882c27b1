"""What is over and what is to be forgotten is told as it would have been said."""

import pytest

from memories.rules import endings
from memories.rules.candidates import Relation


def ends(sentence):
    found = endings.taken_back(sentence)
    return found.statement if found and found.relation is Relation.ENDS else None


def forgets(sentence):
    found = endings.taken_back(sentence)
    return found.statement if found and found.relation is Relation.FORGETS else None


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("I no longer smoke.", "I smoke"),
        ("I'm no longer vegan.", "I'm vegan"),
        ("I don't live in Berlin any more.", "I live in Berlin"),
        ("We don't have a car anymore, it broke down.", "We have a car"),
        ("I can't run any longer.", "I can run"),
        ("My favourite colour is no longer blue.", "My favourite colour is blue"),
        ("I stopped learning French last year.", "I'm learning French"),
        ("I've given up smoking.", "I'm smoking"),
        ("I quit my job at Zalando in May.", "I work at Zalando"),
        ("I left Zalando last month.", "I work at Zalando"),
        ("I was laid off by Intel in March.", "I work at Intel"),
        ("I moved out of Berlin.", "I live in Berlin"),
        ("I cancelled my gym membership.", "my gym membership"),
        ("Ich rauche nicht mehr.", "Ich rauche"),
        ("Ich habe keinen Hund mehr.", "Ich habe einen Hund"),
        ("Je n'habite plus à Nantes.", "j'habite à Nantes"),
        ("J'ai arrêté de fumer.", "fumer"),
        ("Ya no trabajo en Iberdrola.", "trabajo en Iberdrola"),
    ],
)
def test_what_is_over(said, statement):
    assert ends(said) == statement


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("Forget that I live in Ghent.", "I live in Ghent"),
        ("Could you please forget that I'm allergic to nuts?", "I'm allergic to nuts"),
        ("Forget everything I said about my divorce.", "my divorce"),
        ("Forget that I told you about my debts.", "my debts"),
        ("Remove my salary from your memory.", "my salary"),
        ("Bitte vergiss, dass ich in Jena wohne.", "ich wohne in Jena"),
        ("Vergiss, was ich über meinen Chef gesagt habe.", "meinen Chef"),
        ("Oublie que j'habite à Paris.", "j'habite à Paris"),
        ("Olvida que vivo en Cádiz.", "vivo en Cádiz"),
    ],
)
def test_what_is_to_be_forgotten(said, statement):
    assert forgets(said) == statement


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("Delete my date of birth, please.", [("profile", "birthday")]),
        ("Forget where I live.", [("profile", "city"), ("profile", "country")]),
        ("Please delete my address.", [("profile", "city")]),
        ("Lösche meinen Geburtstag.", [("profile", "birthday")]),
        ("I quit my job on Thursday.", [("profile", "employer")]),
    ],
)
def test_a_slot_can_be_named_without_its_value(said, slots):
    assert list(endings.taken_back(said).slots) == slots


def test_what_was_said_last_can_be_unsaid_and_replaced():
    found = endings.taken_back("Scratch that, I live in Milan.")

    assert (found.relation, found.statement, found.rest) == (
        Relation.FORGETS,
        "",
        "I live in Milan.",
    )


@pytest.mark.parametrize(
    "said",
    [
        "I don't eat meat.",
        "I'm not vegan.",
        "I don't know any more.",
        "I stopped at the shop.",
        "I left Paris at noon.",
        "I forgot to tell you that I like it here.",
        "Don't forget that I live in Rome.",
        "Did you forget that I live in Rome?",
        "Forget the last paragraph, start with a quote.",
        "Delete my last message.",
        "Forget it.",
        "Forget everything you know about me.",
        "Ich esse kein Fleisch.",
        "Je ne mange pas de viande.",
    ],
)
def test_plain_negatives_and_orders_take_nothing_back(said):
    assert endings.taken_back(said) is None
