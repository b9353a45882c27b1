"""What people and staff say must never be remembered: words, patterns, types, categories.

A word or phrase matches whole words, whatever their case and accents, in any of their inflections
(`divorce` also matches "divorced" and "divorces", by the namespace's language): a rule that keeps
too much out does less harm than one that a plural slips past. Words of fewer than four letters
match as they stand, or with a possessive s.
"""

import math
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from memories.rules import folded, lexemes, sentences, wording

WORD, PATTERN, TYPE, CATEGORY = "word", "pattern", "type", "category"
KINDS = (WORD, PATTERN, TYPE, CATEGORY)
MASK = "[not remembered]"
TIMEOUT_SECONDS = 0.05
# A pattern that was cut off so often counts as found in every further text, unread: it must not
# hold up a conversation for long, nor let anything past.
MOST_TIMEOUTS = 5
_SHORT_WORD = 4
# With the combining marks that may follow a letter.
_TOKEN = regex.compile(r"[^\W_]+(?:\p{M}+[^\W_]*)*")
_REPEATED = regex.compile(r"\{(\d*),?(\d*)\}")
_MOST_REPEATED = 5_000
# On these a pattern that backtracks without end shows itself.
_PROBES = ("a" * 4_000 + "!", "1" * 4_000 + "!", "a1 " * 1_300 + "!", "ab@ab.-_/" * 450 + "\n!",
           " " * 4_000 + "!", "x" * 30 + "=" + "y" * 3_000 + "\n")  # fmt: skip
_POSSESSIVE = regex.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its `value` is a word or phrase, a pattern, a type's name, a category."""

    id: uuid.UUID
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule matched."""

    rule: Rule
    start: int
    end: int


@dataclass(slots=True)
class Forbidden:
    """Rules made ready for many texts of one request; it counts what its patterns cost."""

    phrases: dict[str, list[tuple[tuple[str, ...], Rule]]] = field(default_factory=dict)
    patterns: list[tuple[regex.Pattern[str], Rule]] = field(default_factory=list)
    types: dict[str, Rule] = field(default_factory=dict)
    categories: dict[str, Rule] = field(default_factory=dict)
    language: str = "english"
    timeouts: dict[uuid.UUID, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.phrases or self.patterns or self.types or self.categories)


def ready(rules: Iterable[Rule], *, language: str) -> Forbidden:
    """The rules, compiled. `language` is one of Snowball's, such as english."""
    found = Forbidden(language=language)
    for rule in rules:
        if rule.kind == WORD:
            stems = tuple(_stem(token, language) for token in _tokens(rule.value))
            if stems:
                found.phrases.setdefault(stems[0], []).append((stems, rule))
        elif rule.kind == PATTERN:
            found.patterns.append((compiled(rule.value), rule))
        elif rule.kind == TYPE:
            found.types[rule.value] = rule
        else:
            found.categories[wording.folded(rule.value)] = rule
    return found


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> "regex.Pattern[str]":
    """A pattern as it is matched: case-insensitive. Raises regex.error, or ValueError for one
    that repeats repetitions so often that compiling it would take all memory."""
    counts = (max(int(low or 1), int(high or 1)) for low, high in _REPEATED.findall(pattern))
    if math.prod(counts) > _MOST_REPEATED:
        raise ValueError("It repeats too much.")
    return regex.compile(pattern, regex.IGNORECASE | regex.V0)


def why_unusable(pattern: str) -> str | None:
    """What is wrong with a pattern, in a sentence; None when it can be used."""
    try:
        ready = compiled(pattern)
        for probe in _PROBES:
            ready.search(probe, timeout=TIMEOUT_SECONDS)
    except regex.error as error:
        return f"It is no regular expression: {error}."
    except ValueError as error:
        return str(error)
    except TimeoutError:
        return "It takes too long on some texts; avoid repeats within repeats."
    if ready.fullmatch("", timeout=TIMEOUT_SECONDS):
        return "It matches the empty text."
    return None


def why_no_words(value: str) -> str | None:
    """What is wrong with a word, a phrase or a category; None when it can be used."""
    return None if _tokens(value) else "Give at least one letter or digit."


def find(text: str, forbidden: Forbidden) -> list[Hit]:
    """Where words and patterns match, also behind invisible signs and full-width letters; what
    folding changes is told once. A pattern that takes too long matches the whole text."""
    found = [*_words(text, forbidden), *_patterns(text, forbidden)]
    searched = folded.fold(text)
    if searched is not None:
        known = {(hit.rule.id, hit.start, hit.end) for hit in found}
        for hit in [*_words(searched.text, forbidden), *_patterns(searched.text, forbidden)]:
            start, end = searched.place(hit.start, hit.end)
            if (hit.rule.id, start, end) not in known:
                found.append(Hit(hit.rule, start, end))
    return found


def of_type(name: str, forbidden: Forbidden) -> Rule | None:
    """The rule that forbids memories of a type."""
    return forbidden.types.get(name)


def of_categories(categories: Iterable[str], forbidden: Forbidden) -> Rule | None:
    """The rule that forbids one of the categories.

    `health` forbids `health`, `special:health` and `personal:health`; `special:health` only that.
    """
    if not forbidden.categories:
        return None
    for category in categories:
        name = wording.folded(category)
        for said in (name, name.partition(":")[2]):
            if said and said in forbidden.categories:
                return forbidden.categories[said]
    return None


def without(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with each sentence that holds one of the places (start, end) replaced by MASK."""
    parts, done = [], 0
    for start, end in _whole_sentences(text, places):
        parts += [text[done:start], MASK]
        done = end
    return "".join([*parts, text[done:]])


def _words(text: str, forbidden: Forbidden) -> Iterator[Hit]:
    if not forbidden.phrases:
        return
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    stems = [_stem(wording.folded(text[start:end]), forbidden.language) for start, end in tokens]
    for index, first in enumerate(stems):
        for phrase, rule in forbidden.phrases.get(first, ()):
            if tuple(stems[index : index + len(phrase)]) == phrase:
                yield Hit(rule, tokens[index][0], tokens[index + len(phrase) - 1][1])


def _tokens(phrase: str) -> list[str]:
    searched = folded.fold(phrase)
    said = _POSSESSIVE.sub("", searched.text if searched else phrase)
    return [wording.folded(found.group()) for found in _TOKEN.finditer(said)]


def _stem(word: str, language: str) -> str:
    return word if len(word) < _SHORT_WORD else lexemes.stem(word, language)


def _patterns(text: str, forbidden: Forbidden) -> Iterator[Hit]:
    for pattern, rule in forbidden.patterns:
        if forbidden.timeouts.get(rule.id, 0) >= MOST_TIMEOUTS:
            yield Hit(rule, 0, len(text))
            continue
        try:
            for match in pattern.finditer(text, timeout=TIMEOUT_SECONDS):
                if match.end() > match.start():
                    yield Hit(rule, match.start(), match.end())
        except TimeoutError:
            forbidden.timeouts[rule.id] = forbidden.timeouts.get(rule.id, 0) + 1
            yield Hit(rule, 0, len(text))


def _whole_sentences(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    wide: list[tuple[int, int]] = []
    known = _sentences(text)
    for start, end in sorted(places):
        touched = [(s, e) for s, e in known if s < end and start < e]
        first = min([start, *(s for s, _ in touched)])
        last = max([end, *(e for _, e in touched)])
        if not touched:  # in a quotation or a block of code: its lines
            first = text.rfind("\n", 0, start) + 1
            ends = text.find("\n", end)
            last = len(text) if ends < 0 else ends
        if wide and first <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(wide[-1][1], last))
        else:
            wide.append((first, last))
    return wide


def _sentences(text: str) -> list[tuple[int, int]]:
    found, after = [], 0
    for sentence in sentences.split(text):
        start = text.find(sentence, after)
        if start >= 0:
            after = start + len(sentence)
            found.append((start, after))
    return found
