"""The bundled model, on this machine."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from memories.providers import embeddings
from memories.providers.local_embeddings import LocalModel


@pytest.fixture(scope="module")
def model():
    return embeddings.for_model("local:bge-small-en-v1.5")


def test_rows_stand_in_the_order_of_the_texts_however_long_each_is(model):
    texts = [f"{'word ' * (number * 7 % 11)}number {number}" for number in range(40)]

    together = model.embed(texts)

    assert together.shape == (40, model.dimensions)
    for number in (0, 7, 39):
        alone = model.embed([texts[number]])[0]
        # Not to the digit: the model is quantised, and rounds by what stands in the batch.
        assert together[number] @ alone > 0.98
        assert np.argmax(together @ alone) == number


def test_every_row_has_length_one(model):
    rows = model.embed(["bees", "", " ", "東京 🐝", "x" * 10_000])

    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(5), abs=1e-4)


def test_nothing_has_no_rows(model):
    assert len(model.embed([])) == 0


def test_what_means_the_same_is_nearer_than_what_does_not(model):
    question = model.embed_query("Which animals does she keep?")
    bees, tax = model.embed(["Ada keeps bees in Delft", "The tax return is due in April"])

    assert question @ bees > question @ tax
    assert model.floor < question @ bees <= 1


def test_a_question_is_read_as_a_question(model):
    assert model.embed_query("bees") @ model.embed(["bees"])[0] < 0.999


def test_several_threads_get_the_same_rows(model):
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda _: model.embed(["Ada keeps bees"])[0], range(8)))

    assert all(np.array_equal(row, rows[0]) for row in rows)


def test_a_model_without_files_is_told_what_it_needs():
    with pytest.raises(ImproperlyConfigured, match="LOCAL_MODEL_DIR"):
        LocalModel("nowhere").embed(["x"])
