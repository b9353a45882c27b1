"""The slots that people fill by asking for something, in English: how to be answered and called."""

from memories.rules import slot_values
from memories.rules.slot_english import ANSWERS, FORMATS, FRONT, LONG, SHORT, WE
from memories.rules.slot_values import LANGUAGE, PERSON, Row

_PLEASE = (
    rf"{FRONT}(?:(?:please|pls|always|from now on|instead|just|let['’]s|let us|"
    rf"(?:can|could|would) (?:you|u)|"
    r"will you|you (?:can|may|should)|I(?:['’]d| would) (?:like|prefer) (?:it if )?you to|I want "
    r"you to|try to|in (?:the )?future|whenever [^,]{1,40}),?\s+)*"
)
_CONVERSE = (
    r"(?:talk|speak|chat|write|converse|continue|carry on|go on|switch|change|do (?:this|that|it)|"
    r"have this (?:chat|conversation))(?: with me| to me)?"
)
_LIMIT = (
    r"(?P<value>(?:under|below|within|at most|max(?:imum)?|no more than|up to|less than|fewer "
    r"than) (?:\d+|one|two|three|four|five|six|ten) (?:lines?|sentences?|words?|paragraphs?))"
)

# Wishes asked for; after an order they may be meant for that order only.
REQUESTS: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{_PLEASE}(?:answer|reply|respond|write|talk|speak|communicate|chat|continue)(?: "
            rf"back)?(?: to| with)?(?: me)?(?: only| always)?(?: in)? {LANGUAGE}",
            rf"{_PLEASE}(?:speak|talk) {LANGUAGE}",
            rf"{FRONT}(?:could|can|shall|may) (?:we|you|I) (?:please |maybe |perhaps )?{_CONVERSE}"
            rf"(?: in| to) {LANGUAGE}",
            rf"{_PLEASE}(?:answer|keep|give me|write) (?:all )?(?:my |your )?(?:questions|messages|"
            rf"{ANSWERS}) in {LANGUAGE}",
            rf"{_PLEASE}(?:switch|go|change|return|stick)(?: back| over)? to {LANGUAGE}",
            rf"{_PLEASE}use {LANGUAGE}",
            rf"{FRONT}(?:in )?(?P<value>[^\W\d_]+),? (?:please|from now on)\b",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{_PLEASE}(?:keep|make) (?:it|things|them|(?:all )?your {ANSWERS}|{ANSWERS}) (?:\w+ "
            rf")?(?P<value>{SHORT}|{LONG})\b",
            rf"{_PLEASE}(?:keep|make) (?:it|things|them|(?:all )?your {ANSWERS}|{ANSWERS}) "
            rf"{_LIMIT}",
            rf"{_PLEASE}(?:answer|reply|respond)(?: \w+)? (?:in )?{_LIMIT}",
            rf"{_PLEASE}(?:be|give me|write|send) (?:more |very )?(?P<value>{SHORT}|{LONG})"
            rf"(?= {ANSWERS}| with me|[.,;!]| please|$)",
            rf"{FRONT}(?P<value>shorter|longer|short|brief) {ANSWERS}(?:,? please|,? from now on)",
        ),
    ),
    (
        "tone",
        slot_values.tone,
        (
            rf"{_PLEASE}be (?P<value>(?:a (?:bit|little) )?(?:(?:more|less|very) )?[\w-]+)"
            r"(?= with me| in your| when| please|[.,;!]|$)",
            rf"{_PLEASE}(?:keep|make) (?:it|things|the tone|your tone) (?P<value>(?:(?:more|less) )"
            rf"?[\w-]+)"
            r"(?=[.,;!]|$| please| with me)",
            rf"{_PLEASE}use (?:an? )?(?P<value>(?:(?:more|less) )?[\w-]+) (?:tone|style|language)"
            rf"\b",
        ),
    ),
    (
        "format",
        slot_values.format_,
        (
            rf"{_PLEASE}(?:use|write|answer|reply|give me|send me|format)(?: (?!no\b|not\b)[\w]+)"
            rf"{{0,4}}? {FORMATS}",
        ),
    ),
    (
        "units",
        slot_values.lower,
        (
            rf"{_PLEASE}(?:use|give|show|answer|write|stick|switch|go|reply)(?: [\w]+){{0,4}}? "
            r"(?P<value>metric|imperial|celsius|fahrenheit)\b",
            rf"{FRONT}(?P<value>metric|imperial)(?: units?)?,? (?:please|from now on)",
        ),
    ),
)
NAMING: tuple[Row, ...] = (
    (
        "preferred_name",
        slot_values.name,
        (
            rf"{_PLEASE}call me {PERSON}(?! (?:a|the|if(?! you (?:like|want|prefer|wish))|when|"
            r"back|at|on)\b)",
            rf"{FRONT}I (?:prefer to be called|prefer being called) {PERSON}",
            rf"{FRONT}(?:everyone|everybody|people|(?:my )?friends) calls? me {PERSON}",
        ),
    ),
    # With its capital: one also goes by bus.
    ("preferred_name", slot_values.introduced, (rf"{WE}go by (?:the name )?{PERSON}",)),
)
