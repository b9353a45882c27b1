"""From a clause to the slots that it fills.

A pattern that is unsure says nothing: a statement without a slot is still kept in words, a wrong
value would put a right one out of sight.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from memories.rules import (
    slot_english,
    slot_languages,
    slot_phrases,
    slot_requests,
    slot_values,
    speech_acts,
)
from memories.rules.slot_values import Reader, Row


@dataclass(frozen=True, slots=True)
class Slot:
    """One value found. `asked`: by a request, which may be meant for this once only."""

    type: str
    slot: str
    value: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    type: str
    slot: str
    read: Reader
    expression: re.Pattern[str]
    # A request may have the form of a question: "Could you answer in French?"
    asked: bool


def _compiled(kind: str, rows: Sequence[Row], *, asked: bool = False) -> Iterator[_Pattern]:
    for slot, read, expressions in rows:
        for expression in expressions:
            yield _Pattern(kind, slot, read, re.compile(expression, re.IGNORECASE), asked)


_PATTERNS = (
    *_compiled("profile", slot_english.PROFILE + slot_languages.PROFILE),
    *_compiled("profile", slot_requests.NAMING + slot_languages.NAMING, asked=True),
    *_compiled("preference", slot_english.PREFERENCE),
    *_compiled("preference", slot_requests.REQUESTS + slot_languages.REQUESTS, asked=True),
    *_compiled("task_state", slot_english.TASK_STATE),
    *_compiled("profile", slot_phrases.PROFILE),
    *_compiled("preference", slot_phrases.PREFERENCE),
    *_compiled("task_state", slot_phrases.TASK_STATE),
)
_NOT_NOW = re.compile(
    r"\b(?:no longer|any ?more|no more|used to|came back|moved back|until (?:last|recently)|nicht "
    r"mehr|ne \w+ plus|ya no)\b",
    re.IGNORECASE,
)
# "I live in Berlin and work as a nurse": one subject, two statements.
_SHARED_SUBJECTS = (
    (
        re.compile(
            r"^.*?\b(?:I|we)(?:['’]?(?:m|ve|re)| am| are| have)? (?P<first>.*?),? and (?P<rest>"
            r"(?:now |currently )?(?:work|live|use|prefer|moved|relocated|settled|joined|started|"
            r"study) .*)$",
            re.IGNORECASE,
        ),
        "I",
    ),
    (
        re.compile(
            r"^.*?\bich (?P<first>.*?) und (?P<rest>(?:arbeite|wohne|lebe|heiße) .*)$",
            re.IGNORECASE,
        ),
        "ich",
    ),
    (
        re.compile(r"^(?P<first>.*?) y (?P<rest>(?:vivo|trabajo|me llamo) .*)$", re.IGNORECASE),
        "yo",
    ),
)
# "I want to move to Rome and work at Ferrari": the second is no more so than the first.
_NOT_SO = re.compile(
    r"\b(?:will|would|could|might|may|can|should|never)\b|n['’]t\b|['’](?:d|ll)\b|"
    r"\bto (?!the\b|an?\b|my\b)(?-i:[a-z])",
    re.IGNORECASE,
)


# "Lisbon is lovely, so my time zone is WET now": what follows has a subject of its own.
_OWN_CLAUSE = re.compile(
    r"(?:[,;:–—]\s+(?:(?:and|but|so|though|since|because|und|aber|mais|et|pero|y)\s+)?|"
    r"\s(?:and|but|so|though|because|since|und|aber|mais|et|pero|y)\s+|"
    r"\b(?:I should (?:mention|say|add)|I forgot to (?:mention|say|add|tell you)|did I mention|I "
    r"(?:just )?wanted to (?:mention|say|add|tell you|let you know)|it turns out)(?: that)?\s+|"
    r"^(?:for (?:the )?(?:past|last)|since) (?:[\w-]+\s+){1,3}?)"
    r"(?=(?:the (?:new )?(?:deadline|next step)|I|we|my|our|ich|wir|mein|meine|je|nous|mon|ma|yo|"
    r"mi)\b|I['’]|j['’])",
    re.IGNORECASE,
)
_MOST_CLAUSES = 8
# What is said under these is said of another time or world.
_ELSEWHERE = re.compile(
    r"\b(?:if|when|once|before|after|until|in (?:my|the|a) (?:\w+ )?(?:game|novel|dreams?|story|"
    r"book|"
    r"past)|dream(?:t|ed)|imagine|pretend|wenn|falls|als|si|quand|cuando)\b",
    re.IGNORECASE,
)


def slots_in(clause: str) -> list[Slot]:
    """The slots that a clause fills, each once. None for what is supposed, quoted or reported."""
    spoken = speech_acts.own_words(clause)
    if speech_acts.is_hypothetical(spoken):
        return []
    only_requests = speech_acts.is_question(spoken) or bool(_NOT_NOW.search(spoken))
    found: dict[tuple[str, str], Slot] = {}
    for reading in _readings(spoken):
        for pattern in _PATTERNS:
            key = (pattern.type, pattern.slot)
            if key in found or (only_requests and not pattern.asked):
                continue
            if value := _value(pattern, reading):
                found[key] = Slot(*key, value, pattern.asked)
    return list(found.values())


def _readings(clause: str) -> Iterator[str]:
    yield clause
    for joint in islice(_OWN_CLAUSE.finditer(clause), _MOST_CLAUSES):
        if not _ELSEWHERE.search(clause, 0, joint.start()):
            yield clause[joint.end() :]
    for shape, subject in _SHARED_SUBJECTS:
        shared = shape.match(clause)
        if shared and not _NOT_SO.search(shared["first"]):
            yield f"{subject} {shared['rest']}"


def _value(pattern: _Pattern, text: str) -> str:
    match = pattern.expression.search(text)
    if match is None or not match["value"].strip():
        return ""
    job = match.groupdict().get("job")
    return "" if job and not slot_values.is_paid_work(job) else pattern.read(match["value"])
