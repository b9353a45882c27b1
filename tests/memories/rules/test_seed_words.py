"""The list of BIP-39."""

from memories.rules.seed_words import WORDS


def test_it_is_whole():
    assert len(WORDS) == 2048
    assert {"abandon", "zoo"} <= WORDS


def test_each_word_is_told_by_its_first_four_letters():
    assert len({word[:4] for word in WORDS}) == 2048
