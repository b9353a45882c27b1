"""A message cut into sentences, and a sentence into clauses that stand alone. All verbatim."""

import re

_FENCED_CODE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
# Quoted lines are another's words.
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|#{1,6})\s+")
_EMOJI = r"[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?"
_END = re.compile(
    rf"[.!?…]+[\"'”’»)\]]*(?=\s|{_EMOJI}|$)(?:\s?{_EMOJI}){{0,8}}|(?:{_EMOJI})"
    rf"{{1,8}}(?=\s+[A-ZÀ-ÞI¿¡])"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs e.g i.e etc approx ca no vol dept est inc ltd co fig min max "
    "z.b d.h u.a bzw usw nr ggf hr fr str mme mlle p.ex m sra dra ud uds av a.m p.m u.s u.k".split()
)
# After these a sentence may end, and does when a capital follows.
_MAY_END = frozenset("etc usw inc ltd co a.m p.m u.s u.k jr sr no".split())

_FILLER = r"(?:(?:now|also|currently|then|today|instead|jetzt|maintenant|ahora)\s+)?"
_OWN_VERB = r"(?:is|are|was|were|has|have|had|ist|sind|heißt|est|s['’]appelle|es|se llama)"
_SUBJECT = (
    r"(?:I(?:['’]?(?:m|ve)|['’](?:d|ll))?|we(?:['’](?:re|ve|d|ll))?|ich|je|yo|please|bitte|"
    r"(?:just\s+)?call\s+me|me\s+llamo|vivo|trabajo|soy|tengo|prefiero|estoy)\b|j['’](?=\w)"
)
_JOINED_SUBJECT = (
    rf"{_FILLER}(?:{_SUBJECT}|(?:my|our|mein|meine|mon|ma|mi)\s+\w+\s+(?:\w+\s+)?{_OWN_VERB}\b)"
)
_STARTS = re.compile(rf"{_FILLER}(?:{_SUBJECT}|(?:my|our|mein|meine|mon|ma|mi)\b)", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:\s*[,;]\s*|\s+[–—-]+\s+|\s+)(?:(?:and|but|so|und|aber|et|mais|y|pero)\s+)?"
    rf"(?={_JOINED_SUBJECT})",
    re.IGNORECASE,
)
# Words before the statement that say nothing of it.
LEAD = (
    r"(?:(?:hi|hello|hey|hallo|bonjour|salut|hola|thanks|thank you|danke|merci|gracias|ok|okay|oh|"
    r"ah|well|so|also|yes|yeah|yep|nope|no(?=\s*[,.!;:–—])|basically|sure|right|exactly|great|"
    r"cool|perfect|nice|actually|anyway|honestly|sorry|fyi|btw|by the way|for (?:context|the "
    r"record|your information)|just so you know|good (?:morning|afternoon|evening)|übrigens|au "
    r"fait|por cierto|alright|(?:big|good|bad) news|ugh|hm+|update|(?:please )?(?:remember|note|"
    r"keep in mind)(?: that)?|(?:please )?(?:add|save|store)(?: this)? (?:to|in) (?:your )"
    r"?memory(?: that)?|merk dir(?:,? dass)?|retiens que|recuerda que)\b[\s,.!:;–—-]*)"
)
_LEADS = re.compile(rf"{LEAD}+", re.IGNORECASE)
_JOINING = re.compile(r"[,;–—]|\s-+\s|\b(?:and|but|so|und|aber|et|mais|y|pero)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:it|its|he|him|his|she|hers?|they|them|their|theirs|that|this|those|these|there|one|"
    r"both|either|too|es|ihn|ihm|sie|dort|lui|leur|eux|ello|ella)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 2


def split(text: str) -> list[str]:
    """The sentences of a message, in order, trimmed. Code blocks and quoted lines are left out."""
    spoken = _QUOTED_LINE.sub("", _FENCED_CODE.sub("\n", text))
    return [
        sentence for line in spoken.splitlines() for sentence in _in_line(_BULLET.sub("", line))
    ]


def _in_line(line: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(line):
        if _goes_on(line[start : end.start()], end.group(), line[end.end() :]):
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    found.append(line[start:].strip())
    return [sentence for sentence in found if _WORD.search(sentence)]


def _goes_on(before: str, stop: str, after: str) -> bool:
    """Whether a full stop ends an abbreviation, an initial or a number, not a sentence."""
    if stop != "." or not after.strip():
        return False
    last = before.rsplit(maxsplit=1)[-1].lstrip("(\"'“").casefold() if before.split() else ""
    following = after.lstrip()[0]
    if last in _ABBREVIATIONS:
        return last not in _MAY_END or following.islower()
    is_initial = len(last) == 1 and last.isalpha() and last != "i"
    return is_initial or (last.isdigit() and following.islower())


def without_lead(sentence: str) -> str:
    """The sentence without "By the way," and its like, when its own subject follows."""
    lead = _LEADS.match(sentence)
    rest = sentence[lead.end() :] if lead else sentence
    return rest if _STARTS.match(rest) else sentence


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence when each has its own subject and needs no other; else itself."""
    sentence = without_lead(sentence)
    if not _STARTS.match(sentence):
        return [sentence]
    parts, start = [], 0
    for joint in _JOINT.finditer(sentence):
        if joint.start() and _JOINING.search(joint.group()):
            parts.append(sentence[start : joint.start()].strip())
            start = joint.end()
    parts.append(sentence[start:].strip())
    return parts if _all_stand_alone(parts) else [sentence]


def _all_stand_alone(parts: list[str]) -> bool:
    long_enough = all(len(_WORD.findall(part)) >= _FEWEST_WORDS for part in parts)
    return long_enough and not any(_LEANS.search(part) for part in parts[1:])
