"""Embeddings from any endpoint that speaks OpenAI's protocol."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import openai
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from memories.providers.embeddings import EmbeddingUnavailable, Vectors, normalised


class RemoteModel:
    """`openai:<model>` at EMBEDDING_BASE_URL."""

    # Text-embedding models of this kind spread wider than small local ones.
    floor, ceiling = 0.15, 0.65

    def __init__(self, model: str) -> None:
        if not settings.EMBEDDING_API_KEY and not settings.EMBEDDING_BASE_URL:
            raise ImproperlyConfigured(
                "Set EMBEDDING_API_KEY, and EMBEDDING_BASE_URL for an endpoint other than OpenAI's."
            )
        size = settings.EMBEDDING_DIMENSIONS
        # Vectors of another length are those of another model.
        self.name = f"openai:{model}@{size}" if size else f"openai:{model}"
        self._model = model
        self._client = openai.OpenAI(
            api_key=settings.EMBEDDING_API_KEY or "none",
            base_url=settings.EMBEDDING_BASE_URL or None,
            timeout=settings.EMBEDDING_TIMEOUT,
            max_retries=1,
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows (len(texts), dimensions), in the order given. Raises EmbeddingUnavailable."""
        size = settings.EMBEDDING_BATCH_SIZE
        parts = [self._batch(list(texts[at : at + size])) for at in range(0, len(texts), size)]
        return np.concatenate(parts) if parts else np.zeros((0, 0), np.float32)

    @cached_property
    def dimensions(self) -> int:
        """As configured, or as the endpoint answers. Raises EmbeddingUnavailable."""
        return settings.EMBEDDING_DIMENSIONS or len(self._batch(["dimensions"])[0])

    def embed_query(self, text: str) -> Vectors:
        """A vector (dimensions,). Raises EmbeddingUnavailable."""
        row: Vectors = self._batch([text])[0]
        return row

    def _batch(self, texts: list[str]) -> Vectors:
        wanted = settings.EMBEDDING_DIMENSIONS or openai.omit
        try:
            answer = self._client.embeddings.create(
                model=self._model, input=texts, dimensions=wanted, encoding_format="float"
            )
        except (openai.OpenAIError, ValueError) as error:
            # Not the message: an endpoint may repeat the text it was sent.
            raise EmbeddingUnavailable(type(error).__name__) from None
        return _rows(answer, len(texts))


def _rows(answer: Any, count: int) -> Vectors:
    """The answer's rows in the order of the texts; an endpoint may answer anything."""
    try:
        placed = {row.index: row.embedding for row in answer.data}
        rows = np.array([placed[index] for index in range(count)], np.float32)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise EmbeddingUnavailable("AnswerIncomplete") from None
    size = settings.EMBEDDING_DIMENSIONS or (rows.shape[1] if rows.ndim == 2 else 0)  # noqa: PLR2004
    if not size or rows.shape != (count, size) or not np.isfinite(rows).all():
        raise EmbeddingUnavailable("AnswerUnfit")
    return normalised(rows)
