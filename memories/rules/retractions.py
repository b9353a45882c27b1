"""Which known statement it is that has ended or is to be forgotten. Never a guess."""

import re
from collections.abc import Sequence

from memories.rules import lexemes
from memories.rules.sentences import LEAD
from memories.rules.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_FIRST = r"(?:I|we|ich|wir|je|nous|yo|nosotros|nosotras)\b|j['’]"
_OF_SELF = re.compile(rf"^\W*(?:{LEAD})*(?:{_FIRST})", re.IGNORECASE)
# How language models speak of the person.
_OF_THE_PERSON = re.compile(
    rf"^\W*(?:{LEAD})*(?:{_FIRST}|(?:the |this )?(?:user|person)\b)", re.IGNORECASE
)
_DENIES = re.compile(
    r"n['’]t\b|\b(?:not|no|never|none|without|stopped|quit|gave up|given up|nicht|nie|kein\w*|ne|"
    r"pas|"
    r"plus|jamais|nunca|jamás|ya no)\b|\bn['’]\w",
    re.IGNORECASE,
)


def ended(statement: str, known: Sequence[str]) -> int | None:
    """The index of the one known statement that says this statement, and maybe more.

    `statement` is positive ("I smoke") or a subject ("my boss"). All of its content words must
    occur in the known one, which must be of the same person and must not deny it. None when none
    does, or several do and not one alone says just this.
    """
    language = _language(statement)
    wanted = frozenset(lexemes.terms(statement, language=language))
    if not wanted:
        return None
    fitting = [index for index, one in enumerate(known) if _covers(one, statement, language)]
    if len(fitting) > 1:
        fitting = [
            index
            for index in fitting
            if frozenset(lexemes.terms(known[index], language=language)) == wanted
        ]
    return fitting[0] if len(fitting) == 1 else None


def _covers(known: str, statement: str, language: str) -> bool:
    wanted = frozenset(lexemes.terms(statement, language=language))
    if not wanted <= frozenset(lexemes.terms(known, language=language)):
        return False
    if bool(_DENIES.search(known)) != bool(_DENIES.search(statement)):
        return False
    return not _OF_SELF.search(statement) or bool(_OF_THE_PERSON.search(known))


def _language(text: str) -> str:
    """The language of most of its small words; English when nothing tells."""
    words = _WORD.findall(text.lower())
    counts = {name: sum(word in stop for word in words) for name, stop in STOP_WORDS.items()}
    most = max(counts.values())
    return "english" if counts["english"] == most else max(counts, key=counts.__getitem__)
