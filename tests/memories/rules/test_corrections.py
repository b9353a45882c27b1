"""A correction needs its words or its value, not both."""

import pytest

from memories.rules import corrections

BERLIN = {"old_text": "I live in Berlin.", "old_data": {"value": "Berlin"}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I live in Hamburg.", "Hamburg"),
        ("I live in Hamburg", "Hamburg"),
        ("i live in Bad Homburg", "Bad Homburg"),
        ("I live in Berlin, New Hampshire", "Berlin, New Hampshire"),
    ],
)
def test_what_stands_in_the_place_of_the_old_value_is_the_new_one(text, value):
    assert corrections.value_in(text, **BERLIN) == {"value": value}


@pytest.mark.parametrize(
    "text", ["My home is Hamburg", "I live in", "I live in .", "", "We moved: I live in Hamburg"]
)
def test_other_words_have_no_value_and_keep_none_of_the_old_data(text):
    assert corrections.value_in(text, **BERLIN) == {}


@pytest.mark.parametrize(
    ("old_text", "old_data"),
    [
        ("I live in Berlin", {}),
        ("I live in Berlin", {"value": 3}),
        ("I live in Berlin", {"value": " "}),
        ("I live in Berlin", {"value": "Berl"}),
        ("Berlin: I live in Berlin", {"value": "Berlin"}),
    ],
)
def test_a_value_whose_place_is_not_clear_is_left_out(old_text, old_data):
    old = {"old_text": old_text, "old_data": old_data}

    assert corrections.value_in("I live in Hamburg", **old) == {}
    assert corrections.text_with({"value": "Hamburg"}, **old) == ""


def test_further_data_stay_with_a_new_value():
    found = corrections.value_in(
        "Ada is 37 years old",
        old_text="Ada is 36 years old",
        old_data={"value": "36", "unit": "years"},
    )

    assert found == {"value": "37", "unit": "years"}


def test_a_new_value_stands_in_the_old_words():
    assert corrections.text_with({"value": "Hamburg"}, **BERLIN) == "I live in Hamburg."


@pytest.mark.parametrize("data", [{}, {"value": 3}, {"value": ""}, {"city": "Hamburg"}])
def test_without_a_value_in_words_there_is_no_text(data):
    assert corrections.text_with(data, **BERLIN) == ""
