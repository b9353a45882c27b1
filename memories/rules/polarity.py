"""Whether a statement says yes or no, clause by clause: "I eat meat" is not "I don't eat meat"."""

import re
from collections.abc import Iterable

from memories.rules import wording

_NO = re.compile(
    r"n['’]t\b|\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|cant|dont|wont|"
    r"nicht|kein\w*|nie|niemals|nichts|ohne|ne|pas|jamais|sans|aucune?|rien|nunca|nada|sin|"
    r"tampoco|ningun\w*|non|nao|mai|senza|niet|geen|nooit|inte|ikke|nie|не|нет|никогда)\b|\bn['’](?=\w)",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"[,;:()–—\n]+|\s-+\s|[.!?…]+(?=\s|$)|\b(?:and|but|because|since|although|though|while|so|und|"
    r"aber|weil|denn|sondern|mais|parce|pero|porque|sino|y)\b",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The text cut at its joints: not grammar, but small enough that a "not" belongs to one."""
    return [part.strip() for part in _JOINT.split(text) if part and part.strip()]


def is_negative(clause: str) -> bool:
    """Whether a clause denies something, in one of the languages known here."""
    return bool(_NO.search(wording.folded(clause)))


def agrees(text: str, *, said: Iterable[str], language: str) -> bool:
    """Whether a statement says yes or no as the clauses do that say most of its words.

    True where no clause shares a word with it: then there is nothing to compare.
    """
    of_text = set(wording.content_words(text))
    best = 0
    polarities: set[bool] = set()
    for clause in (part for one in said for part in clauses(one)):
        shared = wording.shared(of_text, wording.content_words(clause), language=language)
        if shared > best:
            best, polarities = shared, set()
        if shared and shared == best:
            polarities.add(is_negative(clause))
    if not polarities:
        return True
    return not polarities.isdisjoint({is_negative(part) for part in clauses(text)})
