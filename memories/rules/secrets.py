"""Find what must not be kept by anybody but its owner: passwords, keys, card numbers."""

import re
from collections import Counter

from memories.rules import (
    access_codes,
    folded,
    passwords,
    payment_cards,
    secret_assignments,
    secret_keys,
    seed_phrases,
    spans,
)
from memories.rules.spans import Span

KINDS = (
    "api_key", "token", "private_key", "password", "pin", "access_code", "card_number", "cvv",
    "seed_phrase", "secret",
)  # fmt: skip
# A card's number or code, a PIN: none without so many digits in reach of each other.
_DIGITS = re.compile(r"\d[^A-Za-z]{0,4}\d[^A-Za-z]{0,4}\d")
_MASKS = re.compile(r"\[(?:" + "|".join(KINDS) + r")\]")


def find(text: str) -> list[Span]:
    """Each secret with its kind and place, in order, none overlapping. Never raises.

    Invisible signs and full-width letters hide none. The forms are searched only where a word or a
    sign of theirs occurs: prose costs microseconds, and no form needs more than time in proportion
    to the text's length.
    """
    found = list(folded.everywhere(text, _found))
    return spans.apart(found) if found else []


def _found(text: str) -> list[Span]:
    lowered = text.lower()
    found = [*secret_keys.find(text), *seed_phrases.find(text)]
    if _DIGITS.search(text):
        found += payment_cards.find(text)
    if _holds(lowered, access_codes.NEEDLES):
        found += access_codes.find(text)
    if _holds(lowered, passwords.NEEDLES):
        found += passwords.find(text)
    if _holds(lowered, secret_assignments.NEEDLES):
        found += secret_assignments.find(text)
    return found


def _holds(lowered: str, needles: tuple[str, ...]) -> bool:
    return any(needle in lowered for needle in needles)


def mask(text: str) -> tuple[str, Counter[str]]:
    """The text with `[password]` and its like in place of each secret, and how many of which."""
    found = find(text)
    if not found:
        return text, Counter()
    return spans.masked(text, found), Counter(span.kind for span in found)


def rests_on_a_mask(text: str) -> bool:
    """Whether a secret stood in this text, as `mask` leaves it."""
    return "[" in text and _MASKS.search(text) is not None
