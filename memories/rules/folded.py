"""A text as it is searched: without signs that show nothing, and with one form of each letter.

What is kept keeps its joiners and its full-width letters; what is looked for must be found behind
them. Places found in the folded text are told as places of the text itself.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from memories.rules.spans import Span

# Not of Unicode's class Cf, and as invisible: the joiner of graphemes, fillers of Hangul.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# They choose how the sign before them looks.
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x180B, 0x180F))


@dataclass(frozen=True, slots=True)
class Folded:
    """The text as it is searched; `places[n]` is where its sign n stands in the text itself."""

    text: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """From `start` up to, not with, `end` of the folded text, as a place of the text itself."""
        if start >= end:
            return (0, 0)
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded | None:
    """The folded text in Unicode's NFKC, sign by sign; None where folding changes nothing."""
    if text.isascii():
        return None
    parts: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded = sign if sign.isascii() else _folded(sign)
        parts.append(folded)
        places += [place] * len(folded)
    joined = "".join(parts)
    return None if joined == text else Folded(joined, tuple(places))


def everywhere(text: str, find: Callable[[str], Iterable[Span]]) -> Iterator[Span]:
    """What `find` finds in the text and in the folded text; some of it twice."""
    yield from find(text)
    folded = fold(text)
    if folded is not None:
        for span in find(folded.text):
            yield Span(*folded.place(span.start, span.end), span.kind)


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    if unicodedata.category(sign) == "Cf" or sign in _BLANK:
        return ""
    if any(first <= ord(sign) <= last for first, last in _SELECTORS):
        return ""
    return unicodedata.normalize("NFKC", sign)
