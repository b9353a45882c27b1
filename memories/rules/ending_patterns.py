"""How people say that something is over or is to be forgotten.

Each expression goes with the form of what it takes back: a template of its groups, in words that
would have told it.
"""

import re
from collections.abc import Callable

from memories.rules import slot_values
from memories.rules.sentences import LEAD

Form = str | Callable[[re.Match[str]], str]

_START = (
    rf"^\s*(?:{LEAD})*(?:(?:and|but|so|now|sadly|luckily|unfortunately|since [^,]{{2,30}}|"
    r"(?:that|this|it)(?:['’]s| is) (?:wrong|incorrect|outdated|false|a mistake|not (?:true|right|"
    r"correct))),?\s+)*"
)
_REST = r"(?P<rest>[^.,;:!?]+?)"
_STOP = r"(?=[.,;:!?]|$|\s+(?:because|since|and|but|so|after|when|as)\b)"
# What follows a time is no part of the statement: "I stopped learning French last year".
_WHEN = (
    r"(?=\s+(?:last|this|in \d|in (?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December|spring|summer|autumn|winter)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
    r"Sun)day|yesterday|today|recently|(?:\w+ ){1,2}ago|for (?:good|now))\b|[.,;:!?]|$|"
    r"\s+(?:because|"
    r"since|and|but|so|after|when|as)\b)"
)
_NO_MORE = r"\s+(?:any\s?more|any longer|no more|these days)\b"
_NOT_MEANT = r"(?!know\b|remember\b|understand\b|care\b|see\b|think\b|get\b|mind\b|believe\b)"
_DONE = (
    r"(?:I['’]?ve|I have|I|we['’]ve|we have|we)\s+(?:just |recently |finally |now |completely )*"
)
_A_NAME = r"(?-i:[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3})"
# One leaves work at five, and the employer years later.
_MY_JOB = r"(?:quit|left|lost|gave up|given up|resigned from) my (?:job|position|role|post)"
_QUIT_WORK = r"(?:quit|gave up|given up) work(?:ing)?"
_END = r"(?=\s*(?:[.,;!]|$)|\s+(?:and|but|because)\b)"
_ASK = (
    rf"^\s*(?:{LEAD})*(?:(?:please|pls|kindly|now|actually|just|can you|could you|will you|would "
    r"you|you can|you may|you should|you must|I want you to|I['’]d like you to|I need you to|"
    r"bitte|kannst du|por favor|s['’]il te pla[iî]t|peux-tu|puedes)[\s,]+)*"
)
_DO_NOT = r"(?:don['’]?t|do not|never|please no longer)(?: ever)?"


def _in_language(found: re.Match[str]) -> str:
    """What would have asked for the language that is not wanted; "" for what is none."""
    return f"answer in {found['rest']}" if slot_values.language(found["rest"]) else ""


def _german_positive(found: re.Match[str]) -> str:
    kein = found["kein"].removeprefix("k").removeprefix("K")
    return " ".join(part for part in (found["head"], kein, found["rest"]) if part)


def _verb_second(found: re.Match[str]) -> str:
    """What is said in a subordinate clause as it is said alone: "ich wohne in Jena"."""
    *middle, verb = found["rest"].split()
    return " ".join([found["subject"], verb, *middle])


ENDS: tuple[tuple[str, Form], ...] = (
    (
        rf"{_START}(?P<i>I|we)(?P<am>['’]?m| am|['’]re| are|['’]ve| have)? no longer "
        rf"{_REST}{_STOP}",
        r"\g<i>\g<am> \g<rest>",
    ),
    (
        rf"{_START}(?P<i>I|we) (?:don['’]?t|do not|won['’]?t|will not) "
        rf"{_NOT_MEANT}{_REST}{_NO_MORE}",
        r"\g<i> \g<rest>",
    ),
    (
        rf"{_START}(?P<i>I|we) (?:can['’]?t|cannot) {_REST}{_NO_MORE}",
        r"\g<i> can \g<rest>",
    ),
    (
        rf"{_START}(?P<i>I['’]?m|I am|we['’]re|we are) not {_REST}{_NO_MORE}",
        r"\g<i> \g<rest>",
    ),
    (
        rf"{_START}(?P<mine>(?:my|our) [\w ]{{2,40}}?) (?P<is>is|are)(?: no longer|(?:n['’]t| "
        rf"not)(?= [^.,;]+{_NO_MORE})) {_REST}(?:{_NO_MORE}|{_STOP})",
        r"\g<mine> \g<is> \g<rest>",
    ),
    (
        rf"{_START}{_DONE}(?:{_MY_JOB}|{_QUIT_WORK}) (?:at|for|with) (?P<rest>[^.,;:!?]+?){_WHEN}",
        r"I work at \g<rest>",
    ),
    (
        rf"{_START}(?:{_DONE}(?:resigned|retired) from|(?:I was|I got|I['’]ve been|I have been) "
        rf"(?:laid off|let go|fired|made redundant|sacked) (?:by|from|at)|{_DONE}left(?= "
        rf"{_A_NAME}\s*(?:$|[.,;!]|last (?!night\b)|in (?:\d|(?-i:[A-Z]))|after \w+ years)))"
        rf"(?: my job at)? (?P<rest>(?-i:[A-Z])[^.,;:!?]*?){_WHEN}",
        r"I work at \g<rest>",
    ),
    (
        rf"{_START}{_DONE}(?:switched|changed|moved|went|transferred)(?: jobs| employers)? from "
        rf"(?P<rest>{_A_NAME}) to {_A_NAME}",
        r"I work at \g<rest>",
    ),
    (
        rf"{_START}{_DONE}(?:moved (?:out of|away from)) (?P<rest>[^.,;:!?]+?){_WHEN}",
        r"I live in \g<rest>",
    ),
    (
        rf"{_START}{_DONE}(?:stopped|quit|gave up|given up|ceased|got out of the habit of) "
        rf"(?P<rest>\w+ing\b[^.,;:!?]*?){_WHEN}",
        r"I'm \g<rest>",
    ),
    (
        rf"{_START}{_DONE}(?:cancelled|canceled|quit|gave up(?: on)?|given up(?: on)?|dropped) "
        rf"(?P<rest>(?:my|the|our) (?!job\b|position\b|post\b|idea\b)[^.,;:!?]+?){_WHEN}",
        r"\g<rest>",
    ),
    # A plain negative of where one lives or works, or of what one is called, takes that back.
    (
        rf"{_START}I (?:don['’]?t|do not) (?:actually |really )?(?P<rest>(?:live|reside) in "
        rf"(?:the )?{_A_NAME}){_END}",
        r"I \g<rest>",
    ),
    (
        rf"{_START}I (?:don['’]?t|do not) (?:actually |really )?(?P<rest>work (?:at|for) (?:the )?"
        rf"{_A_NAME}){_END}",
        r"I \g<rest>",
    ),
    (
        rf"{_START}(?P<i>I['’]m|I am) not (?:actually )?(?P<rest>(?:living|based) in (?:the )?"
        rf"{_A_NAME}|working (?:at|for) (?:the )?{_A_NAME}){_END}",
        r"\g<i> \g<rest>",
    ),
    (
        rf"{_ASK}(?:stop calling|{_DO_NOT} call) me (?P<rest>{_A_NAME})(?: any ?more)?{_END}",
        r"call me \g<rest>",
    ),
    (
        rf"{_ASK}(?:(?:stop|no more) (?:using|answering|replying|responding|writing|speaking|"
        rf"talking)|{_DO_NOT} (?:use|answer|reply|respond|write|speak|talk))(?: to me| me)?(?: in)?"
        rf" (?P<rest>[^\W\d_]+)(?: any ?more| please)?{_END}",
        _in_language,
    ),
    # German
    (
        r"^\s*(?:jetzt |inzwischen )?(?P<head>(?:ich|wir) \w+(?: (?!nicht\b|"
        r"kein)\w+){0,6}?)(?P<kein>) nicht mehr(?: (?P<rest>[^.,;:!?]+))?",
        _german_positive,
    ),
    (
        r"^\s*(?P<head>(?:ich|wir) \w+(?: \w+){0,3}?) (?P<kein>kein\w*) (?P<rest>[^.,;:!?]+?) "
        r"mehr\b",
        _german_positive,
    ),
    (
        r"^\s*(?:ich|wir) (?:habe|haben) (?:[\w ]{0,20} )?(?:mit dem|mit der|mit) (?P<rest>[\w "
        r"]{3,40}?) aufgehört",
        r"\g<rest>",
    ),
    # French
    (
        r"^\s*(?P<i>je) ne (?P<rest>\w+ )plus(?P<more>[^.,;:!?]*)",
        r"\g<i> \g<rest>\g<more>",
    ),
    (
        r"^\s*(?P<i>je) n['’](?P<rest>\w+ )plus(?P<more>[^.,;:!?]*)",
        r"j'\g<rest>\g<more>",
    ),
    (
        r"^\s*j['’]ai (?:arrêté|cessé) (?:de |d['’])(?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    # Spanish
    (
        r"^\s*(?:yo )?ya no (?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:he dejado|dejé) de (?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
)

_FORGET = (
    r"(?:forget|delete|erase|remove|unlearn|wipe|drop|clear|(?:don['’]t|do not) (?:remember|store|"
    r"save|keep)|stop remembering)"
)
_SAID = (
    r"(?:I(?:['’]ve| have)?(?: ever| just)* (?:told you|said|mentioned|wrote|shared)|you(?: may)? "
    r"(?:know|remember|stored|saved|have stored|have saved|have))"
)
_RECORDS = (
    r"(?: (?:from|in|out of) (?:your |the )?(?:memory|memories|records?|notes|profile|database|"
    r"files?|mind))"
)
_PERSONAL = (
    r"(?:(?:home |e-?mail |postal )?address|phone(?: number)?|number|e-?mail|birthday|"
    r"date of birth|birth ?date|age|name|nickname|surname|job|job title|profession|employer|"
    r"company|workplace|city|home ?town|location|country|time ?zone|pronouns|diet|allerg(?:y|ies)|"
    r"salary|income|religion|diagnosis|weight|height|preferences?|hobb(?:y|ies))"
)
FORGETS: tuple[tuple[str, Form], ...] = (
    (
        rf"{_ASK}{_FORGET} (?:about )?(?:the fact |it )?that (?:{_SAID} (?:that |about "
        rf")?)(?!that\b)(?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        rf"{_ASK}{_FORGET} (?:about )?(?:the fact |it )?that (?P<rest>(?:I|we|my|our)\b[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        rf"{_ASK}{_FORGET} (?:everything|anything|all(?: the things)?|what(?:ever)?|the things?|"
        rf"the part)?(?: that)? ?{_SAID} (?:about|on|regarding|of) (?!me\b|this\b|that\b|"
        rf"it\b)(?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        rf"{_ASK}{_FORGET} (?P<rest>my {_PERSONAL}\b[^.,;:!?]{{0,0}})(?={_RECORDS}|[.,;!?]|$| "
        rf"please| again| now)",
        r"\g<rest>",
    ),
    (
        rf"{_ASK}{_FORGET} (?P<rest>(?:my|our) [^.,;:!?]{{2,60}}?){_RECORDS}",
        r"\g<rest>",
    ),
    (
        rf"{_ASK}{_FORGET} (?P<rest>where I (?:live|work)|what I do(?: for a living)?|when I was "
        rf"born|how old I am|what my name is|(?:who|whom) I work for|what I['’]m called)\b",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:bitte )?(?:vergiss|vergesst|vergessen sie|lösche?)(?: bitte)?,? dass "
        r"(?P<subject>ich|wir|mein\w* \w+) (?P<rest>[^.,;:!?]+)",
        _verb_second,
    ),
    (
        r"^\s*(?:bitte )?(?:vergiss|vergesst|vergessen sie)(?: bitte)?,? was ich (?:dir |ihnen "
        r")?(?:über|von|zu) (?P<rest>[^.,;:!?]+?) (?:gesagt|erzählt|geschrieben) habe",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:bitte )?(?:vergiss|lösche?|vergessen sie|löschen sie)(?: bitte)? "
        r"(?P<rest>mein\w* (?:adresse|anschrift|geburtstag|geburtsdatum|namen?|arbeitgeber|beruf|"
        r"wohnort|telefonnummer))\b",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:s['’]il te pla[iî]t,? )?(?:oublie|oubliez|efface|supprime)(?: s['’]il te "
        r"pla[iî]t)? (?:que |qu['’])(?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:s['’]il te pla[iî]t,? )?(?:oublie|oubliez|efface|supprime) (?:tout )?ce que "
        r"(?:je t['’]ai dit|j['’]ai dit|tu sais) (?:sur|de|à propos de) (?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:oublie|oubliez|efface|supprime) (?P<rest>(?:mon|ma|mes) (?:adresse|nom|"
        r"anniversaire|date de naissance|employeur|métier|ville|numéro))\b",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:por favor,? )?(?:olvida|olvide|olvídate de|borra|borre) (?:que "
        r")(?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:por favor,? )?(?:olvida|olvídate de|borra) (?:todo )?lo que (?:te )?(?:dije|he "
        r"dicho|conté|sabes) (?:sobre|de|acerca de) (?P<rest>[^.,;:!?]+)",
        r"\g<rest>",
    ),
    (
        r"^\s*(?:por favor,? )?(?:olvida|borra|elimina) (?P<rest>mi (?:dirección|nombre|"
        r"cumpleaños|fecha de nacimiento|empresa|trabajo|profesión|ciudad|número))\b",
        r"\g<rest>",
    ),
)
FORGETS_THE_LAST = (
    rf"{_ASK}(?:(?:forget|delete|erase|scratch|strike|(?:don['’]t|do not) (?:remember|store|save|"
    rf"keep)) (?:that|this)(?: again)?{_RECORDS}?|forget what I (?:just )?(?:said|told you|wrote)|"
    r"vergiss das(?: wieder)?|oublie ça|olvida eso)(?=\s*(?:[.,;:!–—]|$|please\b))"
)
# "I quit my job": whichever it was.
WITHOUT_A_JOB = (
    rf"{_START}(?:{_DONE}(?:quit|left|lost|gave up|given up|resigned from) my (?:job|position|"
    rf"post)|"
    r"(?:I was|I got|I['’]ve been|I have been) (?:laid off|let go|fired|made redundant|sacked))\b"
)
# Then there is neither an employer nor, but for this, an occupation.
RETIRED = (
    rf"{_START}(?:I['’]?m|I am|I['’]ve|I have|I) (?:now |just |finally |recently |also |happily |"
    rf"fully |officially )*retired(?: now| already)?(?=\s*(?:[.,;!]|$)|{_WHEN})"
)
