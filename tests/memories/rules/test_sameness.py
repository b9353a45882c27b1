"""What says the same, and what only looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import sameness
from memories.rules.sameness import digest, same_data, same_value

VALUES = st.one_of(st.text(max_size=30), st.integers(), st.booleans(), st.none())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada keeps bees", "ADA KEEPS BEES"),
        ("Ada keeps bees", "  Ada\tkeeps \n bees  "),
        ("Ada keeps bees", "Ada keeps bees."),
        ("Ada keeps bees", "Ada keeps bees!!! "),
        ("Ada keeps bees", "Ada keeps bees…"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("\uff11\uff10 km", "10 km"),
    ],
)
def test_texts_that_say_the_same_have_one_digest(one, other):
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada lives in Argentina", "Ada lives in Armenia"),
        ("I ran 10 km", "I ran 100 km"),
        ("I like tea", "I do not like tea"),
        ("Is it raining?", "Is it raining"),
        ("re-sign", "resign"),
        ("3.5 kg", "35 kg"),
        ("", "a"),
    ],
)
def test_texts_that_only_look_alike_have_two(one, other):
    assert digest(one) != digest(other)


@given(st.text(max_size=60), st.sampled_from(["", " ", ".", "! ", "\n", "…"]))
def test_a_final_stop_and_spaces_change_no_digest(text, end):
    assert digest(f" {text}{end}") == digest(text)


def test_a_digest_is_sha_256_in_hex():
    assert len(digest("x")) == 64
    assert int(digest("x"), 16)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berlin", "berlin."),
        ("Berlin", "in Berlin"),
        ("Berlin", "Berlin, Germany"),
        ("Berlin", "in Berlin, Germany"),
        ("Berlin", "Berlin (for now)"),
        ("Berlin", "Berlin – Kreuzberg"),
        ("Netherlands", "the Netherlands"),
        ("Köln", "aus Köln"),
        ("Rochelle", "La Rochelle"),
        ("Berlin, Germany", "berlin, GERMANY"),
        (3, 3.0),
        (None, None),
        (["a"], ["a"]),
        ("in", "in"),
        ("", ""),
    ],
)
def test_values_that_name_one_thing(one, other):
    assert same_value(one, other)
    assert same_value(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("York", "New York"),
        ("Berlin", "East Berlin"),
        ("Springfield, Ohio", "Springfield, Illinois"),
        ("10 km", "100 km"),
        ("Jean-Luc", "Jean"),
        ("Smith-Jones", "Smith"),
        ("Argentina", "Armenia"),
        ("3.5", "35"),
        (True, 1),
        (False, 0),
        ("1", 1),
        ("", "Berlin"),
        ("in", "Berlin"),
        (", Germany", "Berlin, Germany"),
    ],
)
def test_values_that_name_two(one, other):
    assert not same_value(one, other)
    assert not same_value(other, one)


@given(VALUES, VALUES)
def test_sameness_is_mutual_and_of_each_with_itself(one, other):
    assert same_value(one, one)
    assert same_value(one, other) == same_value(other, one)


def test_data_is_compared_key_by_key():
    assert same_data({"value": "Rome."}, {"value": "rome"})
    assert not same_data({"value": True}, {"value": 1})
    assert not same_data({"value": "rome"}, {"value": "rome", "since": 2020})


@pytest.mark.parametrize(
    ("text", "to", "expected"),
    [
        ("I like tea", "I like tea", True),
        ("Yes, I still like tea", "I like green tea a lot", True),
        ("I like tea", "I do not like tea", False),
        ("I don't like tea", "I like tea", False),
        ("I like tea with milk", "I like tea", False),
        ("Bob likes Ada", "Ada likes Bob", False),
        ("I ran 100 km", "I ran 10 km", False),
        ("Yes", "I like tea", False),
        ("", "I like tea", False),
        ("Je ne mange pas de viande", "Je mange de la viande", False),
        ("Ich esse kein Fleisch", "Ich esse Fleisch", False),
    ],
)
def test_a_confirmation_adds_no_content_word(text, to, expected):
    assert sameness.adds_nothing(text, to=to, language="english") is expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("I like green tea with milk", "I like tea", True),
        ("I like tea", "I like tea", False),
        ("I like tea", "I like green tea", False),
        ("I no longer like tea with milk", "I like tea", False),
        ("I like coffee", "I like tea", False),
        ("I like tea", "It is what it is", False),
    ],
)
def test_an_elaboration_says_the_same_and_more(text, on, expected):
    assert sameness.elaborates(text, on=on, language="english") is expected
