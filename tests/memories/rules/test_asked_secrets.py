"""An answer that is only a secret is known by its question."""

import time

import pytest

from memories.rules import asked_secrets


@pytest.mark.parametrize(
    ("question", "answer", "masked"),
    [
        ("What is your password?", "Tr0ub4dor&3x", "[password]"),
        ("What is your password?", "it's Tr0ub4dor&3x", "it's [password]"),
        ("Please enter your password.", "opensesame", "[password]"),
        ("Can you tell me the password?", "hunter2, but keep it", "[password], but keep it"),
        ("And your PIN?", "4821", "[pin]"),
        ("Thanks! What is the door code?", "4821#", "[access_code]"),
        ("Wie lautet dein Passwort?", "Tr0ub4dor&3x", "[password]"),
    ],
)
def test_the_answer_is_masked(question, answer, masked):
    assert asked_secrets.mask(answer, asked_secrets.asked(question))[0] == masked


@pytest.mark.parametrize(
    "question",
    ["What is your name?", "Did you reset your password?", "Your password is safe.", "How are you?",
     "Do you use a password manager?", "Which token do you mean?", ""],
)  # fmt: skip
def test_other_questions_ask_for_none(question):
    assert asked_secrets.asked(question) == ""


@pytest.mark.parametrize(
    "answer", ["Sorry, no.", "I will not tell you that", "no", "What for?", "Never", ""]
)
def test_what_is_no_answer_stays(answer):
    assert asked_secrets.mask(answer, "password") == (answer, [])


@pytest.mark.parametrize("unit", ["a ", "enter ", "4111/", "password ", "? "])
def test_no_turn_takes_long(unit):
    begun = time.perf_counter()

    asked_secrets.asked(unit * 4_000)
    asked_secrets.mask(unit * 4_000, "password")

    assert time.perf_counter() - begun < 0.1
