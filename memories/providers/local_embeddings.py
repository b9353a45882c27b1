"""Embeddings on this machine's processor: ONNX Runtime and a tokenizer, no network."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from memories.providers import model_files
from memories.providers.embeddings import Vectors, normalised

QUERY_PREFIX = "Represent this sentence for searching relevant passages: "
BATCH_SIZE = 32
# Attention's cost grows with the square of the length; a statement seldom passes 60 tokens.
MAX_TOKENS = 256


class OnnxModel:
    """A transformer in ONNX form with its tokenizer."""

    def __init__(self, model: str) -> None:
        folder = model_files.folder(model)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread a call: requests run side by side, and threads that spin take from each other.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {given.name for given in self._session.get_inputs()}

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> npt.NDArray[np.float32]:
        """The model's first output for one batch."""
        encoded = self._tokenizer.encode_batch(list(texts))
        feed = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }
        output = self._session.run(
            None, {name: value for name, value in feed.items() if name in self._inputs}
        )
        first: npt.NDArray[np.float32] = output[0]
        return first

    @property
    def width(self) -> int:
        """The length of the first output's last axis."""
        return int(self._session.get_outputs()[0].shape[-1])


class LocalModel:
    """BGE and its like: CLS pooling, L2-normalised, a prefix before questions."""

    # Seen on dialogue: half of all pairs of question and statement lie below 0.51, and the best
    # answer of a subject's between 0.57 and 0.76.
    floor, ceiling = 0.45, 0.75

    def __init__(self, model: str) -> None:
        self.name = f"local:{model}"
        self._prefix = QUERY_PREFIX if model.startswith("bge-") else ""
        self._model = model
        self._loaded: OnnxModel | None = None
        self._loading = threading.Lock()
        self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="embed")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows (len(texts), 384 for the bundled model), in the order given."""
        # Texts of like length together: a batch is padded to its longest.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        batches = [
            [texts[index] for index in order[start : start + BATCH_SIZE]]
            for start in range(0, len(order), BATCH_SIZE)
        ]
        if not batches:
            return np.zeros((0, 0), np.float32)
        model = self._onnx()
        # ONNX Runtime lets go of Python's lock: a thread for each core embeds a bulk faster.
        run = map if len(batches) == 1 else self._pool.map
        parts = [output[:, 0] for output in run(model.run, batches)]
        rows = np.concatenate(parts)
        rows[order] = rows.copy()
        return normalised(rows)

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
