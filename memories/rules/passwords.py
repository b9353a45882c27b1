"""Passwords that are told in prose, in English, German, French and Spanish."""

import re
from collections.abc import Iterator

from memories.rules import stop_words
from memories.rules.secret_keys import is_placeholder
from memories.rules.spans import Span

NEEDLES = ("pass", "pwd", "pw", "kennwort", "mdp", "contraseña", "clave", "senha", "wifi key",
           "wi-fi key", "network key", "wlan", "login", "logins", "credential", "curl", "mysql",
           "zugangsdaten", "identifiant")  # fmt: skip

_NOT_ONE = (
    r"(?!\w|[ -](?:manager|generator|vault|polic(?:y|ies)|reset|hint|store|field|hash(?:es|ing)?|"
    r"prompt|protect\w*|recovery|rules?|strength|requirements?|length|form|dialog|less|book|"
    r"port)\b)"
)
_CUE = (
    r"\b(?:(?:[\w-]{1,20}-)?pass(?:word|code|phrase|key)|pass[ -](?:word|code|phrase)|passwd|"
    r"pwd|pw|[\wäöü-]{0,24}(?:passwort|kennwort)|mot de passe|mdp|code d['’]accès|contraseña|"
    r"clave|senha|"
    rf"(?:wi-?fi|wlan|network|router)[- ](?:key|schlüssel)){_NOT_ONE}"
)
_OF = (
    r"(?:[ \t](?:for|to|of|at|on|in|für|zum|zur|zu|vom|von|am|pour|de|du|del|para|i|we|he|she|ich)"
    r"\b[^.!?\n:=,]{1,50}?)?"
)
_TO_BE = (
    r"(?:(?P<sign>[ \t]{0,2}(?:[:=]|->|→|=>)[ \t]{0,3})|[ \t]{1,2}(?:is|was|are|will be|used to "
    r"be|ist|war|"
    r"lautet|lautete|est|était|es|era|é|è)[ \t]{1,2}(?:(?:now|still|currently|just|simply|always|"
    r"probably|set to|jetzt|noch|immer|maintenant|toujours|ahora|siempre)[ \t])?|[ \t](?:is|ist|"
    r"est|es)[ \t]?:[ \t]?)"
)
_VALUE = r"""(?:["'“„‘«`](?P<quoted>[^"'”“’»`\n]{3,80})["'”“’»`]|(?P<bare>[^\s"“„«`]\S{0,127}))"""
_TOLD = re.compile(_CUE + _OF + _TO_BE + _VALUE, re.IGNORECASE)
_BESIDE = re.compile(
    rf"{_CUE}[ \t]{{1,2}}(?:(?:is |was |now |jetzt |ist )?(?:changed|reset|set|updated|geändert|"
    rf"gesetzt|changé|"
    rf"cambiada)[ \t])?(?:(?:to|auf|en|à|por|a)[ \t])?{_VALUE}",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    rf"{_CUE}{_OF}[ \t](?:to|auf|en|à|por|a)[ \t]{_VALUE}",
    re.IGNORECASE,
)
_USED_AS = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|set|cho(?:ose|se)|pick(?:ed)?|typed?|enter(?:ed)?|have|put|nehme|"
    r"benutze|verwende|nutze|habe|utilise|utilisé|uso|utilizo)[ \t]"
    rf"{_VALUE}[ \t](?:as|for|als|für|comme|como|de)[ \t](?:[\w'’-]{{1,20}}[ \t]){{0,3}}?{_CUE}",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"\bpass[ -]?phrase{_OF}{_TO_BE}(?P<words>[a-zäöüß]{{2,14}}(?:[ -][a-zäöüß]{{2,14}}){{2,9}})"
    r"(?=[ \t]*(?:[.!?,;\n]|\Z))",
    re.IGNORECASE,
)
# Several plain words: after "passphrase" also without "is", after "password is" three or more.
_WORDS = r"(?P<words>[a-zäöüß]{2,14}(?: [a-zäöüß]{2,14}){%d,7})(?=[ \t]*(?:[.!?,;\n]|\Z))"
_BARE_PHRASE = re.compile(rf"\b(?i:pass[ -]?phrase)[ \t]{{1,2}}{_WORDS % 3}")
_SEVERAL = re.compile(rf"(?i:{_CUE}{_OF}{_TO_BE}){_WORDS % 2}")
_PAIR = re.compile(
    r"\b(?:user(?:name)?|log-?ins?|credentials?|zugangsdaten|identifiants?|credenciales|admin)\b"
    rf"[^\n.!?/]{{0,30}}?[\w.@-]{{2,60}}[ \t]?[/:|][ \t]?(?!/){_VALUE}"
    rf"|\bpass[ \t]{{0,2}}[:=][ \t]{{0,2}}(?P<short>\S{{3,80}})",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"--(?:password|passwd|pass|passphrase|pwd)(?:=|[ \t])(?P<option>[^\s-]\S{2,100})"
    r"|\bsshpass[ \t]-p[ \t]?(?P<sshpass>\S{3,100})"
    r"|\bcurl\b[^\n]{0,200}?[ \t](?:-u|--user)[ \t][^\s:]{1,60}:(?P<curl>\S{3,100})"
    r"|\bmysql(?:dump)?\b[^\n]{0,100}?[ \t]-p(?P<mysql>\S{3,100})",
)
_PHRASE_PROSE = frozenset(
    "is the a an my your to it that this too not stored in same as for we i be will must should "
    "need needs and und ist zu nicht".split()
)
_GRAMMAR = _PHRASE_PROSE.union(*stop_words.STOP_WORDS.values())
# What a password may be said to be without being told.
_STATES = frozenset(
    """
    weak strong wrong right correct incorrect expired expiring invalid valid secret safe secure
    insecure long short old new required missing lost gone stolen compromised leaked changed reset
    forgotten hidden encrypted hashed saved stored private needed good better best bad worse fine
    okay empty blank optional important unique terrible easy hard simple complicated complex
    annoying confidential protected different similar same due awful great perfect ready done sent
    known unknown public shared generated random temporary default disabled enabled locked set
    unset there here below above attached following included written visible accepted rejected
    denied mandatory always never often only also just being getting probably supposed case
    sensitive crucial essential necessary impossible possible obvious guessable crackable
    predictable memorable unbreakable ridiculous somewhere something anything nothing everything
    what that this these those mine yours theirs none unclear confusing managed rotated refused
    falsch richtig sicher unsicher geheim abgelaufen gesperrt vergessen geändert zurückgesetzt
    schwach stark lang kurz nötig erforderlich weg leer wichtig gespeichert bekannt unbekannt
    gültig ungültig anders gleich neu verloren korrekt einfach schwer
    incorrect incorrecte expiré oublié faible fort forte faux juste perdu obligatoire requis
    sécurisé secret secrète nouveau changé enregistré nécessaire trop toujours
    incorrecta correcta débil segura seguro fuerte olvidada caducada necesaria obligatoria secreta
    larga corta nueva perdida cambiada distinta importante relajarse paciencia mantener escuchar
    """.split()
)
_CLAUSE_ENDS = re.compile(
    r"[ \t]*(?:\Z|[\n.!?,;:|/)\]\"'”’»]|(?:and|but|or|for|on|at|und|aber|für|et|mais|pour|y|pero|"
    r"para|please|thanks|now|bitte|danke)\b)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"[v~<>≥]?\d[\d.,:]*(?:[-–]\d+)?(?:st|nd|rd|th|s|x|h|am|pm|min|km|kg|gb|mb|kb|bit|chars?|"
    r"characters?|digits?|letters?|years?|days?|weeks?|months?|k|€|%|fa)?|2fa|mfa|sha-?\d+|md5|"
    r"utf-?\d+|oauth2?|base64|bcrypt\d?|argon2\w*|web3|covid-?19|iphone\d*|i18n|l10n",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]{2,60}|[a-z][a-z0-9+.-]{1,20}://\S*")
_SIGNS = frozenset("!@#$%^&*_+=~?<>|\\§€£")
_FEWEST = 4


def find(text: str) -> Iterator[Span]:
    """Where a password stands; not the words around it."""
    for match in _TOLD.finditer(text):
        if _is_told(match, text):
            yield _span(match)
    for pattern, fits in ((_BESIDE, _is_beside), (_CHANGED, _is_beside), (_USED_AS, _is_used)):
        yield from (_span(match) for match in pattern.finditer(text) if fits(match))
    yield from _several_words(text)
    yield from _pairs(text)
    for match in _COMMAND.finditer(text):
        if not is_placeholder(match[match.lastgroup or 0]):
            yield Span(*match.span(match.lastgroup or 0), "password")


def is_made_up(word: str) -> bool:
    """Whether it is no word of a language: letters with digits, signs, capitals inside."""
    if len(word) < _FEWEST or is_placeholder(word) or _MEASURE.fullmatch(word):
        return False
    if _ADDRESS.fullmatch(word):
        return False
    has_letters, has_digits = any(map(str.isalpha, word)), any(map(str.isdigit, word))
    if has_letters and has_digits:
        return True
    if _SIGNS & set(word.rstrip("!?")):
        return True
    return re.search(r"[a-zß-ÿ][A-ZÀ-Þ]", word) is not None


def _span(match: re.Match[str]) -> Span:
    if match["quoted"] is not None:
        return Span(*match.span("quoted"), "password")
    return Span(match.start("bare"), match.start("bare") + len(_bare(match)), "password")


def _bare(match: re.Match[str]) -> str:
    """The value without the stop, the bracket or the quote that ends the clause."""
    return match["bare"].rstrip(".,;:)]}\"'”’»")


def _is_told(match: re.Match[str], text: str) -> bool:
    if match["quoted"] is not None:
        return not _is_state(match["quoted"])
    word = _bare(match)
    if is_made_up(word):
        return True
    if len(word) < _FEWEST or is_placeholder(word) or _ADDRESS.fullmatch(word):
        return False
    if word.isdigit():
        return True
    after = match.start("bare") + len(word)
    plain = word.rstrip("!?").isalpha() and not _is_state(word)
    return plain and _CLAUSE_ENDS.match(text, after) is not None


def _is_state(words: str) -> bool:
    said = words.rstrip("!?.").casefold()
    # Several words in quotes may begin like a state: "correct horse".
    return said in _STATES or is_placeholder(words) or said.endswith(("ing", "ly"))


def _several_words(text: str) -> Iterator[Span]:
    for match in _PHRASE.finditer(text):
        if not _PHRASE_PROSE & set(re.split(r"[ -]", match["words"].casefold())):
            yield Span(*match.span("words"), "password")
    for match in _BARE_PHRASE.finditer(text):
        if _stand_apart(match["words"].split()):
            yield Span(*match.span("words"), "password")
    for match in _SEVERAL.finditer(text):
        words = match["words"].split()
        if _stand_apart(words) and _STATES.isdisjoint(words):
            yield Span(*match.span("words"), "password")


def _stand_apart(words: list[str]) -> bool:
    """Whether they stand side by side as in no sentence: no word of grammar, no ending."""
    return not any(word in _GRAMMAR or word.endswith(("ing", "ly", "ed", "s")) for word in words)


def _is_beside(match: re.Match[str]) -> bool:
    if match["quoted"] is not None:
        return is_made_up(match["quoted"])
    return is_made_up(_bare(match))


def _is_used(match: re.Match[str]) -> bool:
    word = match["quoted"] or _bare(match)
    if is_made_up(word) or (word.isdigit() and len(word) >= _FEWEST):
        return True
    return match["quoted"] is not None and not _is_state(word)


def _pairs(text: str) -> Iterator[Span]:
    for match in _PAIR.finditer(text):
        if match["short"]:
            if not _is_state(match["short"]):
                yield Span(*match.span("short"), "password")
        elif _is_beside(match):
            yield _span(match)
