"""What a sentence takes back: "I no longer smoke", "forget that I live in Berlin".

A plain negative ("I don't eat meat") takes nothing back: it is a fact.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from memories.rules import ending_patterns
from memories.rules.candidates import Relation
from memories.rules.ending_patterns import Form

SlotName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The statement that ends or is to be forgotten, as it would have been said.

    `slots` are (type, slot) where the sentence names a slot, not its value. An empty statement is
    whatever was said last; `rest` is what is said in its place: "scratch that, I live in Milan".
    """

    relation: Relation
    statement: str
    slots: tuple[SlotName, ...] = ()
    rest: str = ""


def _compiled(rows: Iterable[tuple[str, Form]]) -> tuple[tuple[re.Pattern[str], Form], ...]:
    return tuple((re.compile(expression, re.IGNORECASE), form) for expression, form in rows)


_ENDS, _FORGETS = _compiled(ending_patterns.ENDS), _compiled(ending_patterns.FORGETS)
_FORGETS_THE_LAST = re.compile(ending_patterns.FORGETS_THE_LAST, re.IGNORECASE)
# "I quit my job": whichever it was.
_WITHOUT_A_JOB = re.compile(
    f"{ending_patterns.WITHOUT_A_JOB}|{ending_patterns.RETIRED}", re.IGNORECASE
)
_NAMED = (
    ("name|surname|namen?|nom|nombre|what my name is|what I['’]m called", ("profile", "name")),
    ("nickname", ("profile", "preferred_name")),
    (
        "birthday|date of birth|birth ?date|age|when I was born|how old I am|geburtstag|"
        "geburtsdatum|anniversaire|date de naissance|cumpleaños|fecha de nacimiento",
        ("profile", "birthday"),
    ),
    (
        "(?:home |postal )?address|city|home ?town|location|where I live|adresse|anschrift|wohnort|"
        "ville|dirección|ciudad",
        ("profile", "city"),
    ),
    ("country|where I live", ("profile", "country")),
    (
        "employer|company|workplace|job|where I work|who I work for|whom I work for|arbeitgeber|"
        "employeur|empresa|trabajo",
        ("profile", "employer"),
    ),
    (
        "job title|profession|job|what I do(?: for a living)?|beruf|métier|profesión",
        ("profile", "role"),
    ),
    ("time ?zone", ("profile", "time_zone")),
    ("pronouns", ("profile", "pronouns")),
)
_NAMES = tuple(
    (re.compile(rf"^(?:(?:my|mein\w*|mon|ma|mi) )?(?:{words})$", re.IGNORECASE), slot)
    for words, slot in _NAMED
)


def taken_back(sentence: str) -> TakenBack | None:
    """What a sentence takes back; None for one that takes nothing back."""
    if statement := _stated(sentence, _FORGETS):
        return TakenBack(Relation.FORGETS, statement, _named(statement))
    if last := _FORGETS_THE_LAST.search(sentence):
        return TakenBack(Relation.FORGETS, "", rest=sentence[last.end() :].lstrip(" .,;:!–—"))
    if statement := _stated(sentence, _ENDS):
        return TakenBack(Relation.ENDS, statement)
    if _WITHOUT_A_JOB.search(sentence):
        return TakenBack(Relation.ENDS, "my job", (("profile", "employer"),))
    return None


def _stated(sentence: str, rows: Iterable[tuple[re.Pattern[str], Form]]) -> str:
    for expression, form in rows:
        found = expression.search(sentence)
        stated = (found.expand(form) if isinstance(form, str) else form(found)) if found else ""
        if stated:
            return " ".join(stated.split())
    return ""


def _named(statement: str) -> tuple[SlotName, ...]:
    return tuple(slot for words, slot in _NAMES if words.match(statement))
