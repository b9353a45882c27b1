"""Whether two statements say the same, judged by their words and values, never by likeness."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from memories.rules import lexemes

_SPACES = re.compile(r"\s+")
# What follows the value itself: "Berlin, Germany", "Berlin (Germany)", "Berlin - for now".
_QUALIFIER = re.compile(r"\s*(?:[,;(\[]|\s[-–—]\s).*\Z", re.DOTALL)
# What may stand before it and changes nothing: "in Berlin", "the Netherlands", "aus Köln".
_LEADS = frozenset(
    "a an the in at on near from to of ein eine einen der die das den dem im am aus bei von in zu "
    "le la les l un une à au aux en dans de du des el los las una en a desde".split()
)
_FIRST_WORD = re.compile(r"([^\W\d_]+)['’]?\s*(?=\S)")
_NEGATION = re.compile(
    r"n['’]t\b|\b(?:no|not|never|nor|none|nobody|nothing|neither|without|cannot|stopped|quit|"
    r"hardly|nicht|nie|niemals|kein\w*|ohne|ne|pas|jamais|plus|sans|aucune?|nunca|jamás|sin|"
    r"ning[uú]n\w*|tampoco)\b|\bn['’](?=\w)",
    re.IGNORECASE,
)
# Words by which somebody agrees; they add nothing to what is agreed with.
_ASSENT = frozenset(
    "yes yeah yep still indeed really right correct exactly sure ja noch immer genau oui toujours "
    "exact sí si todavía aún exacto".split()
)


def normalised(text: str) -> str:
    """The text as it is compared: Unicode NFKC, case-folded, single spaces, no final stop."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", folded).strip().rstrip(".!… ")


def digest(text: str) -> str:
    """SHA-256 in hex of the normalised text."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def same_data(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same keys with the same values, texts compared normalised."""
    return _plain(one) == _plain(other)


def same_value(one: Any, other: Any) -> bool:
    """Whether two values name one thing, perhaps one of them more closely.

    "Berlin", "in Berlin" and "Berlin, Germany" do. "York" and "New York" do not, nor do
    "Springfield, Ohio" and "Springfield, Illinois": a qualifier is only set aside where the other
    value has none.
    """
    if not (isinstance(one, str) and isinstance(other, str)):
        return bool(_typed(one) == _typed(other))
    first, second = _without_lead(normalised(one)), _without_lead(normalised(other))
    return first == second or _head(first) == second or first == _head(second)


def adds_nothing(text: str, *, to: str, language: str) -> bool:
    """Whether each content word of a text stands, in this order, in another that says it already.

    `language` is one of the stemmer's. A text that negates adds to one that does not.
    """
    words = [word for word in lexemes.terms(text, language=language) if word not in _ASSENT]
    there = lexemes.terms(to, language=language)
    return _negates(text) == _negates(to) and _in_order(words, there)


def elaborates(text: str, *, on: str, language: str) -> bool:
    """Whether a text says everything that another says, and more."""
    words = lexemes.terms(on, language=language)
    there = lexemes.terms(text, language=language)
    return (
        len(there) > len(words) > 0 and _negates(text) == _negates(on) and _in_order(words, there)
    )


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _typed(one) for key, one in data.items()}


def _typed(value: Any) -> Any:
    """Comparable: texts normalised, and True told from 1."""
    if isinstance(value, str):
        return normalised(value)
    return (bool, value) if isinstance(value, bool) else value


def _head(value: str) -> str:
    return _QUALIFIER.sub("", value) or value


def _without_lead(value: str) -> str:
    while (first := _FIRST_WORD.match(value)) and first[1] in _LEADS:
        value = value[first.end() :]
    return value


def _negates(text: str) -> bool:
    return bool(_NEGATION.search(text))


def _in_order(words: Sequence[str], there: Sequence[str]) -> bool:
    rest = iter(there)
    return bool(words) and all(word in rest for word in words)
