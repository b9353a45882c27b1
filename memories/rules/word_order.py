"""Whether a statement puts words together that stood together: not a bag of what was said.

From "I live in Delft and I love tea", "I love Delft" can be made of words that were all said.
Speech may be turned round ("In Delft I live"), shortened and joined; what is looked at is which
words stand side by side, and whether the whole runs in the same order.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from memories.rules import polarity, wording

# Of fewer words, as of words from turns further back, nothing can be said.
FEWEST = 3
# Either the order is kept in this share of the words, or this share of the pairs stood together.
LEAST_IN_ORDER, LEAST_TOGETHER = 0.7, 0.5
# A clause with such a word goes on about what stood before it: "I have a dog. His name is Rex."
_GOES_ON = re.compile(
    r"\b(?:his|her|hers|its|their|he|she|it|they|them|there|him|sein\w*|ihr\w*|er|sie|es|dort|son|"
    r"ses|il|elle|su|sus|él|ella|allí)\b",
    re.IGNORECASE,
)
# So many of a clause's words apart still count as together.
_NEAR = 6

_Place = tuple[int, int]


def is_kept(text: str, said: Sequence[str], *, language: str) -> bool:
    """Whether the statement's words stand together, or in order, as in what was said."""
    places = _Places(_clauses(said), language)
    told = [
        [found for word in wording.content_words(clause) if (found := places.of(word))]
        for clause in polarity.clauses(text)
    ]
    whole = [found for clause in told for found in clause]
    if len(whole) < FEWEST or _in_order(whole) >= LEAST_IN_ORDER * len(whole):
        return True
    pairs = [pair for clause in told for pair in pairwise(clause)]
    together = sum(_stood_together(*pair) for pair in pairs)
    return bool(pairs) and together >= LEAST_TOGETHER * len(pairs)


def _clauses(said: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = []
    for clause in (clause for one in said for clause in polarity.clauses(one)):
        if found and _GOES_ON.search(clause):
            found[-1].extend(wording.content_words(clause))
        else:
            found.append(wording.content_words(clause))
    return found


class _Places:
    """Where the forms of a word stand: (clause, word in it), in order."""

    def __init__(self, spoken: Sequence[Sequence[str]], language: str) -> None:
        self._language = language
        self._at: dict[str, list[_Place]] = {}
        for clause, words in enumerate(spoken):
            for at, word in enumerate(words):
                self._at.setdefault(word, []).append((clause, at))

    def of(self, word: str) -> list[_Place]:
        return sorted(
            place
            for other, places in self._at.items()
            if wording.alike(word, other, language=self._language)
            for place in places
        )


def _in_order(whole: Sequence[Sequence[_Place]]) -> int:
    """The length of the longest run of words that occur in this order."""
    ends: list[_Place] = []
    for places in whole:
        for place in reversed(places):
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends)


def _stood_together(one: Sequence[_Place], other: Sequence[_Place]) -> bool:
    return any(
        clause == beside and abs(at - to) <= _NEAR for clause, at in one for beside, to in other
    )
