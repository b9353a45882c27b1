"""A second opinion on question and statement."""

import pytest

from memories.providers import reranking


def test_the_answer_scores_above_what_is_none():
    bees, tax, cello = reranking.score(
        "Which animals does Ada keep?",
        ["Ada keeps bees in Delft", "The tax return is due in April", "Ada plays the cello"],
    )

    assert bees > max(tax, cello)


def test_each_text_has_a_score_between_0_and_1_whoever_stands_beside_it():
    texts = ["bees", "", "x" * 5000, "Ada keeps bees " * 40]

    together = reranking.score("Which animals?", texts)

    assert all(0 <= score <= 1 for score in together)
    alone = [reranking.score("Which animals?", [text])[0] for text in texts]
    assert together == pytest.approx(alone, abs=1e-3)


def test_nothing_has_no_scores():
    assert reranking.score("Which animals?", []) == []
