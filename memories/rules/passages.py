"""Which clauses of a turn a statement rests on: the turn may speak of much else besides."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from memories.rules import polarity, wording

# A clause that begins so has no verb of its own: "I sold my car, my boat and the house".
_GOES_ON = re.compile(
    r"^(?:my|our|the|an?|mein\w*|unser\w*|d(?:as|er|ie|en)|mon|ma|mes|notre|nos|las?|les|los|mis?)\b",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """A clause, and what it may point to: its sentence and the one before."""

    words: str
    around: str


def clauses(said: Sequence[str]) -> list[Passage]:
    """The clauses of these sentences; a list's further items stay with its verb."""
    found: list[Passage] = []
    for at, sentence in enumerate(said):
        around = " ".join(said[max(0, at - 1) : at + 1])
        first = len(found)
        for clause in polarity.clauses(sentence):
            if len(found) > first and (_GOES_ON.match(clause) or len(clause.split()) == 1):
                found[-1] = Passage(f"{found[-1].words}, {clause}", around)
            else:
                found.append(Passage(clause, around))
    return found


def of(text: str, said: Sequence[str], *, language: str) -> list[Passage]:
    """For each clause of the statement, those that say most of its words.

    All of them where it shares no word with any, as "I smoke" with "Not any more".
    """
    passages = clauses(said)
    spoken = [wording.content_words(one.words) for one in passages]
    chosen: set[int] = set()
    for clause in polarity.clauses(text):
        told = set(wording.content_words(clause))
        shared = [wording.shared(told, words, language=language) for words in spoken]
        most = max(shared, default=0)
        chosen |= {at for at, many in enumerate(shared) if many and many == most}
    return [passages[at] for at in sorted(chosen)] if chosen else passages
