"""Counts tokens: by tiktoken when its data is on board, else by an estimate that says so.

tiktoken fetches its data from the network when it does not find it, or finds it damaged; here it is
asked only for what lies in TIKTOKEN_CACHE_DIR, whole, so that nothing is ever fetched.
"""

import hashlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tiktoken

from memories.rules.token_estimate import estimate

log = logging.getLogger("remembrancer.tokens")
FOLDER_VARIABLE = "TIKTOKEN_CACHE_DIR"
ESTIMATE = "estimate"
# In the order of preference: encoding, and the SHA-256 of its data as tiktoken knows it.
ENCODINGS = {
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
}
_ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"


@dataclass(frozen=True, slots=True)
class Counter:
    """How tokens are counted: `method` is "tiktoken:<encoding>" or "estimate"."""

    method: str
    count: Callable[[str], int]


def counter() -> Counter:
    """The best that is on board. Loaded once a process for each folder: it takes a second."""
    return _counter(os.environ.get(FOLDER_VARIABLE, ""))


@lru_cache(maxsize=4)
def _counter(folder: str) -> Counter:
    for name, digest in ENCODINGS.items():
        if folder and _is_on_board(Path(folder), name, digest):
            return Counter(f"tiktoken:{name}", _by(tiktoken.get_encoding(name)))
    return Counter(ESTIMATE, estimate)


def _is_on_board(folder: Path, name: str, digest: str) -> bool:
    # tiktoken names the file by the digest of where it would fetch it.
    file = folder / hashlib.sha1(_ADDRESS.format(name).encode(), usedforsecurity=False).hexdigest()
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return False
    if found != digest:
        log.warning("the data of a tokenizer is damaged", extra={"encoding": name})
    return found == digest


def _by(encoding: tiktoken.Encoding) -> Callable[[str], int]:
    # Ordinary: what looks like a special token in a text is text.
    return lambda text: len(encoding.encode_ordinary(text))
