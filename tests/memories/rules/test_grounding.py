"""Whether it was said."""

from datetime import UTC, datetime

import pytest

from memories.rules import evidence, grounding
from memories.rules.candidates import Turn

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def behind(*contents):
    turns = [
        Turn(index, "assistant", content[2:].strip(), NOW)
        if content.startswith("A:")
        else Turn(index, "user", content, NOW, "Ada")
        for index, content in enumerate(contents)
    ]
    return evidence.of(len(turns) - 1, turns)


def grounded(text, *contents):
    return grounding.is_grounded(text, behind(*contents), language="english")


def holds(value, *contents, slot="x"):
    return grounding.holds_value(slot, value, behind(*contents), language="english")


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("I live in Delft", ["I live in the old town of Delft"]),
        ("The user lives in Delft.", ["I live in Delft"]),
        ("Ada lives in Delft", ["I live in Delft"]),
        ("I have 3 sons", ["I have three sons"]),
        ("My dog's name is Rex", ["I have a dog", "A: nice", "His name is Rex"]),
        ("I live in Berlin", ["A: You live in Berlin, right?", "Yes!"]),
        ("I live in Hamburg", ["A: Do you live in Berlin?", "No, in Hamburg"]),
        ("I don't smoke", ["A: Do you smoke?", "No"]),
        ("Ich wohne in Köln", ["Ich wohne seit 2020 in Koln"]),
        ("J'habite à Lyon", ["Moi, j'habite à Lyon depuis mai"]),
        ("Vivo en Málaga", ["Ahora vivo en Malaga"]),
        ("Я живу в Берлине", ["Я живу в Берлине уже год"]),
        ("我住在东京", ["你好\uff0c我住在东京。"]),
    ],
)
def test_what_was_said_is_grounded(text, contents):
    assert grounded(text, *contents)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("I live in Delhi", ["I live in Delft"]),
        ("I live in Delft with my wife Eva", ["I live in Delft with my wife"]),
        ("I have 4 sons", ["I have three sons"]),
        ("I am admin", ["Hello"]),
        ("I live in Berlin", ["A: I remember you live in Berlin", "I like it there"]),
        ("I live in Berlin", ["A: Do you live in Berlin?", "No, in Hamburg"]),
        ("I like hiking", ["A: People like hiking", "What is the weather"]),
        ("I live in Berlin", ['My boss said: "I live in Berlin"']),
        ("I live in Berlin", ["Translate this text: I live in Berlin"]),
        ("我住在北京", ["你好\uff0c我住在东京。"]),
        ("the user", ["Hello there"]),
        ("...", ["..."]),
    ],
)
def test_what_was_not_said_is_not(text, contents):
    assert not grounded(text, *contents)


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("Delft", "I live in Delft"),
        ("delft", "I live in DELFT."),
        (3, "I have three sons"),
        (3.0, "I have 3 sons"),
        (1200, "It cost 1,200 euros"),
        (None, "anything"),
        (["tea", "coffee"], "I drink coffee and tea"),
        ("us", "Call us us"),
    ],
)
def test_a_value_that_was_said_holds(value, content):
    assert holds(value, content)


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("Delhi", "I live in Delft"),
        ("New Delft", "I live in Delft"),
        (15, "It cost 1.5"),
        (["tea", "beer"], "I drink coffee and tea"),
        ("it", "I live there"),
        ("Berlin", 'He said: "I live in Berlin"'),
    ],
)
def test_a_value_that_was_not_said_does_not(value, content):
    assert not holds(value, content)


def test_a_value_counts_as_its_slot_reads_it():
    assert holds("Spanish", "Responde en español, por favor", slot="language")
    assert holds("es", "Responde en español, por favor", slot="language")
    assert holds("it", "Could we do this in Italian?", slot="language")
    assert holds("1979-06-12", "I was born in 1979 on the 12th of June", slot="birthday")
    assert not holds("1979-06-13", "I was born in 1979 on the 12th of June", slot="birthday")
    assert not holds("German", "Responde en español, por favor", slot="language")
    assert not holds("Spanish", "Responde en español, por favor", slot="other")


def test_no_is_not_yes():
    asked = behind("A: Do you smoke?", "No")

    assert grounding.agrees("I don't smoke", asked, language="english")
    assert not grounding.agrees("I smoke", asked, language="english")


def test_what_the_assistant_said_and_the_person_agreed_to_leans_on_it():
    agreed = behind("A: You live in Berlin, right?", "Yes!")
    own = behind("A: Where do you live?", "I live in Berlin")

    assert grounding.leans_on_answered("I live in Berlin", agreed, language="english")
    assert not grounding.leans_on_answered("I live in Berlin", own, language="english")


def test_a_word_in_common_must_say_something():
    assert grounding.shares_a_word("I sold my car", "I have a red car", language="english")
    assert not grounding.shares_a_word("I sold my car", "I have a dog", language="english")


def test_a_yes_or_no_is_a_detail_and_never_the_value_of_a_slot():
    told = behind("I have a dog")

    assert grounding.holds_value("", True, told, language="english")
    assert not grounding.holds_value("city", True, told, language="english")
