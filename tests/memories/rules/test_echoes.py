"""What comes back of what was recalled."""

import pytest

from memories.rules import echoes

KNOWN = ["I live in Delft near the church.", "I like green tea"]


@pytest.mark.parametrize(
    "text", ["You live in Delft near the church", "I live in Delft", "You like green tea!"]
)
def test_a_statement_that_adds_nothing_is_an_echo(text):
    assert echoes.is_echo(text, KNOWN, language="english")


@pytest.mark.parametrize("text", ["I live in Delhi", "I work in Delft as a nurse", "", "I am"])
def test_one_that_says_something_else_is_none(text):
    assert not echoes.is_echo(text, KNOWN, language="english")


@pytest.mark.parametrize(
    "content",
    [
        "Context:\n- I live in Delft near the church (2026)\n\nWhat now?",
        "What I know of you: I live in Delft near the church. What now?",
        "1. i live in delft, near the church\nWhat now?",
        "> I live in Delft near the church\nWhat now?",
        "I live in Delft near the church. I like green tea. What now?",
    ],
)
def test_what_was_pasted_into_a_message_is_taken_out(content):
    left = echoes.without_blocks(content, KNOWN)

    assert "delft" not in left.casefold()
    assert "What now?" in left


@pytest.mark.parametrize(
    "content",
    [
        "I live in Delft near the church.",
        "By the way, I live in Delft near the church!",
        "- I live in Delft near the station",
        "Hello",
    ],
)
def test_what_the_person_says_again_stays(content):
    assert echoes.without_blocks(content, KNOWN) == content


def test_a_known_text_of_a_word_or_two_is_no_block():
    assert echoes.without_blocks("- Delft\n- tea", ["Delft", "tea"]) == "- Delft\n- tea"
