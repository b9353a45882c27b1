"""Turn texts into vectors: one protocol, providers by name.

A model's name is `provider:model`. It stands on every row that it made, and recall never compares
vectors of two models.
"""

import logging
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

log = logging.getLogger("remembrancer.models")

Vectors = npt.NDArray[np.float32]

PROVIDERS = {
    "local": "memories.providers.local_embeddings.LocalModel",
    "openai": "memories.providers.remote_embeddings.RemoteModel",
}


class EmbeddingUnavailable(Exception):
    """The model does not answer now; the work waits and is tried again."""


class EmbeddingModel(Protocol):
    """A model that embeds."""

    name: str
    # The band of cosines in which this model's answers tell something: below the floor texts are
    # unrelated, at the ceiling they say the same.
    floor: float
    ceiling: float

    @property
    def dimensions(self) -> int:
        """How long its vectors are. Raises EmbeddingUnavailable when only the model can tell."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """L2-normalised rows (len(texts), dimensions) for statements.

        Raises EmbeddingUnavailable.
        """

    def embed_query(self, text: str) -> Vectors:
        """One L2-normalised vector (dimensions,) for a question. Raises EmbeddingUnavailable."""


@cache
def for_model(name: str) -> EmbeddingModel:
    """The model of this name, loaded once in a process. Raises ValueError for a name unknown."""
    provider, _, model = name.partition(":")
    if provider not in PROVIDERS or not model:
        known = ", ".join(f"{known}:…" for known in PROVIDERS)
        raise ValueError(f"{name!r} names no embedding model; write one of {known}")
    loaded: EmbeddingModel = import_string(PROVIDERS[provider])(model)
    return loaded


def serving(name: str) -> EmbeddingModel:
    """The model of this name; one that is not there or not set up is a model that does not answer.

    A namespace whose model went missing is recalled by full text, and its writes wait.
    """
    try:
        return for_model(name)
    except (ImproperlyConfigured, ValueError) as error:
        log.error("embedding model missing", extra={"model": name, "error": type(error).__name__})
        return Missing(name)


class Missing:
    """Stands for a model that is not there."""

    floor, ceiling = 0.0, 1.0

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def dimensions(self) -> int:
        """Raises EmbeddingUnavailable."""
        raise EmbeddingUnavailable("ModelMissing")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Raises EmbeddingUnavailable."""
        raise EmbeddingUnavailable("ModelMissing")

    def embed_query(self, text: str) -> Vectors:
        """Raises EmbeddingUnavailable."""
        raise EmbeddingUnavailable("ModelMissing")


def normalised(rows: Vectors) -> Vectors:
    """Rows of length one; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = rows / np.maximum(lengths, 1e-12)
    return scaled.astype(np.float32)
