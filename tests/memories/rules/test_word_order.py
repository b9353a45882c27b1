"""What was said, and what is only made of its words."""

import pytest

from memories.rules import word_order


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I live in Delft", ["I live in the old town of Delft"]),
        ("In Delft I live with Eva", ["I live with Eva in Delft"]),
        ("I drink green tea every morning", ["Every morning I drink green tea"]),
        ("Meine Schwester Eva wohnt in Rom", ["In Rom wohnt meine Schwester Eva"]),
        ("The name of my dog is Rex", ["I have a dog.", "His name is Rex, if you ask"]),
        ("I moved with Eva to Hamburg", ["I moved, after ten years, with Eva, to Hamburg"]),
        ("My dog Rex is three", ["I have a dog", "His name is Rex", "He is three"]),
        ("Rex is my dog", ["I have a dog.", "His name is Rex."]),
        ("J'habite à Lyon avec Marie", ["Avec Marie, j'habite à Lyon"]),
    ],
)
def test_what_is_told_in_other_order_or_less_is_still_what_was_said(text, said):
    assert word_order.is_kept(text, said, language="english")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I love Delft and tea live in I", ["I live in Delft and I love tea."]),
        ("I hate jazz and love blues", ["I love jazz and I hate blues"]),
        ("Eva lives in Rome, Tom works in Oslo", ["Tom lives in Oslo, Eva works in Rome"]),
        ("tea Delft love live", ["I live in Delft.", "I love tea."]),
    ],
)
def test_a_bag_of_words_is_not(text, said):
    assert not word_order.is_kept(text, said, language="english")


def test_of_two_words_nothing_can_be_said():
    assert word_order.is_kept("tea Delft", ["I live in Delft.", "I love tea."], language="english")
