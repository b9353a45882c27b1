"""Secrets by their name: `SECRET_KEY=…`, `"token": "…"`, "the API key is …"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from memories.rules.secret_keys import bits, is_placeholder, is_random
from memories.rules.spans import Span

NEEDLES = ("key", "token", "secret", "passw", "pwd", "credential", "schlüssel", "clé", "clave",
           "licence", "license", "signature", "auth")  # fmt: skip

_NAME = (
    r"(?P<name>(?:api|access|secret|private|client|auth|signing|encryption|master|session|refresh|"
    r"account|storage|shared|webhook|app|service|bot|deploy|db|database|admin|root|user|redis|"
    r"smtp|jwt|django|flask|rails)?[_-]?(?:secret(?:[_-]?(?:access)?[_-]?key)?(?:[_-]?base)?|"
    r"token|passwo?r?d|pwd|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|"
    r"encryption[_-]?key|signing[_-]?key|auth[_-]?key|account[_-]?key|[a-z]{2,16}_key|"
    r"credentials?)(?:_[a-z0-9]{1,16}){0,2})"
)
_ASSIGNED = re.compile(
    rf"(?<![a-z0-9]){_NAME}[\"'`]?[ \t]{{0,3}}(?P<sign>=>|:=|==|=|:)[ \t]{{0,3}}"
    r"(?:[rbf]?[\"'`](?P<quoted>[^\"'`\n]{4,400})[\"'`]|(?P<bare>[^\s\"'`,;]{4,400}))",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?P<name>(?:(?:api|access|secret|private|licen[cs]e|activation|product|encryption|auth|"
    r"bearer|client|webhook|signing|shared|deploy|session|refresh|app|bot|openai|stripe|github|"
    r"aws|google|azure|personal|account|storage|master|ssh|pgp|vpn|service|admin|developer|"
    r"recovery|backup)[ -]){1,3}(?:key|token|secret)s?|(?:api|zugangs|lizenz)-?"
    r"(?:schlüssel|token|key)|clé (?:d['’]api|api|secrète|privée)|clave (?:de api|api|secreta|"
    r"privada)|token|secret|key)"
    r"(?:[ \t](?:for|to|of|from|für|zum|von|de|du|del|para|pour)\b[^.!?\n:=]{1,40}?)?"
    r"(?:[ \t]{0,2}[:=][ \t]{0,3}|[ \t]{1,2}(?:is|was|are|ist|war|lautet|est|es|era)[ \t]{1,2})"
    r"(?:(?:now|still|jetzt)[ \t])?[\"'“`(]?(?P<bare>[A-Za-z0-9][A-Za-z0-9._~+/=-]{7,400})",
    re.IGNORECASE,
)
# Beside each other, without a word between: only a name of two words, only what no prose holds.
_BESIDE = re.compile(
    r"\b(?P<name>(?:api|access|secret|private|encryption|auth|bearer|client|webhook|signing|deploy|"
    r"session|refresh|bot|master|recovery|admin|service)[ -](?:key|token|secret))[ \t]{1,3}"
    r"[\"'“`(]?(?P<bare>[A-Za-z0-9_+/=-]{20,400})",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(r"passw|pwd|passphrase|secret|credential", re.IGNORECASE)
_SHORT, _LONG = 8, 16
_FEWEST_BITS = 2.5


def find(text: str) -> Iterator[Span]:
    """Where the value of a name that says it is secret stands: password, token, api_key, secret."""
    for match in _ASSIGNED.finditer(text):
        group = "quoted" if match["quoted"] is not None else "bare"
        value = match[group] if group == "quoted" else match[group].rstrip(".)]}")
        if _is_secret(value, match["name"], in_code=match["sign"] != ":" or group == "quoted"):
            start = match.start(group)
            yield Span(start, start + len(value), _kind(match["name"]))
    for match in _TOLD.finditer(text):
        value = match["bare"].rstrip(".,;:)-_/")
        qualified = " " in match["name"] or "-" in match["name"]
        if len(value) >= (_SHORT if qualified else _LONG) and _reads_like_a_key(value):
            yield Span(match.start("bare"), match.start("bare") + len(value), _kind(match["name"]))
    for match in _BESIDE.finditer(text):
        if is_random(match["bare"]):
            yield Span(*match.span("bare"), _kind(match["name"]))


def _is_secret(value: str, name: str, *, in_code: bool) -> bool:
    if is_placeholder(value) or "(" in value or value.startswith(("$", "<", "[", "{", "http")):
        return False
    if _OUTRIGHT.search(name) and in_code:
        return bits(value) > 1
    return len(value) >= _SHORT and _reads_like_a_key(value)


def _reads_like_a_key(value: str) -> bool:
    grouped = re.fullmatch(r"[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,7}", value) is not None
    if re.fullmatch(r"\d[\d.,:/-]*", value) or "@" in value or re.match(r"\w+://", value):
        return False
    return grouped or is_random(value) or (_mixed(value) and len(value) >= _LONG)


def _mixed(value: str) -> bool:
    """A long run of capitals and small letters in no order, without a digit."""
    changes = sum(one.islower() and two.isupper() for one, two in pairwise(value))
    return value.isalpha() and changes >= 4 and bits(value) >= _FEWEST_BITS  # noqa: PLR2004


def _kind(name: str) -> str:
    lowered = name.lower()
    if "passw" in lowered or "pwd" in lowered or "passphrase" in lowered:
        return "password"
    if "token" in lowered:
        return "token"
    keys = ("key", "schlüssel", "clé", "clave")
    return "api_key" if any(word in lowered for word in keys) else "secret"
