"""An OpenAI-compatible endpoint: order, batches, dimensions, and every way to fail."""

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured

from memories.providers import embeddings
from memories.providers.embeddings import EmbeddingUnavailable
from memories.providers.remote_embeddings import RemoteModel
from tests.memories.providers.endpoint import SIZE, vector_of

TEXTS = [f"text number {number}" for number in range(7)]


@pytest.fixture
def model(remote_model):
    return embeddings.for_model(remote_model)


def cosines(rows, texts, size=SIZE):
    expected = np.array([vector_of(text, size) for text in texts])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    return (rows * expected).sum(axis=1)


def test_rows_stand_in_the_order_of_the_texts(model):
    rows = model.embed(TEXTS)

    assert rows.shape == (7, SIZE)
    assert cosines(rows, TEXTS) == pytest.approx(np.ones(7), abs=1e-5)


def test_texts_are_sent_in_batches(model, endpoint, settings):
    settings.EMBEDDING_BATCH_SIZE = 3

    rows = model.embed(TEXTS)

    assert [len(body["input"]) for body in endpoint.asked] == [3, 3, 1]
    assert cosines(rows, TEXTS) == pytest.approx(np.ones(7), abs=1e-5)


def test_nothing_to_embed_asks_nothing(model, endpoint):
    assert len(model.embed([])) == 0
    assert endpoint.asked == []


def test_it_is_asked_as_the_protocol_says(model, endpoint):
    model.embed_query("Where are the bees?")

    (body,) = endpoint.asked
    assert (body["path"], body["key"]) == ("/v1/embeddings", "Bearer a-key")
    assert body["input"] == ["Where are the bees?"]
    assert f"openai:{body['model']}" == model.name
    assert body["encoding_format"] == "float"
    assert "dimensions" not in body


def test_every_row_has_length_one(model):
    assert np.linalg.norm(model.embed(TEXTS), axis=1) == pytest.approx(np.ones(7), abs=1e-5)
    assert np.linalg.norm(model.embed_query("x")) == pytest.approx(1, abs=1e-5)


def test_dimensions_are_asked_for_and_part_of_the_name(remote_model, endpoint, settings):
    settings.EMBEDDING_DIMENSIONS = 16

    model = RemoteModel(remote_model.removeprefix("openai:"))

    assert model.embed(TEXTS).shape == (7, 16)
    assert endpoint.asked[0]["dimensions"] == 16
    assert (model.name, model.dimensions) == (f"{remote_model}@16", 16)


def test_dimensions_are_learnt_from_the_endpoint_once(model, endpoint):
    assert [model.dimensions for _ in range(3)] == [SIZE] * 3
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_an_error_of_the_endpoint_means_unavailable(model, endpoint, status):
    endpoint.status = status

    with pytest.raises(EmbeddingUnavailable) as refusal:
        model.embed(["xylocopa"])

    assert "xylocopa" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_an_answer_without_every_row_is_no_answer(model, endpoint):
    endpoint.leaves_out = 1

    with pytest.raises(EmbeddingUnavailable, match="AnswerIncomplete"):
        model.embed(TEXTS)


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"not json",
        b"{}",
        b'{"data": []}',
        b'{"data": null}',
        b'{"object": "list", "data": [{"index": 0, "embedding": []}]}',
        b'{"object": "list", "data": [{"index": 0, "embedding": [null]}]}',
        b'{"object": "list", "data": [{"index": 0, "embedding": ["a"]}]}',
        b'{"object": "list", "data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"object": "list", "data": [{"index": 0}]}',
        b'{"object": "list", "data": [{"embedding": [1, 2]}]}',
    ],
)
def test_an_answer_that_is_none_means_unavailable(model, endpoint, says):
    endpoint.says = says

    with pytest.raises(EmbeddingUnavailable):
        model.embed(["one"])


def test_rows_of_different_lengths_are_no_answer(model, endpoint):
    endpoint.says = (
        b'{"object": "list", "data": [{"index": 0, "embedding": [1, 2]},'
        b' {"index": 1, "embedding": [1]}]}'
    )

    with pytest.raises(EmbeddingUnavailable):
        model.embed(["one", "two"])


def test_nobody_listening_means_unavailable(settings):
    settings.EMBEDDING_BASE_URL = "http://127.0.0.1:1/v1"

    with pytest.raises(EmbeddingUnavailable):
        RemoteModel("nobody").embed_query("x")


def test_an_endpoint_must_be_named(settings):
    settings.EMBEDDING_BASE_URL = settings.EMBEDDING_API_KEY = ""

    with pytest.raises(ImproperlyConfigured, match="EMBEDDING_API_KEY"):
        RemoteModel("anything")
