"""The slots of English as people say them in passing: more ways than the plain statement.

Read after the plain ones, of which the earlier counts.
"""

from memories.rules import places, slot_values
from memories.rules.places import PLACE
from memories.rules.slot_english import (
    AM,
    ANSWERS,
    CODE_ZONE,
    EDITORS,
    FORMATS,
    FRONT,
    HAVE,
    JOB,
    LONG,
    OFTEN,
    SHORT,
    WE,
)
from memories.rules.slot_values import LANGUAGE, ORGANIZATION, PERSON, Row

_FOR_LONG = (
    r"(?:since (?:\w+ )?(?:19|20)\d\d|since (?:I was|birth|college|school|university)|(?:for )"
    r"?(?:over |almost |nearly |about |more than )?(?:an? |\w+ )?(?:few |couple of |long |good )?"
    r"(?:years?|decades?|ages)\b|for good\b|permanently\b|full[- ]time\b|all my life)"
)
_HOME = r"(?:my|our) (?:new |current )?(?:home(?: base| city)?|hometown now|base)"
_MADE_HOME = (
    r"(?:(?:has|have) been|['’]s been|is|became|has become|remains|is still|will always be)"
)
_SETTLED = r"(?:settled(?: down)?|resettled|ended up living|put down roots)"
_CAME_TO = (
    r"(?:(?:just |finally |permanently )?(?:emigrated|immigrated|moved over|moved out|moved back|"
    r"made the move|returned for good) to|(?:left|swapped) (?-i:[A-Z][\w-]+(?: [A-Z][\w-]+)?) "
    r"for)"
)
_HIRED = r"(?:hired|recruited|headhunted|taken on|poached|employed)"
_PROMOTED = r"(?:been |was |got |just got |were )*(?:just |recently )?promoted to"
_TRADE = r"(?:by (?:trade|profession|training|day),? )"
_EASIER = (
    r"(?:easier|better|best|more comfortable|nicer|simpler|great|ideal|my preference|preferable)"
)
_ALL = r"(?:all|most|much|nearly all|almost all|the bulk|a lot)(?: of)?"
_CODING = r"(?:coding|programming|development|dev work|writing|editing|scripting|work)"
_ENDS = r"(?=[.,;!]|$| and\b| but\b| because\b| since\b| before\b| until\b| so\b)"
_WORK_DUE = (
    r"(?:thesis|essay|paper|report|assignment|dissertation|project|draft|proposal|application|"
    r"manuscript|homework|article|presentation|coursework|submission|tender|portfolio|chapter|"
    r"translation|pitch|review|prototype|audit)"
)

PROFILE: tuple[Row, ...] = (
    (
        "city",
        places.city,
        (
            rf"{FRONT}{_HOME}(?: is|['’]s)(?: now| currently| still)? (?:in )?{PLACE}",
            rf"{FRONT}(?:my|our) (?:new )?(?:place|house|flat|apartment|room|studio)(?: is|['’]s)"
            rf"(?: now)? in {PLACE}",
            rf"{FRONT}home(?: for (?:me|us))?(?: is|['’]s)(?: now| currently)? (?:in )?{PLACE}",
            rf"(?:^|\b(?:but|and) |, ){PLACE} {_MADE_HOME} (?:now )?(?:my|our) home\b",
            rf"(?:^|\b(?:but|and) |, ){PLACE} (?:has|have) been home,? {_FOR_LONG}",
            rf"{HAVE}{_SETTLED} in {PLACE}",
            rf"{HAVE}{_CAME_TO} {PLACE}",
            rf"{HAVE}been (?:living |based )?in {PLACE},? {_FOR_LONG}",
            rf"{AM}in {PLACE},? (?:for good|permanently|full[- ]time|these days)",
            rf"{AM}back (?:living )?in {PLACE}(?=[.,;!]|$| for good| permanently| now)",
            rf"{HAVE}made {PLACE} (?:my|our) home",
        ),
    ),
    (
        "country",
        places.country,
        (
            rf"{FRONT}{_HOME}(?: is|['’]s)(?: now)? (?:in )?{PLACE}",
            rf"{HAVE}{_SETTLED} in {PLACE}",
            rf"{HAVE}{_CAME_TO} {PLACE}",
            rf"{HAVE}been (?:living )?in {PLACE},? {_FOR_LONG}",
            rf"{AM}an? (?-i:[A-Z])\w+ (?:living|based) in {PLACE}",
        ),
    ),
    (
        "employer",
        slot_values.employer,
        (
            rf"{HAVE}been (?:working )?at {ORGANIZATION},? {_FOR_LONG}",
            rf"{HAVE}(?:been |got |just got |was )+(?:just |recently )?{_HIRED} (?:by|at) "
            rf"{ORGANIZATION}",
            rf"{AM}(?:{_HIRED}|working) by {ORGANIZATION}",
            rf"{FRONT}(?:my|our) (?:company|firm|workplace|employer)(?: is|['’]s)(?: now)?"
            rf"(?: called)? {ORGANIZATION}",
            rf"{AM}(?:the |an? )?(?:c[etfoi]o|(?:co-?)?founder|president|owner) of {ORGANIZATION}",
            rf"{HAVE}(?:signed|accepted an? (?:\w+ )?(?:job|offer|role|position)|landed an? "
            rf"(?:\w+ )?(?:job|role)|found an? (?:\w+ )?(?:job|role)) (?:with|at|from) "
            rf"{ORGANIZATION}",
            rf"{FRONT}{ORGANIZATION} (?:hired|recruited|employs|has hired) me\b",
            rf"{WE}(?:am|earn|make)[^,;.]{{0,40}} working (?:for|at) {ORGANIZATION}",
            rf"{HAVE}(?:been |recently )?(?:worked|been working) as an? [^,;.]{{3,40}}? (?:at|for) "
            rf"{ORGANIZATION}",
        ),
    ),
    (
        "role",
        slot_values.occupation,
        (
            rf"{FRONT}{_TRADE}(?:I['’]?m|I am) (?:an? )?{JOB}",
            rf"{FRONT}my (?:current |new |day )?(?:role|position|job)(?: is|['’]s)(?: now)? "
            rf"(?:(?:being|that of) )?(?:an? |the )?{JOB}",
            rf"{AM}(?:an? )?{JOB} by (?:trade|profession|training)",
            rf"{WE}(?:make|earn) (?:my|a|our) (?:living|money|bread|keep) as (?:an? )?{JOB}",
            rf"{HAVE}{_PROMOTED} (?:an? |the )?{JOB}",
            rf"{FRONT}(?:they|my boss|my company|my manager|the board)(?: have| has|['’]ve)?"
            rf"(?: just)? (?:made|appointed|promoted) me (?:to )?(?:an? |the )?{JOB}",
            rf"{FRONT}as an? {JOB},? I (?:do|have|work|need|get|often|usually|can|spend|see|deal|"
            rf"know|travel|write|run|teach|use)\b",
            rf"{HAVE}(?:been )?(?:working|worked|become|became|retrained) (?:as )?(?:an? )?{JOB}",
        ),
    ),
    (
        "role",
        slot_values.role,
        (
            rf"{FRONT}my (?:current |new |official )?(?:job )?title(?: is|['’]s)(?: now)? "
            rf"(?:an? |the )?{JOB}",
        ),
    ),
    (
        "name",
        slot_values.introduced,
        (
            rf"{FRONT}the name(?: is|['’]s) {PERSON}",
            rf"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening))[ ,!]+(?:it['’]s |this is )?"
            rf"{PERSON} here\b",
            rf"^\s*(?:hi|hello|hey)[ ,!]+(?:this is|it['’]s) {PERSON}\s*[.!]*$",
        ),
    ),
    (
        "preferred_name",
        slot_values.name,
        (
            rf"{FRONT}(?:most |all |many )?(?:people|friends|colleagues|everyone|everybody|(?:my|"
            rf"the) (?:\w+ )?(?:friends|family|colleagues|team|kids)) (?:just )?(?:calls?|knows?) "
            rf"me (?:as |by )?{PERSON}",
            rf"{WE}(?:prefer|like|want|would like) (?:to be (?:called|addressed as)|being called|"
            rf"the name|to go by) {PERSON}",
            rf"{AM}(?:better )?known as {PERSON}",
        ),
    ),
    (
        "birthday",
        slot_values.birthday,
        (
            rf"{FRONT}my birthday (?:falls on|comes on|is on) (?:the )?"
            r"(?P<value>\d[\w ]{3,20}|\w+ \d{1,2}\w{0,2})(?=[.,;!]|$| and\b)",
            r"\b(?:I was |I['’]m |I am )?(?<!was )(?:turn|turning|turned|be) [\w-]+ on (?:the )?"
            r"(?P<value>\d{1,2}\w{0,2} (?:of )?[A-Za-z]+|[A-Z][a-z]+ \d{1,2}\w{0,2})"
            r"(?=[.,;!]|$| and\b)",
            rf"{FRONT}(?:I was|I['’]m|I am)[^.;]{{0,30}}? ?born on (?:the )?"
            r"(?P<value>\w+ (?:of )?\w+,? \d{4})",
            rf"{FRONT}(?:I was |I am |I['’]m )born in (?P<value>\d{{4}},? on (?:the )?\d{{1,2}}"
            r"\w{0,2} (?:of )?[A-Za-z]+)",
        ),
    ),
    (
        "time_zone",
        slot_values.as_said,
        (rf"{FRONT}my (?:clock|local time|time)(?: is|['’]s)(?: on| in| at)? {CODE_ZONE}",),
    ),
)

PREFERENCE: tuple[Row, ...] = (
    (
        "language",
        slot_values.language,
        (
            rf"{FRONT}I['’]d (?:rather|prefer it if|like it if)(?: (?:you|we))? [\w ]{{2,30}}? in "
            rf"{LANGUAGE}",
            rf"{FRONT}(?P<value>[^\W\d_]+) (?:would|['’]d) (?:be|suit me|work) ?(?:\w+ )?{_EASIER}?"
            r"(?=[.,;!]| for me\b|$)(?! than)",
            rf"(?:{WE}|{FRONT}I['’]d )(?:prefer|want|like|need) (?:all )?(?:of )?(?:your |the |my "
            rf")?"
            rf"{ANSWERS} (?:to be )?in {LANGUAGE}",
        ),
    ),
    (
        "length",
        slot_values.length,
        (
            rf"{FRONT}(?:your|the) {ANSWERS} (?:could|should|can|may|might) be (?:a (?:lot|bit|"
            rf"little) )?(?:more |much )?(?P<value>{SHORT}|{LONG})\b",
            rf"{WE}(?:appreciate|enjoy|value|favou?r) (?:your |the )?(?P<value>{SHORT}|{LONG})"
            rf"(?:(?:,| and)? [\w-]+){{0,2}}? {ANSWERS}",
        ),
    ),
    (
        "tone",
        slot_values.tone,
        (
            rf"{FRONT}an? (?P<value>(?:(?:more|less) )?[\w-]+) (?:tone|style|manner) (?:would|"
            rf"['’]d)"
            rf" (?:be|suit)\b",
        ),
    ),
    (
        "format",
        slot_values.format_,
        (rf"{WE}(?:read|digest|understand|follow) {FORMATS} (?:better|best|more easily)",),
    ),
    (
        "theme",
        slot_values.lower,
        (
            rf"{AM}(?:an? |the )?(?:\w+ )?(?P<value>dark|light)[- ](?:mode|theme) "
            r"(?:person|user|fan|type|guy|girl|lover)",
            rf"{HAVE}(?:changed|switched|set|put|turned|moved) (?:[\w ]{{2,30}}? )?(?:over |back )?"
            rf"(?:to|into|in) (?:the )?(?P<value>dark|light)[- ](?:mode|theme)",
            rf"{FRONT}(?:all |both )?(?:of )?my [\w ]{{2,30}}? (?:is|are)(?: all)? (?:set to|in|"
            rf"on) "
            rf"(?P<value>dark|light)[- ](?:mode|theme)",
            rf"{FRONT}(?P<value>dark|light)[- ](?:mode|theme) for (?:me|everything)\b",
        ),
    ),
    (
        "editor",
        slot_values.as_said,
        (
            rf"{FRONT}my (?:go-to|main|default|primary|favou?rite|preferred|daily|current|usual) "
            rf"(?:code |text )?(?:editor|ide)(?: is|['’]s)(?: now)? {EDITORS}",
            rf"{WE}do {_ALL} (?:my |the )?{_CODING} (?:in|with|on) {EDITORS}",
            rf"{HAVE}(?:ditched|left|dropped|abandoned|swapped|traded|exchanged|replaced|gave up|"
            rf"given up) [\w ]{{2,30}}? (?:for|with) {EDITORS}",
            rf"{HAVE}(?:went|gone|changed|migrated|moved over|converted) (?:from [\w ]{{2,30}}? )?"
            rf"to {EDITORS}",
            rf"{AM}(?:an? )?(?:\w+ )?{EDITORS} (?:user|person|fan|guy|girl)",
        ),
    ),
)

TASK_STATE: tuple[Row, ...] = (
    (
        "deadline",
        slot_values.dated,
        (
            rf"{FRONT}(?:my|our|the) (?:\w+ ){{0,2}}?{_WORK_DUE}(?: is|['’]s) (?:now )?due "
            rf"(?:on |by )?(?P<value>[^,.;!]{{3,40}}?){_ENDS}",
            rf"{FRONT}(?:I|we) (?:have to|need to|must|['’]ve got to) (?:submit|hand in|deliver|"
            rf"turn in) [^,.;!]{{2,60}}? (?:by|before|on) (?P<value>[^,.;!]{{3,40}}?){_ENDS}",
        ),
    ),
    (
        "blocked_on",
        slot_values.as_said,
        (
            rf"{AM}(?:stuck|held up|hung up|blocked) (?:waiting (?:for|on)|by|on|because of) "
            rf"(?P<value>[^,.;!]{{3,80}}?){_ENDS}",
            rf"{AM}waiting (?:on|for) (?!you\b|it\b|that\b|this\b)(?P<value>[^,.;!]{{3,60}}?) "
            rf"(?:before|so that|until) "
            r"(?:I|we) can\b",
        ),
    ),
    (
        "next_step",
        slot_values.as_said,
        (
            rf"{FRONT}next up(?: is|:|['’]s)(?: to)? (?P<value>[^,.;!]{{3,100}})",
            rf"{FRONT}(?:the|my|our) next (?:step|task|thing)(?: will be| is going to be)(?: to)? "
            r"(?P<value>[^,.;!]{3,100})",
        ),
    ),
    (
        "project",
        slot_values.as_said,
        (
            rf"{AM}{OFTEN}(?:building|writing|making|developing|creating|designing|programming|"
            rf"working on) (?:an? |my )(?:\w+ )?(?:game|app|book|novel|website|site|project|tool|"
            rf"library|podcast|startup) (?:called|named|titled) (?P<value>[^,.;!]{{2,60}})",
        ),
    ),
)
