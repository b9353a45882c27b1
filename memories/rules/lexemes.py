"""Full text as sparse vectors: BM25 that PostgreSQL computes as an inner product.

A document is {term: weight} with the term-frequency half of BM25 (Robertson & Zaragoza, "The
Probabilistic Relevance Framework", 2009, eq. 3.15); the inverse document frequency depends on the
subject's other memories and is applied when asked.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer

from memories.rules.stop_words import STOP_WORDS

DIMENSIONS = 1_000_000_000
# Weights are for texts of conversational length; the means (in terms) were measured on dialogue.
K1, B = 1.2, 0.75
MEAN_LENGTH_ALONE, MEAN_LENGTH_IN_CONTEXT = 14.0, 36.0
# Terms beyond this many add nothing to a statement and would slow each scan of it.
MAX_TERMS = 400
MAX_WORD = 64

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*", re.UNICODE)
_PART = re.compile(r"[^\W_]+", re.UNICODE)


def terms(text: str, *, language: str) -> list[str]:
    """The stemmed words of the text, in order, without stop words."""
    stop = STOP_WORDS.get(language, frozenset())
    found: list[str] = []
    for match in _WORD.finditer(text.lower()):
        whole = match.group()
        parts = _PART.findall(whole)
        # "v2.3.1" and "o'neil" are found whole and by their parts.
        words = parts if len(parts) == 1 or set(parts) & stop else [whole, *parts]
        kept = [word for word in words if word not in stop and len(word) <= MAX_WORD]
        found += [stem(word, language) for word in kept]
    return found


def weigh(alone: list[str], in_context: list[str] | None = None) -> dict[int, float]:
    """{dimension: weight} of a document: the mean of itself and of itself in its context."""
    own = _saturated(alone, MEAN_LENGTH_ALONE)
    if in_context is None:
        return own
    wide = _saturated(in_context, MEAN_LENGTH_IN_CONTEXT)
    return {key: (own.get(key, 0.0) + wide.get(key, 0.0)) / 2 for key in own | wide}


def query_dimensions(words: Iterable[str]) -> list[int]:
    """The distinct dimensions of a query's terms."""
    return list(dict.fromkeys(dimension(word) for word in words))


@lru_cache(maxsize=65_536)
def dimension(word: str) -> int:
    """Where a term stands among DIMENSIONS, from 0. Two terms meet once in a billion."""
    # Not Python's hash(): that differs from process to process.
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) % DIMENSIONS


def _saturated(words: list[str], mean_length: float) -> dict[int, float]:
    length = K1 * (1 - B + B * len(words) / mean_length)
    counted: Mapping[str, int] = Counter(words[:MAX_TERMS])
    return {dimension(word): n * (K1 + 1) / (n + length) for word, n in counted.items()}


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """A word without its ending; `language` is one of Snowball's. Raises KeyError for another."""
    return str(_stemmer(language).stemWord(word))


@lru_cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)
