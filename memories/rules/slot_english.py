"""The slots of English statements and requests: one row a slot, the earlier expression counts."""

from memories.rules import places, slot_values
from memories.rules.places import PLACE
from memories.rules.sentences import LEAD
from memories.rules.slot_values import LANGUAGE, ORGANIZATION, PERSON, Row

# Words in front of a statement; not those that tell of another time or world.
FRONT = (
    rf"^\s*(?:{LEAD})*(?:(?!if\b|when\b|while\b|before\b|until\b|in (?:my|the|a) (?:\w+ )?(?:game|"
    r"novel|dreams?|story|book|past)\b)[^,;:]{1,40}[,;]\s+)?(?:(?:and|but|so|now|currently|then|"
    r"these days|nowadays|at the moment|right now|as of (?:now|today))\s+)*"
)
OFTEN = (
    r"(?:(?:now|since|currently|still|also|just|mostly|mainly|always|only|recently|really|usually|"
    r"finally|actually)\s+)*"
)
WE = rf"{FRONT}(?:I|we)\s+{OFTEN}"
AM = rf"{FRONT}(?:I['’]?m|I am|we['’]re|we are)\s+{OFTEN}"
HAVE = rf"{FRONT}(?:I['’]?ve|I have|I|we['’]ve|we have|we)\s+{OFTEN}"
ANSWERS = r"(?:answers?|replies|responses?|explanations?|messages|summaries|texts|examples)"
SHORT = r"short(?:er)?|brief(?:er)?|concise|succinct|terse|to the point|compact"
LONG = r"long(?:er)?|detailed|in[- ]depth|thorough|extensive|comprehensive"
FORMATS = (
    r"(?P<value>bullet(?:ed)? (?:points?|lists?)|bullets|numbered (?:lists?|steps)|tables|prose|"
    r"plain text|full sentences|markdown)"
)
EDITORS = (
    r"(?P<value>neovim|vim|emacs|vs ?code|visual studio code|sublime text|pycharm|intellij(?: "
    r"idea)?|webstorm|zed|helix|xcode|eclipse|cursor|android studio|notepad\+\+|jupyterlab|"
    r"rstudio)\b"
)
CODE_ZONE = (
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
_LIVING = (
    rf"(?:{WE}{_LIVES}|{AM}(?:living|based|located)|{HAVE}(?:been )?(?:living|lived here))(?: "
    rf"out of| (?:{_HOME})?(?:in|near|(?:just )?outside|on the (?:outskirts|edge) of))"
)
JOB = (
    r"(?P<value>(?!(?:not|no|never|hardly|like|as|in|on|at)\b)[^\W\d_][\w/&-]*(?: (?!at\b|for\b|"
    r"in\b|with\b|from\b|and\b|but\b|who\b|on\b|by\b|since"
    r"\b|because\b|so\b|now\b|where\b|to\b|here\b|while\b|these\b|or\b|yesterday\b|today\b|"
    r"last\b|this\b|recently\b|as\b)[\w/&-]+){0,4})"
)
_SOME_JOB = JOB.replace("?P<value>", "?:")
# Read as an occupation before the value counts: "a regular at Nero" works elsewhere.
_KNOWN_JOB = JOB.replace("value", "job")

PROFILE: tuple[Row, ...] = (
    (
        "name",
        slot_values.name,
        (
            rf"{FRONT}my (?:full |real )?name(?: is|['’]s) (?:now )?{PERSON}",
            rf"{FRONT}my (?:full |real )?name (?:isn['’]?t|is not) [^,.;!?–—]{{1,60}}[,;–— ]+(?:but"
            rf"|it['’]?s|it is) {PERSON}",
        ),
    ),
    (
        "name",
        slot_values.introduced,
        (rf"{AM}{PERSON}\s*[.!]*$", rf"{AM}{PERSON}(?=, (?:a|an|your|from)\b)"),
    ),
    (
        "city",
        places.city,
        (
            rf"{_LIVING} {PLACE}",
            # Of several stations, the last.
            rf"{HAVE}{_MOVED} to [^.;!?]{{2,60}}?\b(?:then|later|finally)(?: moved)?(?: on)? to "
            rf"{PLACE}",
            rf"{HAVE}{_MOVED} (?:in)?to (?:{_HOME}in )?{PLACE}",
            rf"{FRONT}(?:just|recently|finally) {_MOVED} to {PLACE}",
            rf"{AM}(?:an? )?{_KNOWN_JOB} (?:based |living )?in {PLACE}",
        ),
    ),
    (
        "country",
        places.country,
        (
            rf"{_LIVING} {PLACE}",
            rf"{_LIVING} [\w' -]{{2,30}}, {PLACE}",
            rf"{HAVE}{_MOVED} to {PLACE}",
            rf"{HAVE}{_MOVED} to [\w' -]{{2,30}}, {PLACE}",
            rf"{FRONT}(?:just|recently|finally) {_MOVED} to {PLACE}",
        ),
    ),
    (
        "employer",
        slot_values.employer,
        (
            rf"{WE}work(?: (?!for\b|at\b)[\w-]+){{0,6}}? (?:for|at) {ORGANIZATION}",
            rf"{AM}(?:working|employed)(?: as an? {_SOME_JOB})? (?:for|at|by) "
            rf"{ORGANIZATION}",
            rf"{AM}(?:an? |the )?{_KNOWN_JOB} (?:at|for) {ORGANIZATION}",
            rf"{FRONT}my (?:new )?employer is {ORGANIZATION}",
            rf"{FRONT}my (?:new |current )?(?:job|role|position)(?: is|['’]s)(?: now)? (?:at|with) "
            rf"{ORGANIZATION}",
            rf"{HAVE}(?:joined|(?:started|got) (?:a |my )?(?:new )?(?:job|role|position)?(?: "
            rf"?working)? ?(?:at|with|for)) {ORGANIZATION}",
        ),
    ),
    (
        "role",
        slot_values.role,
        (
            rf"{WE}work (?:(?:for|at) [^,.;]{{2,30}}? )?as (?:an? |the )?{JOB}",
            rf"{AM}(?:working|employed) (?:(?:for|at) [^,.;]{{2,30}}? )?as (?:an? |the )?{JOB}",
            rf"{HAVE}(?:joined|started(?: (?:working )?(?:at|with|for))?) [^,.;]{{0,60}}?\bas "
            rf"(?:an? |the )?{JOB}",
            rf"{FRONT}my (?:job title|profession|occupation) is (?:an? )?{JOB}",
        ),
    ),
    ("role", slot_values.occupation, (rf"{AM}(?:an? |the )?{JOB}",)),
    (
        "role",
        slot_values.lower,
        (
            rf"(?:{AM}|{HAVE})(?:happily |fully |officially )*(?P<value>retired)"
            r"(?=\s*(?:[.,;!]|$)|\s+(?:now|and|but|last|in|since|already)\b)",
        ),
    ),
    (
        "time_zone",
        slot_values.as_said,
        (
            rf"{FRONT}my time ?zone(?: is|['’]s) (?:now )?{CODE_ZONE}",
            rf"{AM}(?:in|on) (?:the )?{CODE_ZONE}",
            rf"{FRONT}my time ?zone(?: is|['’]s) (?:now )?(?:the )?{_NAMED_ZONE}",
            rf"{AM}(?:in|on) (?:the )?(?:US )?{_NAMED_ZONE} time\b",
        ),
    ),
    (
        "birthday",
        slot_values.birthday,
        (
            rf"{FRONT}my (?:birthday|date of birth)(?: is|['’]s) (?:on )?(?:the )?"
            r"(?P<value>[\w ]{3,20}(?:, \d{4})?)",
            rf"{FRONT}I was born on (?:the )?(?P<value>\w+ (?:of )?\w+,? \d{{4}})",
        ),
    ),
    (
        "pronouns",
        slot_values.as_said,
        (
            rf"{FRONT}(?:my pronouns are|I use|I go by) (?P<value>(?:he|she|they|ze|xe|it)"
            rf"/\w+(?:/\w+)?)",
        ),
    ),
)

TASK_STATE: tuple[Row, ...] = (
    (
        "blocked_on",
        slot_values.as_said,
        (
            rf"{FRONT}(?:I['’]?m|I am|we['’]?re|we are) {OFTEN}blocked (?:on|by) "
            rf"(?P<value>[^,.;!]{{3,80}}?)"
            r"(?=[,.;!]|$| because| since| until)",
        ),
    ),
    (
        "next_step",
        slot_values.as_said,
        (rf"{FRONT}(?:(?:the|my|our) )?next step(?: is|:)(?: to)? (?P<value>[^,.;!]{{3,100}})",),
    ),
    (
        "deadline",
        slot_values.dated,
        (
            rf"{FRONT}(?:my|our|the) (?:new )?deadline (?:is|was moved to|has moved to|moved to) "
            r"(?:now |still )?(?:on )?(?P<value>[^,.;!]{3,40})",
        ),
    ),
    (
        "project",
        slot_values.as_said,
        (
            rf"{FRONT}(?:my|our|the) (?:project|book|company|startup|start-up|app) is (?:now )"
            rf"?called "
            r"(?P<value>[^,.;!]{2,60})",
            rf"{AM}working on an? (?:project|app|book|game) (?:called|named) "
            rf"(?P<value>[^,.;!]{{2,60}})",
        ),
    ),
)

# Standing wishes told of oneself.
PREFERENCE: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{FRONT}my (?:preferred|favou?rite) language (?:for [\w ]+ )?is {LANGUAGE}",
            rf"(?:{WE}|{FRONT}I['’]d )(?:prefer|want|would like|like)(?: (?:your |all |my )"
            rf"?{ANSWERS}| to (?:talk|chat|read|write|speak))?(?: in)? {LANGUAGE}",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{WE}(?:prefer|like|want|need|love) (?:your |the )?(?P<value>{SHORT}|{LONG})"
            rf"(?:(?:,| and)? [\w-]+){{0,3}}? {ANSWERS}",
            rf"{WE}(?:prefer|like|want) {ANSWERS} (?:to be |that are )?(?P<value>{SHORT}|{LONG})\b",
        ),
    ),
    (
        "tone",
        slot_values.tone,
        (rf"{WE}(?:prefer|like|want) (?:an? |your )?(?P<value>[\w-]+) (?:tone|style)\b",),
    ),
    (
        "format",
        slot_values.format_,
        (rf"{WE}(?:prefer|like|want) (?:{ANSWERS} (?:in|as|with) )?{FORMATS}",),
    ),
    (
        "units",
        slot_values.lower,
        (
            rf"{WE}(?:use|prefer|think in|want) (?:the )?(?P<value>metric|imperial|celsius|"
            rf"fahrenheit)\b",
        ),
    ),
    (
        "theme",
        slot_values.lower,
        (
            rf"(?:{WE}|{HAVE}|{AM})(?:use|prefer|like|love|want|switched (?:back )?to|using|on|"
            r"moved to|went back to) (?:the )?(?P<value>dark|light)[- ](?:mode|theme)",
        ),
    ),
    (
        "editor",
        slot_values.as_said,
        (
            rf"(?:{WE}|{HAVE})(?:use|code in|write (?:\w+ )?code in|work in|prefer|develop in|"
            rf"program in|switched (?:from [\w ]+? )?(?:over )?to|moved (?:from [\w ]+? )?to|went "
            rf"back to) {EDITORS}",
            rf"{AM}(?:using|coding in) {EDITORS}",
            rf"{FRONT}my (?:main |favou?rite )?editor is (?:now )?{EDITORS}",
        ),
    ),
)
