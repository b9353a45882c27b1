"""Embeddings on this machine's processor."""

import threading
from collections.abc import Sequence

from memories.providers import model_files
from memories.providers.embeddings import Vectors, normalised
from memories.providers.onnx import OnnxModel

QUERY_PREFIX = "Represent this sentence for searching relevant passages: "


class LocalModel:
    """BGE and its like: CLS pooling, L2-normalised, a prefix before questions."""

    # Seen on dialogue: half of all pairs of question and statement lie below 0.51, and the best
    # answer of a subject's between 0.57 and 0.76.
    floor, ceiling = 0.45, 0.75

    def __init__(self, model: str) -> None:
        self.name = f"local:{model}"
        self._prefix = QUERY_PREFIX if model.startswith("bge-") else ""
        self._model = model
        model_files.folder(model)  # Raises ImproperlyConfigured here, not at the first text.
        self._loaded: OnnxModel | None = None
        self._loading = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows (len(texts), 384 for the bundled model), in the order given."""
        return normalised(self._onnx().run(texts))

    @property
    def dimensions(self) -> int:
        """384 for the bundled model."""
        return self._onnx().width

    def embed_query(self, text: str) -> Vectors:
        """A vector (384,) for a question."""
        row: Vectors = self.embed([self._prefix + text])[0]
        return row

    def _onnx(self) -> OnnxModel:
        with self._loading:
            if self._loaded is None:
                self._loaded = OnnxModel(self._model)
            return self._loaded
