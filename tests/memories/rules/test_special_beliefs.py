"""How people tell what they believe, whom they vote for, and of their union."""

import pytest

from memories.rules.special_beliefs import POLITICS, RELIGION, TRADE_UNION


def told(forms, text):
    return forms.hinted_by(text.lower()) and any(forms.places(text))


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        (RELIGION, "I'm a practising Catholic"),
        (RELIGION, "We keep kosher at home"),
        (RELIGION, "Ich bin katholisch"),
        (RELIGION, "Je suis musulmane"),
        (RELIGION, "Voy a misa los domingos"),
        (POLITICS, "I voted for Labour"),
        (POLITICS, "I'm a socialist"),
        (POLITICS, "Ich wähle die SPD"),
        (TRADE_UNION, "I'm our shop steward"),
        (TRADE_UNION, "Ich bin in der Gewerkschaft"),
    ],
)
def test_it_is_told(forms, text):
    assert told(forms, text)


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        (RELIGION, "Emacs is my religion"),
        (RELIGION, "I converted the file to PDF"),
        (RELIGION, "My faith in humanity is restored"),
        (POLITICS, "I voted for the green logo"),
        (POLITICS, "Be conservative with the memory limits"),
        (POLITICS, "The party starts at 8"),
        (TRADE_UNION, "We met near Union Square"),
        (TRADE_UNION, "The European Union published new rules"),
    ],
)
def test_a_word_alone_tells_nothing(forms, text):
    assert not told(forms, text)
