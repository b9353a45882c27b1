"""PINs, door codes, one-time codes: a few digits that open something."""

import re
from collections.abc import Iterator

from memories.rules.spans import Span

NEEDLES = ("pin", "code", "combination", "combo", "kombination", "otp", "2fa", "tan", "passcode",
           "código", "combinación", "combinaison", "geheimzahl")  # fmt: skip

_OF = (
    r"(?:[ \t](?:for|to|of|on|at|für|zum|zur|vom|von|am|de|du|del|para|pour)\b[^.!?\n\d:=]{1,40}?)?"
)
_TO_BE = (
    r"(?:[ \t]{0,2}[:=#][ \t]{0,3}|[ \t]{1,2}(?:is|was|ist|war|lautet|est|es|era)[ \t]{1,2}"
    r"(?:(?:now|still|jetzt|noch|maintenant|ahora)[ \t])?)"
)
_PIN = re.compile(
    r"(?<![\w-])(?:(?P<strict>(?-i:PIN|Pin))|(?:[\w-]{1,16}-)?pin(?:[ -]?(?:code|number|nummer))?|"
    r"code pin|código pin|geheimzahl|passcode|pass code)"
    rf"{_OF}(?:{_TO_BE}|(?(strict)[ \t]|(?!)))(?P<value>\d(?:[ -]?\d){{3,7}})(?![\w-])",
    re.IGNORECASE,
)
_OPENS = (
    r"(?:alarm|burglar alarm|front door|back door|door|gate|safe|vault|lock|lockbox|lock ?box|"
    r"key ?box|garage|entry|entrance|building|access|unlock|padlock|locker|luggage|suitcase|keypad|"
    r"phone|screen|sim|voicemail|tablet|ipad|iphone|verification|one[- ]time|2fa|mfa|otp|"
    r"two-factor|"
    r"login|log-in|sms|authentication|authenticator|backup|recovery)"
)
_CODE = re.compile(
    rf"(?<![\w-])(?:{_OPENS}[ -]?(?:pass ?)?(?:codes?|combination|combo|pin)|"
    r"(?:tür|alarm|haus|zugangs|tresor|schloss|freischalt|bestätigungs|sicherheits|entsperr)"
    r"-?(?:code|kombination)|otp|tan|code (?:de la porte|d['’]entrée|de l['’]alarme|d['’]accès|"
    r"du portail|du coffre|de vérification)|código (?:de la (?:puerta|alarma)|de acceso|del portal|"
    r"de verificación|de la caja fuerte)|combination (?:for|to|of) (?:the|my|our) (?:safe|lock|"
    r"locker|vault|padlock|bike lock))"
    rf"{_OF}{_TO_BE}(?P<value>[#*]?\d(?:[ *#-]{{0,3}}\d){{2,15}}[#*]?|"
    r"(?=[a-z]*\d)[a-z0-9]{4,12}(?:-[a-z0-9]{4,12}){0,5}"
    r"(?:(?:, | and |\s)(?=[a-z]*\d)[a-z0-9]{4,12}-[a-z0-9]{4,12}){0,15})(?![\w])",
    re.IGNORECASE,
)
_IS_A_PLACE = re.compile(r"\b(?:postal|zip|area|delivery|address|city|india|district)\b", re.I)
_BEFORE = 40


def find(text: str) -> Iterator[Span]:
    """Where a pin or an access_code stands."""
    for match in _PIN.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not _IS_A_PLACE.search(before):
            yield Span(*match.span("value"), "pin")
    for match in _CODE.finditer(text):
        yield Span(*match.span("value"), "access_code")
