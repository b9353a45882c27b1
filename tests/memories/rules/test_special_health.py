"""How people tell of health."""

import pytest

from memories.rules.special_health import HEALTH


def told(text):
    return HEALTH.hinted_by(text.lower()) and any(HEALTH.places(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ada has type 2 diabetes",
        "I was diagnosed with ADHD last year",
        "my wife is pregnant",
        "I'm allergic to penicillin",
        "I see my therapist on Wednesdays",
        "I had knee surgery in March",
        "Ich bin schwanger",
        "Meine Mutter hat Demenz",
        "Je suis diabétique",
        "Tengo diabetes",
    ],
)
def test_an_illness_a_treatment_a_state_is_told(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "I work at a diabetes charity",
        "My star sign is Cancer",
        "I disabled my notifications",
        "The Great Depression started in 1929",
        "It was a stroke of luck",
        "I'm sick of this weather",
        "Ich habe Hunger",
        "J'ai faim",
        "Tengo una idea",
    ],
)
def test_a_word_alone_tells_nothing(text):
    assert not told(text)
