"""Full text: words as terms, documents as BM25 weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import lexemes
from memories.rules.lexemes import DIMENSIONS, K1, MAX_TERMS, MAX_WORD

WORDS = st.lists(st.sampled_from(["bee", "delft", "cello", "tram", "rain"]), min_size=1)


def english(text):
    return lexemes.terms(text, language="english")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada keeps bees in Delft", ["ada", "keep", "bee", "delft"]),
        ("RUNNING runs run", ["run", "run", "run"]),
        ("", []),
        ("… — !?", []),
        ("the and of it", []),
        ("don't", []),
        ("v2.3.1", ["v2.3.1", "v2", "3", "1"]),
        ("o'neil", ["o'neil", "o", "neil"]),
        ("well-known", ["well-known", "well", "known"]),
        ("snake_case", ["snake", "case"]),
        ("Müller 12.50 € 東京", ["müller", "12.50", "12", "50", "東京"]),
    ],
)
def test_a_text_is_its_stemmed_words_in_order(text, found):
    assert english(text) == found


def test_a_language_has_its_own_endings():
    assert lexemes.terms("Häuser Haus", language="german") == ["haus", "haus"]


def test_a_language_without_a_list_keeps_its_small_words():
    assert "il" in lexemes.terms("il gatto", language="italian")


def test_a_word_of_absurd_length_is_dropped():
    assert english("x" * MAX_WORD) != []
    assert english("x" * (MAX_WORD + 1)) == []


@given(st.text())
def test_any_text_has_terms_without_spaces(text):
    assert all(term and not term.isspace() for term in english(text))


@given(st.text())
def test_case_says_nothing(text):
    assert english(text) == english(text.lower())


@given(st.text(min_size=1))
def test_a_term_stands_among_the_dimensions(word):
    assert 0 <= lexemes.dimension(word) < DIMENSIONS


def test_a_term_stands_where_it_stood_in_every_process():
    # What is in the table was written by another process, perhaps years ago.
    assert lexemes.dimension("bee") == 290_878_971
    assert lexemes.dimension("東京") == 215_949_808


def test_a_query_asks_for_each_term_once_in_order():
    asked = lexemes.query_dimensions(["bee", "delft", "bee"])

    assert asked == [lexemes.dimension("bee"), lexemes.dimension("delft")]


@given(WORDS, WORDS | st.none())
def test_each_word_of_a_document_has_a_weight_within_bm25s_bounds(alone, in_context):
    weights = lexemes.weigh(alone, in_context)

    assert set(weights) == {lexemes.dimension(word) for word in {*alone, *(in_context or [])}}
    assert all(0 < weight < K1 + 1 for weight in weights.values())


@given(st.integers(1, 20), st.integers(21, 40))
def test_a_word_said_more_often_weighs_more(often, length):
    def weight(times):
        words = ["bee"] * times + [f"other{n}" for n in range(length - times)]
        return lexemes.weigh(words)[lexemes.dimension("bee")]

    assert weight(often) < weight(often + 1)


@given(st.integers(0, 200))
def test_a_word_in_a_longer_text_weighs_less(others):
    def weight(count):
        return lexemes.weigh(["bee", *["rain"] * count])[lexemes.dimension("bee")]

    assert weight(others + 1) < weight(others)


def test_repetition_gains_less_each_time():
    def weight(times):
        words = ["bee"] * times + ["rain"] * (30 - times)
        return lexemes.weigh(words)[lexemes.dimension("bee")]

    assert weight(2) - weight(1) > weight(6) - weight(5)


def test_a_word_of_the_context_alone_weighs_less_than_one_of_the_statement():
    bee, tram = lexemes.dimension("bee"), lexemes.dimension("tram")

    weights = lexemes.weigh(["bee"], ["tram", "bee"])

    assert 0 < weights[tram] < weights[bee]


def test_the_end_of_an_endless_text_is_not_indexed():
    words = [f"word{number}" for number in range(MAX_TERMS + 5)]

    weights = lexemes.weigh(words)

    assert len(weights) == MAX_TERMS
    assert lexemes.dimension(words[-1]) not in weights
