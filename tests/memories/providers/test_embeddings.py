"""Models by name."""

import numpy as np
import pytest

from memories.providers import embeddings
from memories.providers.embeddings import PROVIDERS


@pytest.mark.parametrize("name", ["", "bge", "local:", ":bge", "other:bge", "LOCAL:bge"])
def test_a_name_that_names_no_model_is_refused_with_those_that_do(name):
    with pytest.raises(ValueError, match="names no embedding model") as refusal:
        embeddings.for_model(name)

    assert all(provider in str(refusal.value) for provider in PROVIDERS)


def test_a_model_is_loaded_once_in_a_process():
    name = "local:bge-small-en-v1.5"

    assert embeddings.for_model(name) is embeddings.for_model(name)
    assert embeddings.for_model(name).name == name


def test_rows_get_length_one_and_a_zero_row_stays_zero():
    rows = embeddings.normalised(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32))

    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]
