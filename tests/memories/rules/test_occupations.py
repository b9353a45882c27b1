"""An occupation is told from all else that one can be."""

import pytest

from memories.rules import occupations


@pytest.mark.parametrize("words", ["nurse", "senior developer", "head of procurement", "team lead"])
def test_english_occupations_come_last(words):
    assert occupations.is_occupation(words)


@pytest.mark.parametrize("words", ["night owl", "vegetarian", "nurse at heart", "head"])
def test_what_else_one_can_be_is_none(words):
    assert not occupations.is_occupation(words)


@pytest.mark.parametrize("word", ["Lehrerin", "Ärztin", "Tischler", "Fachfrau", "Grundschullehrer"])
def test_german_occupations(word):
    assert occupations.is_german(word)


@pytest.mark.parametrize("word", ["müde", "Berliner", "Vegetarierin"])
def test_german_words_that_are_none(word):
    assert not occupations.is_german(word)


@pytest.mark.parametrize("words", ["infirmière", "profesora de matemáticas", "médecin de famille"])
def test_romance_occupations_come_first(words):
    assert occupations.is_romance(words)


@pytest.mark.parametrize("words", ["fatiguée", "alto", "amie d'une infirmière"])
def test_romance_words_that_are_none(words):
    assert not occupations.is_romance(words)
