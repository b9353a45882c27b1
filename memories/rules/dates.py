"""When a statement says that it happened: only expressions that can be nothing else."""

import re
from datetime import datetime

import dateparser

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_FEW = "an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|a few"
_NUMBERS = {"a couple of": "2", "a few": "3"}
_MONTH_DAY = rf"(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)"
_DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b"
_EXPRESSION = re.compile(
    r"\b(?P<found>(?i:(?:the )?day before yesterday|(?:the )?day after tomorrow|yesterday|"
    r"tomorrow|tonight|today|last night|this (?:morning|afternoon|evening)|(?:last|next) (?:week|"
    r"month|year|weekend)(?! of\b))"
    rf"|(?i:last|next) (?i:{_DAYS})|(?i:(?:{_FEW}|\d{{1,3}}) (?:minute|hour|day|week|month|year)"
    rf"s? ago)|(?i:in (?:{_FEW}|\d{{1,3}}) (?:day|week|month|year)s?)(?! of\b)|(?i:on) (?:the )"
    rf"?(?:{_DAY_MONTH}|{_MONTH_DAY})(?:,? \d{{4}})?|(?:{_DAY_MONTH}|{_MONTH_DAY}),? \d{{4}}|"
    rf"(?i:on) (?:{_DAYS})"
    r"|\d{4}-\d{2}-\d{2})\b"
)
# "Since last week", "every last Friday", "by tomorrow" are spans, habits and limits.
_NO_MOMENT = re.compile(
    r"\b(?:since|until|till|by|before|after|every|each|from|than|for|to|as of|of|"
    r"due|deadline is)\s+(?:the )?$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|going to|planning|plan to|want to|hope to|starts?|leaves?|flying|due|"
    r"expires?|appointment|is on|are on|upcoming)\b|['’]ll\b|\b(?:see|meet|fly|travel|leave|start|"
    r"visit)(?:ing)?\b",
    re.IGNORECASE,
)
# "I walked it in two days" tells how long, not when.
_PAST = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|did|ran|went|got|took|made|wrote|read|won|built|lost|grew|came|"
    r"found|learnt|spent|swam|rode|drove|flew)\b",
    re.IGNORECASE,
)


def mentioned_at(text: str, *, now: datetime) -> datetime | None:
    """The moment a text names, counted from `now` and in its time zone; None without one.

    The first expression that is a moment counts. Of a day without a year, the tense of the text
    tells whether the last one or the next one is meant.
    """
    for match in _EXPRESSION.finditer(text):
        before = text[: match.start()]
        if _NO_MOMENT.search(before) or _is_duration(match["found"], before):
            continue
        ahead = bool(_AHEAD.search(text)) and not _PAST.search(before)
        if moment := _moment(match["found"], ahead=ahead, now=now):
            return moment
    return None


def _is_duration(found: str, before: str) -> bool:
    return found[:3].casefold() == "in " and bool(_PAST.search(before))


def _moment(found: str, *, ahead: bool, now: datetime) -> datetime | None:
    spoken = found.casefold().replace("weekend", "saturday")
    for words, number in _NUMBERS.items():
        spoken = spoken.replace(words, number)
    spoken = re.sub(r"^(?:on )?(?:the )?| of\b", "", spoken)
    parsed = dateparser.parse(
        spoken,
        languages=["en"],
        settings={
            # The reader knows no clock of its own: every answer is counted from the message.
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future" if ahead else "past",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return parsed.replace(tzinfo=now.tzinfo) if parsed else None
