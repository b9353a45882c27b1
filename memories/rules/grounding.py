"""Whether a statement's words occur in what it rests on. A model may not know better.

A value is taken strictly: each of its words was said. Of a statement most words must have been
said, and every number and name: "I live in the old town of Delft" may be told without the old
town, and never with Delhi.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from memories.rules import polarity, proposed_values, spoken_dates, wording
from memories.rules.evidence import Evidence

# Of a statement's words, so many must have been said; of a statement that leans on earlier turns,
# so many in the turn itself.
LEAST_SAID, LEAST_SAID_HERE = 0.6, 0.4
# How a model writes of who spoke; no evidence of anything.
_FRAME = frozenset("user person speaker human client customer someone name named called".split())
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[\"'“«(]*")
_CAPITALISED = re.compile(r"[^\W\d_]+")
_APART = re.compile(r"[^\s.,;:!?¡¿()\[\]\"“”«»]+")
# A value of several words may be shortened or spelt otherwise by its reader: "au fait" no more.
_LONGEST_READ = 3


def is_grounded(text: str, evidence: Evidence, *, language: str) -> bool:
    """Whether the statement was said: in the turn, in what it answers, or leaning on earlier."""
    said = _words(evidence.with_answered)
    nearby = [*said, *_words(evidence.earlier)]
    frame = {*_FRAME, *wording.words(evidence.turn.name or "")}
    told = wording.content_words(text, besides=frame)
    if not told:
        return wording.words(text) != [] and _is_verbatim(text, evidence.vouched_for)
    if _share(told, nearby, language) < LEAST_SAID or _share(told, said, language) < (
        LEAST_SAID_HERE
    ):
        return False
    # "No" to "Do you live in Berlin?" vouches for Berlin in what denies it only.
    if not polarity.is_negative(text):
        nearby = [*_words(evidence.vouched_for), *_words(evidence.earlier)]
    return all(
        any(wording.same(word, other, language=language) for other in nearby)
        for word in _specific(text, frame)
    )


def agrees(text: str, evidence: Evidence, *, language: str) -> bool:
    """Whether the statement denies what was denied, and nothing else."""
    if not evidence.denied:
        return polarity.agrees(text, said=evidence.with_answered, language=language)
    if leans_on_answered(text, evidence, language=language):
        return any(polarity.is_negative(clause) for clause in polarity.clauses(text))
    return polarity.agrees(text, said=evidence.said, language=language)


def leans_on_answered(text: str, evidence: Evidence, *, language: str) -> bool:
    """Whether all that tells something was said by the assistant, and the person only answered."""
    if evidence.answered is None:
        return False
    told = wording.content_words(text, besides=_FRAME)
    return not told or _share(told, _words(evidence.said), language) < LEAST_SAID_HERE


def holds_value(slot: str, value: Any, evidence: Evidence, *, language: str) -> bool:
    """Whether each word of a value was said. Lists: of each item."""
    if value is None:
        return True
    if isinstance(value, bool):
        return not slot  # nobody says "true"; what a slot holds has a name
    if isinstance(value, list):
        return all(holds_value(slot, one, evidence, language=language) for one in value)
    said = evidence.vouched_for
    spoken = _words(said)
    wanted = wording.words(_as_text(value))
    meant = [word for word in wanted if word not in wording.FUNCTION_WORDS] or wanted
    if meant and all(
        any(wording.same(word, other, language=language) for other in spoken) for word in meant
    ):
        return True
    return isinstance(value, str) and (
        spoken_dates.is_said(value, spoken) or _is_read(slot, value, said)
    )


def shares_a_word(text: str, other: str, *, language: str) -> bool:
    """Whether two texts have a word in common that says something."""
    others = wording.content_words(other, besides=_FRAME)
    return any(
        wording.alike(word, one, language=language)
        for word in wording.content_words(text, besides=_FRAME)
        for one in others
    )


def _words(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for text in texts for word in wording.words(text)))


def _share(told: Sequence[str], said: Sequence[str], language: str) -> float:
    return wording.shared(told, said, language=language) / len(told)


def _is_verbatim(text: str, said: Iterable[str]) -> bool:
    wanted = f" {' '.join(wording.words(text))} "
    return any(wanted in f" {' '.join(wording.words(one))} " for one in said)


def _specific(text: str, frame: set[str]) -> list[str]:
    """Numbers, and what has a capital inside a sentence."""
    starts = {found.end() for found in _SENTENCE_START.finditer(text)}
    names = [
        found.group()
        for found in _CAPITALISED.finditer(text)
        if found.group()[0].isupper() and found.start() not in starts
    ]
    named = [word for name in names for word in wording.words(name)]
    numbers = [word for word in wording.words(text) if wording.is_number(word)]
    left_out = wording.FUNCTION_WORDS | frame
    return [word for word in (*named, *numbers) if word not in left_out]


def _is_read(slot: str, value: str, said: Iterable[str]) -> bool:
    """Whether something that was said is read as this value: "español" as `es`."""
    kept = proposed_values.as_kept(slot, value)
    return any(
        proposed_values.as_kept(slot, " ".join(words[at : at + size])) == kept
        for words in map(_APART.findall, said)
        for size in range(1, _LONGEST_READ + 1)
        for at in range(len(words) - size + 1)
        if proposed_values.is_read(slot)
    )


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
