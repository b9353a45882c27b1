"""How people tell whom they love, where they come from, and other marks of who they are."""

import pytest

from memories.rules.special_identity import (
    BIOMETRICS,
    CRIMINAL_RECORD,
    ETHNICITY,
    GENETICS,
    SEXUALITY,
)


def told(forms, text):
    return forms.hinted_by(text.lower()) and any(forms.places(text))


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        (SEXUALITY, "I came out to my parents last week"),
        (SEXUALITY, "Ich bin lesbisch"),
        (ETHNICITY, "I'm Black and grew up in Ohio"),
        (ETHNICITY, "I'm half Nigerian"),
        (BIOMETRICS, "They stored my voiceprint"),
        (GENETICS, "My DNA test results came back"),
        (CRIMINAL_RECORD, "He is on probation"),
        (CRIMINAL_RECORD, "Ich bin vorbestraft"),
    ],
)
def test_it_is_told(forms, text):
    assert told(forms, text)


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        (SEXUALITY, "Let's go straight to the point"),
        (SEXUALITY, "It was a bi-weekly meeting"),
        (SEXUALITY, "She came out as the winner"),
        (ETHNICITY, "I like my coffee black"),
        (ETHNICITY, "The car is black"),
        (ETHNICITY, "I'm half asleep"),
        (BIOMETRICS, "The fingerprint reader is slow"),
        (GENETICS, "It's in our DNA to ship on Fridays"),
        (CRIMINAL_RECORD, "We played Monopoly and I went to jail twice"),
        (CRIMINAL_RECORD, "He was charged twice for the coffee"),
    ],
)
def test_a_word_alone_tells_nothing(forms, text):
    assert not told(forms, text)
