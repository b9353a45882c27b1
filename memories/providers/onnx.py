"""Transformers on this machine's processor: ONNX Runtime and a tokenizer, no network."""

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from memories.providers import model_files

Rows = npt.NDArray[np.float32]
Given = str | tuple[str, str]

# Attention's cost grows with the square of the length; a statement seldom passes 60 tokens.
MAX_TOKENS = 256
# Of one batch, padding included: bounds the memory that a run takes, about 100 MB at this size.
MAX_BATCH, MAX_BATCH_TOKENS = 32, 2048
CHARACTERS_A_TOKEN = 3

_cores = os.cpu_count() or 1
# More runs at once than cores would each take their memory and none would end sooner.
_running = threading.BoundedSemaphore(_cores)
_pool = ThreadPoolExecutor(_cores, thread_name_prefix="onnx")


class OnnxModel:
    """A transformer in ONNX form with its tokenizer."""

    def __init__(self, model: str) -> None:
        folder = model_files.folder(model)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread a run: requests run side by side, and threads that spin take from each other.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {given.name for given in self._session.get_inputs()}

    @property
    def width(self) -> int:
        """The length of the first output's last axis."""
        return int(self._session.get_outputs()[0].shape[-1])

    def run(self, texts: Sequence[Given]) -> Rows:
        """The model's answer for each text, in the order given: (texts, width).

        Of a model that answers for each token, the first token's ([CLS]).
        """
        # Texts of like length together: a batch is padded to its longest.
        order = sorted(range(len(texts)), key=lambda index: _tokens(texts[index]))
        batches = list(_batches(order, texts))
        # ONNX Runtime lets go of Python's lock: a thread for each core embeds a bulk faster.
        run = map if len(batches) == 1 else _pool.map
        parts = list(run(lambda batch: self._run([texts[index] for index in batch]), batches))
        if not parts:
            return np.zeros((0, self.width), np.float32)
        rows = np.concatenate(parts)
        rows[order] = rows.copy()
        return rows

    def _run(self, texts: Sequence[Given]) -> Rows:
        encoded = self._tokenizer.encode_batch(list(texts))
        feed = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }
        wanted = {name: value for name, value in feed.items() if name in self._inputs}
        with _running:
            output = self._session.run(None, wanted)[0]
        first: Rows = output if output.ndim == 2 else output[:, 0]  # noqa: PLR2004 - axes
        return first


def _tokens(given: Given) -> int:
    characters = len(given) if isinstance(given, str) else sum(map(len, given))
    return min(MAX_TOKENS, 2 + characters // CHARACTERS_A_TOKEN)


def _batches(order: Sequence[int], texts: Sequence[Given]) -> Iterator[list[int]]:
    """Indexes by rising length, as many together as a batch may hold."""
    batch: list[int] = []
    for index in order:
        full = (len(batch) + 1) * _tokens(texts[index]) > MAX_BATCH_TOKENS
        if batch and (full or len(batch) == MAX_BATCH):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
