"""The slots of English statements and requests: one row a slot, the earlier expression counts."""

from memories.rules import slot_values
from memories.rules.sentences import LEAD
from memories.rules.slot_values import LANGUAGE, ORGANIZATION, PERSON, PLACE, Row

# Words in front of a statement; not those that tell of another time or world.
_FRONT = (
    rf"^\s*(?:{LEAD})*(?:(?!if\b|when\b|while\b|before\b|until\b|in (?:my|the|a) (?:\w+ )?(?:game|"
    r"novel|dreams?|story|book|past)\b)[^,;:]{1,40}[,;]\s+)?(?:(?:and|but|so|now|currently|then)\s+)*"
)
_OFTEN = (
    r"(?:(?:now|currently|still|also|just|mostly|mainly|always|only|recently|really|usually|"
    r"finally|actually)\s+)*"
)
_I = rf"{_FRONT}I\s+{_OFTEN}"
_AM = rf"{_FRONT}(?:I['’]?m|I am)\s+{_OFTEN}"
_HAVE = rf"{_FRONT}(?:I['’]?ve|I have|I)\s+{_OFTEN}"
_PLEASE = (
    rf"{_FRONT}(?:(?:please|always|from now on|instead|just|let['’]s|can you|could you|would you|"
    r"will you|you (?:can|may|should)|I(?:['’]d| would) (?:like|prefer) (?:it if )?you to|I want "
    r"you to|try to|in (?:the )?future|whenever [^,]{1,40}),?\s+)*"
)
_ANSWERS = r"(?:answers?|replies|responses?|explanations?|messages|summaries|texts|examples)"
_SHORT = r"short(?:er)?|brief(?:er)?|concise|succinct|terse|to the point|compact"
_LONG = r"long(?:er)?|detailed|in[- ]depth|thorough|extensive|comprehensive"
_LIMIT = (
    r"(?P<value>(?:under|below|within|at most|max(?:imum)?|no more than|up to|less than|fewer than) "
    r"(?:\d+|one|two|three|four|five|six|ten) (?:lines?|sentences?|words?|paragraphs?))"
)
_FORMATS = (
    r"(?P<value>bullet(?:ed)? (?:points?|lists?)|bullets|numbered (?:lists?|steps)|tables|prose|"
    r"plain text|full sentences|markdown)"
)
_EDITORS = (
    r"(?P<value>neovim|vim|emacs|vs ?code|visual studio code|sublime text|pycharm|intellij(?: idea)?|"
    r"webstorm|zed|helix|xcode|eclipse|cursor|android studio|notepad\+\+|jupyterlab|rstudio)\b"
)
_CODE_ZONE = (
    r"(?P<value>(?-i:[A-Z][a-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?|(?:UTC|GMT)(?:\s?[+-]\d{1,2}"
    r"(?::\d\d)?)?|CES?T|[PEM][SD]T|CDT|BST|IST|JST|KST|AE[SD]T|NZ[SD]T|WES?T|EES?T|MSK|SGT|HKT))\b"
)
_NAMED_ZONE = r"(?P<value>(?-i:Pacific|Eastern|Central(?: European)?|Mountain|Atlantic|Western))"
_HOME = (
    r"(?:in )?(?:an? (?:\w+ ){0,3}?(?:flat|apartment|house|studio|place|room|loft|farm|cottage|"
    r"flatshare|houseboat)(?: \w+ing)? )"
)
_LIVES = r"(?:live|reside)(?: (?:alone|together|again|out))?"
_MOVED = r"(?:moved|relocated)(?: back| house| away| here| over)?(?: from [^,.;]{2,40}?)?"
_IN_REGION = r"(?:[\w' -]{2,30}, )?"
_JOB = (
    r"(?P<value>[^\W\d_][\w/&-]*(?: (?!at\b|for\b|in\b|with\b|from\b|and\b|but\b|who\b|on\b|by\b|since"
    r"\b|because\b|so\b|now\b|where\b|to\b|here\b|while\b|these\b|or\b)[\w/&-]+){0,4})"
)
_SOME_JOB = _JOB.replace("?P<value>", "?:")
# Read as an occupation before the value counts: "a regular at Nero" works elsewhere.
_KNOWN_JOB = _JOB.replace("value", "job")

PROFILE: tuple[Row, ...] = (
    (
        "name",
        slot_values.name,
        (rf"{_FRONT}my (?:full |real )?name(?: is|['’]s) (?:now )?{PERSON}",),
    ),
    (
        "name",
        slot_values.introduced,
        (rf"{_AM}{PERSON}\s*[.!]*$", rf"{_AM}{PERSON}(?=, (?:a|an|your|from)\b)"),
    ),
    (
        "city",
        slot_values.city,
        (
            rf"{_I}{_LIVES} (?:{_HOME})?(?:in|near) {PLACE}",
            rf"{_AM}(?:living|based|located) (?:{_HOME})?in {PLACE}",
            rf"{_HAVE}{_MOVED} (?:in)?to (?:{_HOME}in )?{PLACE}",
            rf"{_AM}(?:an? )?{_KNOWN_JOB} (?:based |living )?in {PLACE}",
        ),
    ),
    (
        "country",
        slot_values.country,
        (
            rf"{_I}{_LIVES} (?:{_HOME})?in {_IN_REGION}{PLACE}",
            rf"{_AM}(?:living|based) in {_IN_REGION}{PLACE}",
            rf"{_HAVE}{_MOVED} to {_IN_REGION}{PLACE}",
        ),
    ),
    (
        "employer",
        slot_values.employer,
        (
            rf"{_I}work(?: (?!for\b|at\b)[\w-]+){{0,6}}? (?:for|at) {ORGANIZATION}",
            rf"{_AM}(?:working|employed)(?: as an? {_SOME_JOB})? (?:for|at|by) "
            rf"{ORGANIZATION}",
            rf"{_AM}(?:an? |the )?{_KNOWN_JOB} (?:at|for) {ORGANIZATION}",
            rf"{_FRONT}my (?:new )?employer is {ORGANIZATION}",
            rf"{_HAVE}(?:joined|(?:started|got) (?:a |my )?(?:new )?(?:job|role|position)?(?: ?working)?"
            rf" ?(?:at|with|for)) {ORGANIZATION}",
        ),
    ),
    (
        "role",
        slot_values.role,
        (
            rf"{_I}work (?:(?:for|at) [^,.;]{{2,30}}? )?as (?:an? |the )?{_JOB}",
            rf"{_AM}(?:working|employed) as (?:an? |the )?{_JOB}",
            rf"{_FRONT}my (?:job|job title|profession|occupation) is (?:an? )?{_JOB}",
        ),
    ),
    ("role", slot_values.occupation, (rf"{_AM}(?:an? |the )?{_JOB}",)),
    (
        "time_zone",
        slot_values.as_said,
        (
            rf"{_FRONT}my time ?zone(?: is|['’]s) (?:now )?{_CODE_ZONE}",
            rf"{_AM}(?:in|on) (?:the )?{_CODE_ZONE}",
            rf"{_FRONT}my time ?zone(?: is|['’]s) (?:now )?(?:the )?{_NAMED_ZONE}",
            rf"{_AM}(?:in|on) (?:the )?(?:US )?{_NAMED_ZONE} time\b",
        ),
    ),
    (
        "birthday",
        slot_values.birthday,
        (
            rf"{_FRONT}my (?:birthday|date of birth)(?: is|['’]s) (?:on )?(?:the )?"
            r"(?P<value>[\w ]{3,20}(?:, \d{4})?)",
            rf"{_FRONT}I was born on (?:the )?(?P<value>\w+ (?:of )?\w+,? \d{{4}})",
        ),
    ),
    (
        "pronouns",
        slot_values.as_said,
        (
            rf"{_FRONT}(?:my pronouns are|I use|I go by) (?P<value>(?:he|she|they|ze|xe|it)/\w+(?:/\w+)?)",
        ),
    ),
)

TASK_STATE: tuple[Row, ...] = (
    (
        "blocked_on",
        slot_values.as_said,
        (
            rf"{_FRONT}(?:I['’]?m|I am|we['’]?re|we are) {_OFTEN}blocked (?:on|by) (?P<value>[^,.;!]{{3,80}}?)"
            r"(?=[,.;!]|$| because| since| until)",
        ),
    ),
    (
        "next_step",
        slot_values.as_said,
        (
            rf"{_FRONT}(?:(?:the|my|our) )?next step(?: is|:)(?: to)? (?P<value>[^,.;!]{{3,100}})",
        ),
    ),
    (
        "deadline",
        slot_values.dated,
        (
            rf"{_FRONT}(?:my|our|the) (?:new )?deadline (?:is|was moved to|has moved to|moved to) "
            r"(?:now |still )?(?:on )?(?P<value>[^,.;!]{3,40})",
        ),
    ),
    (
        "project",
        slot_values.as_said,
        (
            rf"{_FRONT}(?:my|our|the) (?:project|book|company|startup|start-up|app) is (?:now )?called "
            r"(?P<value>[^,.;!]{2,60})",
            rf"{_AM}working on an? (?:project|app|book|game) (?:called|named) (?P<value>[^,.;!]{{2,60}})",
        ),
    ),
)

# Standing wishes told of oneself.
PREFERENCE: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{_FRONT}my (?:preferred|favou?rite) language (?:for [\w ]+ )?is {LANGUAGE}",
            rf"{_I}(?:prefer|want|would like)(?: (?:your |all |my )?{_ANSWERS}| to (?:talk|chat|read|"
            rf"write|speak))?(?: in)? {LANGUAGE}",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{_I}(?:prefer|like|want|need|love) (?:your |the )?(?P<value>{_SHORT}|{_LONG})"
            rf"(?:(?:,| and)? [\w-]+){{0,3}}? {_ANSWERS}",
            rf"{_I}(?:prefer|like|want) {_ANSWERS} (?:to be |that are )?(?P<value>{_SHORT}|{_LONG})\b",
        ),
    ),
    (
        "tone",
        slot_values.tone,
        (rf"{_I}(?:prefer|like|want) (?:an? |your )?(?P<value>[\w-]+) (?:tone|style)\b",),
    ),
    (
        "format",
        slot_values.format_,
        (rf"{_I}(?:prefer|like|want) (?:{_ANSWERS} (?:in|as|with) )?{_FORMATS}",),
    ),
    (
        "units",
        slot_values.lower,
        (rf"{_I}(?:use|prefer|think in|want) (?:the )?(?P<value>metric|imperial|celsius|fahrenheit)\b",),
    ),
    (
        "theme",
        slot_values.lower,
        (
            rf"(?:{_I}|{_HAVE}|{_AM})(?:use|prefer|like|love|want|switched (?:back )?to|using|on|"
            r"moved to|went back to) (?:the )?(?P<value>dark|light)[- ](?:mode|theme)",
        ),
    ),
    (
        "editor",
        slot_values.as_said,
        (
            rf"(?:{_I}|{_HAVE})(?:use|code in|write (?:\w+ )?code in|work in|prefer|develop in|program "
            rf"in|switched (?:from [\w ]+? )?(?:over )?to|moved (?:from [\w ]+? )?to|went back to) {_EDITORS}",
            rf"{_AM}(?:using|coding in) {_EDITORS}",
            rf"{_FRONT}my (?:main |favou?rite )?editor is (?:now )?{_EDITORS}",
        ),
    ),
)

# Wishes asked for; after an order they may be meant for that order only.
REQUESTS: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{_PLEASE}(?:answer|reply|respond|write|talk|speak|communicate|chat|continue)(?: back)?"
            rf"(?: to| with)?(?: me)?(?: only| always)?(?: in)? {LANGUAGE}",
            rf"{_PLEASE}(?:answer|keep|give me|write) (?:all )?(?:my |your )?(?:questions|messages|"
            rf"{_ANSWERS}) in {LANGUAGE}",
            rf"{_PLEASE}(?:switch|go|change|stick)(?: back| over)? to {LANGUAGE}",
            rf"{_PLEASE}use {LANGUAGE}",
            rf"{_FRONT}(?:in )?(?P<value>[^\W\d_]+),? (?:please|from now on)\b",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{_PLEASE}(?:keep|make) (?:it|things|them|(?:all )?your {_ANSWERS}|{_ANSWERS}) (?:\w+ )?"
            rf"(?P<value>{_SHORT}|{_LONG})\b",
            rf"{_PLEASE}(?:keep|make) (?:it|things|them|(?:all )?your {_ANSWERS}|{_ANSWERS}) {_LIMIT}",
            rf"{_PLEASE}(?:answer|reply|respond)(?: \w+)? (?:in )?{_LIMIT}",
            rf"{_PLEASE}(?:be|give me|write|send) (?:more |very )?(?P<value>{_SHORT}|{_LONG})"
            rf"(?= {_ANSWERS}| with me|[.,;!]| please|$)",
            rf"{_FRONT}(?P<value>shorter|longer|short|brief) {_ANSWERS}(?:,? please|,? from now on)",
        ),
    ),
    (
        "tone",
        slot_values.tone,
        (
            rf"{_PLEASE}be (?P<value>(?:a (?:bit|little) )?(?:(?:more|less|very) )?[\w-]+)"
            r"(?= with me| in your| when| please|[.,;!]|$)",
            rf"{_PLEASE}(?:keep|make) (?:it|things|the tone|your tone) (?P<value>(?:(?:more|less) )?[\w-]+)"
            r"(?=[.,;!]|$| please| with me)",
            rf"{_PLEASE}use (?:an? )?(?P<value>(?:(?:more|less) )?[\w-]+) (?:tone|style|language)\b",
        ),
    ),
    (
        "format",
        slot_values.format_,
        (
            rf"{_PLEASE}(?:use|write|answer|reply|give me|send me|format)(?: (?!no\b|not\b)[\w]+){{0,4}}? "
            rf"{_FORMATS}",
        ),
    ),
    (
        "units",
        slot_values.lower,
        (
            rf"{_PLEASE}(?:use|give|show|answer|write|stick|switch|go|reply)(?: [\w]+){{0,4}}? "
            r"(?P<value>metric|imperial|celsius|fahrenheit)\b",
            rf"{_FRONT}(?P<value>metric|imperial)(?: units?)?,? (?:please|from now on)",
        ),
    ),
)
NAMING: tuple[Row, ...] = (
    (
        "preferred_name",
        slot_values.name,
        (
            rf"{_PLEASE}call me {PERSON}(?! (?:a|the|if|when|back|at|on)\b)",
            rf"{_FRONT}I (?:go by|prefer to be called|prefer being called) {PERSON}",
            rf"{_FRONT}(?:everyone|everybody|people|(?:my )?friends) calls? me {PERSON}",
        ),
    ),
)
