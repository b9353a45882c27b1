"""Twelve words that open a wallet."""

import pytest

from memories.rules import seed_phrases, spans

PHRASE = "abandon ability able about above absent absorb abstract absurd abuse access accident"


def found(text):
    places = spans.apart(seed_phrases.find(text))
    return [text[span.start : span.end] for span in places]


@pytest.mark.parametrize("before", ["", "my seed phrase: ", "Write this down: "])
@pytest.mark.parametrize("after", ["", ". Thanks!", " — that is it"])
def test_twelve_words_of_the_list_are_found(before, after):
    assert found(before + PHRASE + after) == [PHRASE]


def test_numbered_words_are_found():
    numbered = " ".join(f"{n}. {word}" for n, word in enumerate(PHRASE.split(), 1))

    (phrase,) = found(numbered)

    assert phrase.endswith("accident")


def test_words_of_another_language_are_found_when_they_are_called_so():
    phrase = "abaco abdomen abeja abierto abogado abono aborto abrazo abrir abuelo abuso acabar"

    assert found(f"frase semilla: {phrase}") == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        " ".join(PHRASE.split()[:11]),
        "A seed phrase is a list of words that should never be shared with anybody at all, ever.",
        "You can use this word list when you will have enough time to keep what they give",
    ],
)
def test_prose_is_none(text):
    assert found(text) == []
