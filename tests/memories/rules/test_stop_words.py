"""A stop word says nothing, so full text drops it."""

import pytest

from memories.rules import lexemes
from memories.rules.stop_words import STOP_WORDS


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_full_text_drops_every_stop_word(language):
    kept = {word for word in STOP_WORDS[language] if lexemes.terms(word, language=language)}

    assert kept == set()


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_the_words_are_written_as_texts_are_compared(language):
    assert {word for word in STOP_WORDS[language] if word != word.lower()} == set()


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_the_list_is_short(language):
    assert 50 < len(STOP_WORDS[language]) < 200


@pytest.mark.parametrize("word", ["name", "work", "like", "home", "never", "live", "want"])
def test_words_that_a_question_turns_on_are_not_dropped(word):
    assert word not in STOP_WORDS["english"]
