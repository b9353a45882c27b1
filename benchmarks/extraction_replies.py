"""What the played language model answers: what a good one would say of a case, as JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.extraction_cases import Case, Told
from memories.rules import sentences
from tests.memories.reading_model import candidate

Candidate = dict[str, Any]

_DATE = re.compile(r"(?:\d{1,2}\w{0,2}(?: of)? [A-Z]\w+|[A-Z]\w+ \d{1,2}\w{0,2})(?:,? \d{4})?")
_CLAUSE = re.compile(r",\s+(?:and|but|so)?\s*(?=(?:I|we|my|our)\b|I['’])")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is shown: the new turns' words in order, and the memories known near them."""

    turns: Sequence[str]
    memories: Sequence[Mapping[str, Any]]

    def number_of(self, words: str) -> int | None:
        """The number of the one memory that holds these words; None for none or several."""
        found = [
            one["memory"] for one in self.memories if words.casefold() in one["text"].casefold()
        ]
        return found[0] if len(found) == 1 else None


def shown(body: Mapping[str, Any]) -> Prompt:
    """The prompt in a request: each turn and each memory is a line of JSON under its title."""
    turns: list[str] = []
    memories: list[Mapping[str, Any]] = []
    for line in body["messages"][1]["content"].splitlines():
        if not line.startswith("{"):
            continue
        told = json.loads(line)
        if "memory" in told:
            memories.append(told)
        elif "message" in told:
            turns.append(told["text"])
    return Prompt(turns, memories)


def good(case: Case, number: int, prompt: Prompt) -> list[Candidate]:
    """What a good model says of one episode of a case."""
    return [
        _candidate(told, prompt)
        for told in case.episodes[number].told
        if told.turn < len(prompt.turns)
    ]


def _candidate(told: Told, prompt: Prompt) -> Candidate:
    sentence = _sentence(told.has, prompt.turns[told.turn])
    return candidate(
        told.says or sentence,
        message=told.turn + 1,
        type=_type(told),
        slot=told.slot or None,
        value=_value(told, sentence),
        relation=told.relation,
        about=prompt.number_of(told.of) if told.of else None,
        occurred_at=told.on or None,
    )


def _type(told: Told) -> str:
    order = ("profile", "preference", "task_state", "interaction")
    return next(kind for kind in order if kind in told.types)


def _sentence(has: str, turn: str) -> str:
    for sentence in sentences.split(turn):
        for clause in _CLAUSE.split(sentence):
            if has.casefold() in clause.casefold():
                return clause
    return turn


def _value(told: Told, sentence: str) -> str | None:
    """The value in the person's words, as the prompt wants it."""
    if not told.slot or not told.value:
        return None
    if told.slot == "birthday":
        found = _DATE.search(sentence)
        date, year = found.group() if found else told.has, told.value[:4]
        return f"{date} {year}" if year in sentence and year not in date else date
    return told.value if told.value.casefold() in sentence.casefold() else told.has
