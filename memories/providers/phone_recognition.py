"""Phone numbers as people write them, checked against the world's numbering plans."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber
from phonenumbers import PhoneNumberType as Kind

_CANDIDATE = re.compile(
    r"(?<![\w.,:/+@#$€£-])(?:\+|00)?\(?\d(?:[ \t().\-/\u00a0\u202f]{0,3}\d){5,14}"
    r"(?![\w@]|[.,:/-]\d)"
)
_CUE = re.compile(
    r"\b(?:phone|tel|telephone|cell|cellphone|mobile|mobil|call|ring|text|sms|whatsapp|signal|dial|"
    r"reach|fax|landline|telefon|telefonnummer|handy|handynummer|rufnummer|festnetz|anrufen|"
    r"erreichbar|téléphone|portable|appelle\w*|appeler|joindre|joignable|teléfono|móvil|celular|"
    r"llám\w*|llama\w*|contáct\w*|(?:my|his|her|our|their|new|work|home|office|emergency|direct|"
    r"meine?|seine?|ihre?|mon|ma|son|mi|su) (?:\w+ )?(?:number|nummer|numéro|número|contact))\b",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(
    r"\b(?:order|ticket|invoice|booking|reference|ref|tracking|case|account|serial|part|model|isbn|"
    r"version|build|issue|bestell\w*|rechnungs\w*|commande|pedido|factura|passport|policy|flight)"
    r"\b[^.!?\n]{0,24}\Z",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ]\d{1,2}(?:[ T]\d{1,2})?|"
    r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d\d|(?:19|20)\d\d[-–/ ](?:19|20)?\d\d|\d{1,3}(?:[ "
    r".]000)+"
)
# (555) 123-4567, 555-123-4567, 555.123.4567
_AMERICAN = re.compile(
    r"\(\d{3}\)[ -]?\d{3}[ -.]\d{4}|\d{3}([-.])\d{3}\1\d{4}|1[-.]\d{3}[-.]\d{3}[-.]\d{4}"
)
_REGIONS = ("GB", "DE", "FR", "ES", "CH", "AT", "IT", "NL", "BE", "PL", "SE", "AU", "IN", "BR")
_BEFORE, _AFTER = 48, 24
_MOBILE = (Kind.MOBILE, Kind.FIXED_LINE_OR_MOBILE)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where a number stands, as (start, end)."""
    for match in _CANDIDATE.finditer(text):
        written = match[0]
        if _DATE.fullmatch(written):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        near = before + " " + text[match.end() : match.end() + _AFTER]
        if _is_phone(written, told=_CUE.search(near) is not None, before=before):
            yield match.start(), match.end()


def _is_phone(written: str, *, told: bool, before: str) -> bool:
    if written.startswith(("+", "00")):
        number = _parsed(written.replace("00", "+", 1) if written[0] == "0" else written, None)
        return number is not None and (told or phonenumbers.is_valid_number(number))
    if _NO_PHONE.search(before):
        return False
    if told:
        return any(_parsed(written, region) for region in ("US", *_REGIONS))
    if _AMERICAN.fullmatch(written):
        return _parsed(written, "US") is not None
    return _is_of_a_plan(written)


def _is_of_a_plan(written: str) -> bool:
    """A number with its area code, such as 030 1234567, or a mobile one: 07700 900123."""
    if not written.lstrip("(").startswith("0") and not re.fullmatch(
        r"[67]\d\d(?: \d\d\d){2}", written
    ):
        return False
    parted = re.search(r"[ /()-]", written) is not None
    for region in _REGIONS:
        number = _parsed(written, region)
        if number is None or not phonenumbers.is_valid_number(number):
            continue
        if parted or phonenumbers.number_type(number) in _MOBILE:
            return True
    return False


def _parsed(written: str, region: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
