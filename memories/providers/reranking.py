"""A second opinion on a few hits: a cross-encoder that reads question and statement together."""

import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from memories.providers.onnx import OnnxModel

MODEL = "ms-marco-minilm"
_loading = threading.Lock()


@lru_cache(maxsize=1)
def _load() -> OnnxModel:
    return OnnxModel(MODEL)


def score(query: str, texts: Sequence[str]) -> list[float]:
    """How well each text answers the query, on [0, 1] (the logistic of the model's logit)."""
    if not texts:
        return []
    with _loading:
        model = _load()
    logits = model.run([(query, text) for text in texts])[:, 0]
    scores: list[float] = (1 / (1 + np.exp(-logits))).tolist()
    return scores
