"""The answer to a question for a secret: "What is your password?", and then only the password."""

import re

from memories.rules import passwords, secrets, spans
from memories.rules.spans import Span

# What is asked for, and under which name its answer reads like one.
_ASKED = (
    (r"pass(?:word|phrase|wd)|passwort|kennwort|mot de passe|contraseña", "password"),
    (r"pin(?: code| number)?|geheimzahl|passcode", "pin"),
    (r"(?:verification|security|access|door|one[- ]time|two-factor|2fa|backup|entry|alarm|gate)"
     r" code|otp", "access code"),
    (r"cvv2?|cvc2?", "cvv"),
    (r"(?:api|access|secret|licen[cs]e) (?:key|token)|token", "api key"),
)  # fmt: skip
_WORDS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), name) for words, name in _ASKED)
# A sentence asks when it ends in "?", or bids.
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_BIDS = re.compile(
    r"\b(?:enter|type|give|tell|send|share|provide|confirm|need|gib|nenne|donne|dis|dime|"
    r"introduce)\b",
    re.IGNORECASE,
)
# Not asked for the secret itself.
_ABOUT = re.compile(
    r"\b(?:forg[eo]t\w*|reset|change|manager|policy|which|how (?:long|many|often)|why|when|where|"
    r"(?:did|have|had|can|could|would|should|do|does|is|are) (?:you|i|we|it|they)(?! (?:please )?"
    r"(?:tell|give|send|share|enter|type|provide|confirm)))\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:(?:sure|ok(?:ay)?|yes|well|so|here(?: you go| it is)?|it['’]?s|it is|that['’]s|that is|"
    r"try|use|das ist|es ist|c['’]est|es)\b[ \t,:!.–—-]{1,3}){0,3}",
    re.IGNORECASE,
)
_NO_ANSWER = frozenset(
    "sorry never what none nope later cancel help stop thanks thank please maybe nothing unknown "
    "hello skip okay sure forgot idk".split()
)
_LONGEST = 200
_FARTHEST = 2_000  # where a turn asks something, it does so at its end


def asked(question: str) -> str:
    """What kind of secret a turn asks for, such as `password`; "" for none."""
    for sentence in _SENTENCE.findall(question[-_FARTHEST:]):
        asks = sentence.endswith("?") or _BIDS.search(sentence) is not None
        if asks and _ABOUT.search(sentence) is None:
            for words, name in _WORDS:
                if words.search(sentence):
                    return name
    return ""


def find(answer: str, kind: str) -> list[Span]:
    """Where the answer to a question for `kind` is; none if it reads like no such secret."""
    lead = _LEAD.match(answer)
    start = lead.end() if lead else 0
    said = answer[start:]
    words = said.split()
    if not words or len(answer) > _LONGEST:
        return []
    first = words[0].rstrip(".,;:!?").casefold()
    if first in _NO_ANSWER or (len(words) > 1 and not passwords.is_made_up(words[0].rstrip(".,"))):
        return []
    before = f"{kind}: "
    return [
        Span(span.start - len(before) + start, span.end - len(before) + start, span.kind)
        for span in secrets.find(before + said)
        if span.start >= len(before)
    ]


def mask(answer: str, kind: str) -> tuple[str, list[str]]:
    """The answer with a mask in the secret's place, and the kinds found."""
    found = find(answer, kind)
    return (spans.masked(answer, found), [span.kind for span in found]) if found else (answer, [])
