"""Messages are cut where sentences end, and nothing is added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved. I work here.", ["I moved.", "I work here."]),
        ("i moved to lisbon. i work as a nurse", ["i moved to lisbon.", "i work as a nurse"]),
        ("Dr. Okafor called. It cost 3.50 euros.", ["Dr. Okafor called.", "It cost 3.50 euros."]),
        ("I like tea, e.g. green tea.", ["I like tea, e.g. green tea."]),
        ("I like pens, ink, etc. Paper too.", ["I like pens, ink, etc.", "Paper too."]),
        ("See https://example.org/a.b?c=d for it.", ["See https://example.org/a.b?c=d for it."]),
        ("J. K. Rowling wrote it.", ["J. K. Rowling wrote it."]),
        ("Really?! Yes... I do.", ["Really?!", "Yes...", "I do."]),
        ("I moved to Rome 🎉 Please answer in Italian", None),
        ("¡Hola! ¿Qué tal? Vivo aquí.", ["¡Hola!", "¿Qué tal?", "Vivo aquí."]),
        ("- I run\n- I swim\n2. I row", ["I run", "I swim", "I row"]),
        ("one line\nanother line", ["one line", "another line"]),
    ],
)
def test_a_message_is_cut_into_sentences(text, expected):
    expected = expected or ["I moved to Rome 🎉", "Please answer in Italian"]

    assert sentences.split(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```python\nname = 'Bob'\n```",
        "> My name is Bob\n",
        "```\nMy name is Bob",
        "...!?",
        "",
        "🎉",
    ],
)
def test_code_quoted_lines_and_signs_are_no_sentences(text):
    assert sentences.split(text) == []


@given(st.text(max_size=300))
def test_every_sentence_stands_in_the_message(text):
    assert all(sentence in text for sentence in sentences.split(text))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "I moved to Lisbon last month and I work as a nurse.",
            ["I moved to Lisbon last month", "I work as a nurse."],
        ),
        ("Hi, my name is Mara and I live in Oslo.", ["my name is Mara", "I live in Oslo."]),
        ("Me llamo Lucía y vivo en Valencia.", ["Me llamo Lucía", "vivo en Valencia."]),
        ("I got the key, so now I'm blocked.", ["I got the key", "now I'm blocked."]),
    ],
)
def test_clauses_with_their_own_subject_stand_alone(sentence, expected):
    assert sentences.clauses(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "I love my cat and my dog.",
        "I bought a bicycle and I ride it to work.",
        "When I moved to Rome, I lost my keys.",
        "I live in Berlin and work as a nurse.",
        "She called and I answered.",
    ],
)
def test_a_sentence_whose_parts_need_each_other_stays_whole(sentence):
    assert sentences.clauses(sentence) == [sentence]


def test_words_that_only_lead_in_are_left_out():
    assert sentences.without_lead("By the way, I'm left-handed.") == "I'm left-handed."


def test_a_spanish_no_is_not_taken_for_an_answer():
    assert sentences.without_lead("No vivo en Madrid.") == "No vivo en Madrid."
