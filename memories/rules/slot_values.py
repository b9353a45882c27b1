"""What a slot can hold: each reader gives the value as kept, or "" for what is none."""

import re
from collections.abc import Callable
from datetime import date

from memories.rules import occupations, places
from memories.rules.places import CAPITAL, SMALL

# How values look inside a pattern that ignores case: names need their capitals, or a clear end.
PERSON = (
    rf"(?P<value>(?-i:{CAPITAL}[\w’'-]*(?:(?: (?:van|von|de|da|del|der|den|la|el|bin|al))*"
    rf" {CAPITAL}[\w’'-]*){{0,3}})(?![\w’'-])|(?-i:{SMALL}(?: {SMALL})?)(?=\s*(?:[,.;!]|$)|"
    rf"\s+(?:and|und|et|y)\b)"
    rf")"
)
ORGANIZATION = (
    r"(?P<value>(?-i:(?:the )?(?!I\b)[A-ZÀ-ÖØ-Þ0-9][\w&’'+-]*(?:\.\w+)*(?:(?: (?:of|for|de|der|"
    r"des|du|für))*(?: (?:the|la))? (?!I\b)[A-ZÀ-ÖØ-Þ&][\w&’'-]*){0,4}))"
)
LANGUAGE = (
    r"(?P<value>[^\W\d_]+)(?=\s*(?:[.,;!?)]|$)|\s+(?:please|pls|plz|from (?:now|here)|with me|"
    r"again|only|"
    r"instead|for|when|until|now|always|too|and|but|to me|in (?:our|this|all)|whenever|by default|"
    r"bitte|s['’]il|por favor|mit mir|avec moi|conmigo))"
)

Reader = Callable[[str], str]
# A slot, how its value is read, and the expressions that find it; the earlier counts.
Row = tuple[str, Reader, tuple[str, ...]]

_LANGUAGES = {
    "ar": "arabic arabisch arabe árabe",
    "bg": "bulgarian",
    "ca": "catalan catalán",
    "cs": "czech tschechisch",
    "da": "danish dänisch danois",
    "de": "german deutsch allemand alemán",
    "el": "greek griechisch",
    "en": "english englisch anglais inglés ingles",
    "es": "spanish spanisch espagnol español espanol castellano",
    "et": "estonian",
    "fa": "persian farsi",
    "fi": "finnish finnisch",
    "fr": "french französisch franzoesisch français francais francés",
    "he": "hebrew hebräisch",
    "hi": "hindi",
    "hr": "croatian kroatisch",
    "hu": "hungarian ungarisch",
    "id": "indonesian",
    "it": "italian italienisch italien italiano",
    "ja": "japanese japanisch japonais japonés",
    "ko": "korean koreanisch",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch niederländisch néerlandais neerlandés",
    "no": "norwegian norwegisch",
    "pl": "polish polnisch polonais polaco",
    "pt": "portuguese portugiesisch portugais portugués",
    "ro": "romanian rumänisch",
    "ru": "russian russisch russe ruso",
    "sk": "slovak",
    "sl": "slovene slovenian",
    "sr": "serbian",
    "sv": "swedish schwedisch suédois sueco",
    "th": "thai",
    "tr": "turkish türkisch turc turco",
    "uk": "ukrainian ukrainisch",
    "ur": "urdu",
    "vi": "vietnamese",
    "zh": "chinese mandarin chinesisch chinois chino",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}

# What stands for a whole organization is named without it: "CFO of Pinetree Capital".
_OFFICE = re.compile(r"(?i:c[etfoim]o|(?:co-?)?founder|president|owner)(?= of (?:the )?[A-Z])")
# "I work as hard as I can", "as usual", "as a team".
_HOW_ONE_WORKS = frozenset(
    "hard much little long fast well quickly slowly often usual always needed required planned "
    "before part if though you we they i one rule result favour favor hobby group pair good "
    "best late early soon far per expected directed instructed told".split()
)
_NOT_NAMES = frozenset(
    "tomorrow later back now when if maybe crazy old-fashioned paranoid lazy stupid naive silly "
    "picky mad anytime today tonight again a an the out on in at by up not never always and or but "
    "too so very sorry ok okay fine done good great happy sad tired sick late busy home here there "
    "new sure ready back german french spanish english italian polish dutch swedish danish "
    "norwegian finnish irish scottish welsh british american canadian australian indian chinese "
    "japanese korean turkish greek russian ukrainian brazilian mexican portuguese austrian swiss "
    "belgian european african asian catholic muslim jewish christian buddhist hindu atheist "
    "protestant vegan vegetarian gay bi trans autistic dyslexic diabetic monday friday".split()
)
_ADJECTIVES = frozenset(
    "formal informal casual friendly direct blunt playful professional polite serious humorous "
    "relaxed warm neutral matter-of-fact honest encouraging sarcastic businesslike chatty "
    "straightforward witty funny empathetic".split()
)
_COMPARED = {
    "friendlier": "friendly",
    "warmer": "warm",
    "blunter": "blunt",
    "funnier": "funny",
    "chattier": "chatty",
}
_ENGLISH = "january february march april may june july august september october november december"
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTHS = {
    spelt: number
    for names in (_ENGLISH, _GERMAN)
    for number, month in enumerate(names.split(), start=1)
    for spelt in (month, month[:3])
}
_BIRTHDAY = re.compile(
    r"(?:(?P<day>\d{1,2})\w{0,2}(?: of)? (?P<month>[A-Za-z]+)|(?P<month2>[A-Za-z]+) "
    r"(?P<day2>\d{1,2})\w{0,2})(?:,? (?P<year>(?:19|20)\d\d))?$"
)
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)\d\d),? on (?:the )?(?P<day>.+)$", re.IGNORECASE)
_A_LEAP_YEAR = 2000


def as_said(raw: str) -> str:
    """Any value, trimmed."""
    return raw.strip(" .,;!")


def language(raw: str) -> str:
    """The ISO 639-1 code of a language named in English, German, French, Spanish or itself."""
    return _CODES.get(raw.casefold(), "")


def name(raw: str) -> str:
    """A name of one to four words."""
    return "" if as_said(raw).split()[0].casefold() in _NOT_NAMES else as_said(raw)


def introduced(raw: str) -> str:
    """A name after a bare "I'm": with its capitals, and no occupation or acronym."""
    found = name(raw)
    return "" if found.islower() or found.isupper() or occupation(found) else found


def employer(raw: str) -> str:
    """An organization; countries, days and months are none."""
    place = places.without_time(as_said(raw))
    bare = place.casefold().removeprefix("the ")
    return "" if places.is_country(bare) or bare.split()[0] in _NOT_NAMES else place


def role(raw: str) -> str:
    """What one is at work, without its article."""
    found = re.sub(r"\s+(?:now|again|myself|too|there|here)$", "", as_said(raw))
    first, _, rest = found.casefold().partition(" ")
    if first in _HOW_ONE_WORKS or (first == "team" and not rest):
        return ""
    office = _OFFICE.match(found)
    return office.group() if office else found


def occupation(raw: str) -> str:
    """A role whose last word is an occupation: "a nurse", not "a night owl"."""
    found = role(raw)
    return found if occupations.is_occupation(found) else ""


def german_occupation(raw: str) -> str:
    """An occupation in German."""
    return role(raw) if occupations.is_german(role(raw)) else ""


def romance_occupation(raw: str) -> str:
    """An occupation in French or Spanish."""
    return role(raw) if occupations.is_romance(role(raw)) else ""


def is_paid_work(raw: str) -> bool:
    """Whether a role has an employer: a student's university is none."""
    return bool(occupation(raw)) and not raw.casefold().endswith("student")


def tone(raw: str) -> str:
    """An adjective of manner, with `less` where it was said; `more` changes nothing."""
    said = [w for w in as_said(raw).casefold().split() if w not in {"more", "very", "a", "bit"}]
    words = [_COMPARED.get(word, word) for word in said]
    return " ".join(words) if words and words[-1] in _ADJECTIVES else ""


def birthday(raw: str) -> str:
    """YYYY-MM-DD, or MM-DD without a year."""
    found = _BIRTHDAY.match(_YEAR_FIRST.sub(r"\g<day> \g<year>", as_said(raw)))
    if found is None:
        return ""
    month = _MONTHS.get((found["month"] or found["month2"]).casefold(), 0)
    day, year = int(found["day"] or found["day2"]), found["year"]
    try:
        date(int(year or _A_LEAP_YEAR), month, day)
    except ValueError:
        return ""
    return f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


_SHORT = frozenset("short shorter brief briefer concise succinct terse compact kurz".split())
_LONG = frozenset("long longer detailed thorough extensive comprehensive ausführlich".split())
_DATED = re.compile(
    rf"\d|day\b|tomorrow|tonight|\bweek|month|end of|noon|midnight|"
    rf"\b(?:{_ENGLISH.replace(' ', '|')})\b",
    re.IGNORECASE,
)


def length(raw: str) -> str:
    """`short`, `long`, or a limit as it was said: `under 3 lines`."""
    low = as_said(raw).casefold()
    if low in _SHORT or low in {"to the point", "brièvement", "brevemente"}:
        return "short"
    return "long" if low in _LONG or (low.startswith("in") and "depth" in low) else low


def format_(raw: str) -> str:
    """How answers are laid out, in one word for one thing."""
    low = as_said(raw).casefold()
    return "bullet points" if low.startswith("bullet") else low


def dated(raw: str) -> str:
    """A time limit that names a time."""
    found = re.sub(r"\s+(?:now|instead|again|already)$", "", as_said(raw))
    return found if _DATED.search(found) else ""


def theme(raw: str) -> str:
    """`dark` or `light`, whatever it is called."""
    return re.sub(r"[- ]?(?:mode|theme)$", "", lower(raw))


def lower(raw: str) -> str:
    """One word in small letters."""
    return as_said(raw).casefold()
