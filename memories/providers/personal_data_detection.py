"""Personal data in a text, by presidio's recognisers and our own, without any download.

A text without a sign of any (no @, few digits) never reaches presidio; the first one that does
loads it, once a process. Nothing is fetched and nothing is cached on disk: presidio reads a blank
spaCy pipeline, and domain endings come from the snapshot inside tldextract.
"""

import logging
import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

from memories.rules import spans
from memories.rules.spans import Span

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, RecognizerResult

LANGUAGE = "en"  # presidio's name of our one pipeline; the recognisers know more languages
THRESHOLD = 0.5
# Whatever can be found holds one of these: an @, six digits near each other, a form of an id, a
# word for an address or a birthday with a number.
_SIGN = re.compile(
    r"@|\d(?:[^A-Za-z\n]{0,3}\d){5}|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|[0-9a-f]{1,4}:[0-9a-f]{0,4}:|"
    r"\b(?:bc1|0x|[13])[A-Za-z0-9]{20}|[A-Z]{5}\d{4}[A-Z]|[A-Z]{6}\d\d|[A-Z]{2}\d{2} ?[A-Z0-9]{4}"
)
_WORDS = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|"
    r"terrace|crescent|close|way|highway|parkway|row|gardens|mews|grove|hill|walk|alley|circle|"
    r"trail|"
    r"quay|wharf|broadway|rue|avenue|bd|impasse|allée|chemin|quai|route|cours|passage|calle|c/|"
    r"avenida|"
    r"avda|plaza|paseo|camino|carretera|ronda|travesía|p\.?o\.? ?box|postfach|post ?code|zip|"
    r"born|dob|"
    r"d\.o\.b|birth\w*|b-?day|geboren|geb|geburts\w+|née?|naissance|anniversaire|nac\w+|cumple\w*|"
    r"passport|reisepass\w*|passeport|pasaporte|licen[cs]e|führerschein\w*|permis|plate|"
    r"kennzeichen|"
    r"nummernschild|matrícula|immatriculation|ausweis\w*|personalausweis\w*|dni|nhs|member|policy|"
    r"insurance|versicher\w*|patient|am|an der|im|in der)(?!\w)|straße|strasse|str\.|weg |allee |"
    r"platz |"
    r"gasse |damm |ufer |chaussee |ring ",
    re.IGNORECASE,
)
_HAS_DIGIT = re.compile(r"\d")
_lock = Lock()


def find(text: str) -> list[Span]:
    """Each piece with its kind, such as EMAIL_ADDRESS, and place; in order, none overlapping."""
    if not settings.NAMES_MODEL and not may_hold_any(text):
        return []
    found = _engine().analyze(text, LANGUAGE, score_threshold=THRESHOLD)
    return spans.apart(
        Span(one.start, one.end, one.entity_type) for one in found if _holds(one, text)
    )


def may_hold_any(text: str) -> bool:
    """Whether it is worth a look; microseconds."""
    if _HAS_DIGIT.search(text) is None and "@" not in text:
        return False
    return _SIGN.search(text) is not None or _WORDS.search(text) is not None


def _engine() -> "AnalyzerEngine":
    # Two first callers must not both load it; lru_cache alone would let them.
    with _lock:
        return _loaded(settings.NAMES_MODEL)


@lru_cache(maxsize=1)
def _loaded(names_model: str) -> "AnalyzerEngine":
    # Loading takes about a second: not when the site starts, and not in a process without need.
    from memories.providers import personal_data_recognisers  # noqa: PLC0415

    # It logs the words around what it finds, at the level DEBUG.
    logging.getLogger("presidio-analyzer").setLevel(logging.WARNING)
    return personal_data_recognisers.engine(names_model)


# Numbers with a check digit that any other may have by chance, too: something must say what they
# are. The words stand before the number, or close behind it.
_CUES = {
    "PL_PESEL": r"pesel",
    "DE_TAX_ID": r"steuer|tax|idnr|tin\b",
    "IN_AADHAAR": r"aadha?ar|uid\b",
    "UK_NHS": r"nhs|health service",
    "AU_TFN": r"tfn|tax",
    "AU_MEDICARE": r"medicare",
    "US_SSN": r"ssn|social|security|\d{3}-\d{2}-\d{4}",
    "US_ITIN": r"itin|tax|taxpayer",
    "SE_PERSONNUMMER": r"person|swedish|svensk",
    "FR_NIR": r"sécu|social|nir\b|insee|french|français|numéro",
    "SG_NRIC_FIN": r"nric|fin\b|singapore",
    "KR_RRN": r"rrn|resident|주민",
    "IN_PAN": r"\bpan\b|tax|permanent account",
    "MAC_ADDRESS": r"mac|device|address|laptop|phone|router|wi-?fi",
}
_CUE = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _CUES.items()}
_BEFORE, _AFTER = 80, 40
_VERSION = re.compile(
    r"(?:\bv|version|release|build|firmware|chapter|section)\.? ?$", re.IGNORECASE
)


def _holds(found: "RecognizerResult", text: str) -> bool:
    kind, before = found.entity_type, text[max(0, found.start - _BEFORE) : found.start]
    if kind == "IP_ADDRESS":
        return _VERSION.search(before) is None
    cue = _CUE.get(kind)
    return cue is None or cue.search(before + text[found.start : found.end + _AFTER]) is not None
