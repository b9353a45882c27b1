"""Numbers of payment cards, and the check codes beside them."""

import re
from collections.abc import Iterator

from memories.rules.spans import Span

# 13 to 19 digits, alone or in groups. Not after a sign of a longer number, nor within an IBAN.
_NUMBER = re.compile(
    r"(?<![\w.,+/:-])(?<![A-Z]{2}\d{2} )\d(?:[ .\-\u00a0_/\r\n]{0,3}\d){11,18}(?![\d/:])(?![.,-]\d)"
)
# In fours, some of them joined; as 4-6-5; in pairs; without a gap.
_GROUPED = re.compile(
    r"\d{4}(\D{1,3})\d{4}\1\d{4}\1\d{1,7}|\d{4}(\D{1,3})\d{6}\2\d{4,5}|\d{13,19}|"
    r"(?:\d{4}|\d{8}|\d{12})(?:(\D{1,3})(?:\d{4}|\d{8}|\d{12}))(?:\3(?:\d{4}|\d{8}))?|"
    r"\d\d([ .\-_/\u00a0])\d\d(?:\4\d\d){6}"
)
# By issuer: how the number begins, and how long it is.
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|"
    r"3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d)\d{12,15}|"
    r"35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50[1-3]8|5[6-9]\d\d|6304|6759|676[1-3]|220[0-4])"
    r"\d{8,15}|9792\d{12}"
)
_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|csc|cid|card (?:security|verification) (?:code|number|value)|security code|"
    r"prüfziffer|prüfnummer|kartenprüfnummer|sicherheitscode|cryptogramme|code de sécurité|"
    r"código de seguridad)\b(?:[ \t]{1,3}(?:of|on|auf|de)\b[^.!?\n\d]{1,30})?"
    r"[ \t]{0,3}(?:is|was|ist|lautet|est|es|number|code|[:=#-])?[ \t]{0,3}(\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_CODE_NEAR = re.compile(
    r"[ ,;/|]{1,3}(?:(?:exp(?:iry|ires|iration)?|valid|gültig|ablauf)\b[^\d\n]{0,20})?"
    r"(?:\d{1,2}[/-]\d{2,4}[ ,;/|]{1,3}(?:and |und )?)(\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 13


def find(text: str) -> Iterator[Span]:
    """Where a card_number or a cvv stands. A number counts when issuer, length and check fit."""
    for match in _NUMBER.finditer(text):
        if is_card(match[0]):
            yield Span(match.start(), match.end(), "card_number")
            code = _CODE_NEAR.match(text, match.end())
            if code:
                yield Span(code.start(1), code.end(1), "cvv")
    for match in _CODE.finditer(text):
        yield Span(match.start(1), match.end(1), "cvv")


def is_card(written: str) -> bool:
    """Whether these digits, with what parts them, are a card's number."""
    if _GROUPED.fullmatch(written) is None:
        return False
    digits = "".join(str(int(sign)) for sign in written if sign.isdecimal())
    return (
        len(digits) >= _FEWEST_DIGITS
        and len(set(digits)) > 1
        and _ISSUERS.fullmatch(digits) is not None
        and passes_luhn(digits)
    )


def passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of both its digits
    return total % 10 == 0
