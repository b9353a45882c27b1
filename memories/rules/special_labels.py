"""Special categories without a sentence: "Religion: Muslim", a field `diagnosis`, "HIV+" alone.

What such a name stands before is said of a person; the words of a category alone, as a whole text,
too. A name with other meanings ("diagnosis: the disk is full") needs a word of the category.
"""

import re
from collections.abc import Iterator

from memories.rules import special_beliefs, special_health, special_identity
from memories.rules.spans import Span

_POSITIVE = r"hiv ?(?:\+|[- ]?positive)|hiv ?[- ]?pos\b"
_HEALTH = rf"(?:{_POSITIVE}|{special_health.ILLNESS}|{special_health.STATE})"
_TAKEN = rf"(?:{_HEALTH}|{special_health.MEDICINE}|{special_health.ALLERGENS})"
_FAITH = (
    rf"(?:{special_beliefs.BELIEVER}|(?:islam|christianity|judaism|hinduism|buddhism|"
    r"catholicism|atheism|sikhism)\b)"
)
_POLITICS = rf"(?:{special_beliefs.PERSUADED}|{special_beliefs.PARTIES})"
_LOVE = special_identity.ORIENTATION
_ORIGIN = rf"(?:{special_identity.ORIGIN}|(?:black|white|jewish)(?!-?\w))"
# Names, by category: those that say enough alone, and those that need one of the words.
_NAMED = (
    ("religion", r"religio(?:n|us (?:belief|affiliation))s?|faith|denomination|konfession|"
     r"religión", None),
    ("religion", r"beliefs?|worldview|confession", _FAITH),
    ("health", r"(?:medical|health) (?:conditions?|history|diagnos[ie]s)|medications?|allergies|"
     r"illness(?:es)?|disabilit(?:y|ies)|krankheit(?:en)?", None),
    ("health", r"diagnos[ie]s?|conditions?|health(?: \w+)?|disease|status|allerg(?:y|ic to)|"
     r"symptoms?|meds|hiv(?: status)?", _TAKEN),
    ("sexuality", r"sexual(?:ity| orientation| preference)|gender identity", None),
    ("sexuality", r"orientation|gender|preference", _LOVE),
    ("ethnicity", r"ethnicity|ethnic (?:origin|group|background)|racial (?:origin|background)|"
     r"ethnie", None),
    ("ethnicity", r"race|origin|heritage|ancestry|background", _ORIGIN),
    ("politics", r"political (?:party|views?|opinions?|affiliation|orientation|leaning)s?", None),
    ("politics", r"politics|party|votes?(?: for)?|affiliation", _POLITICS),
    ("trade_union", r"(?:trade |labou?r )?union(?: (?:membership|member))?", r"(?:yes|member|"
     r"true|ver\.?di|ig metall|unite|unison|teamsters|gmb|cgt|cfdt|ccoo|ugt)\b"),
    ("criminal_record", r"criminal (?:record|convictions?|history)|convictions|vorstrafen", None),
    ("genetics", r"genetic (?:test|data|results?)|genotype|dna", r"(?:brca|carrier|mutation)"),
    ("biometrics", r"(?:fingerprint|voiceprint|retina|iris scan|face)(?: template| hash| data)",
     None),
)  # fmt: skip
_NOTHING = (
    r"(?:none|no|not?|nothing|n/?a|unknown|null|false|nil|undefined|unset|keine?|aucune?|prefer "
    r"not to say|not (?:given|stated|known|set)|optional|required|string|text|-+|\?+|\[\w+\]|"
    r"\[not remembered\]|todo|tbd|yes/no)"
)
_VALUE = r"[ \t]*[:=–][ \t]*(?P<value>[^\s.;\n][^.;\n]{0,200})"
_FORMS = tuple(
    (
        category,
        re.compile(rf"(?<![\w-])(?:\w{{1,20}} ){{0,2}}?(?:{names}){_VALUE}", re.IGNORECASE),
        re.compile(rf"(?<![\w-]){words}", re.IGNORECASE) if words else None,
    )
    for category, names, words in _NAMED
)
_EMPTY = re.compile(rf"{_NOTHING}[ \t.!]*", re.IGNORECASE)
_PARTED = re.compile(r"[:=–]")
# Of words that mean much else alone, none.
_ALONE = (
    ("health", rf"{special_health.KIND}(?:{_POSITIVE}|{special_health.ILLNESS}|"
     rf"(?!(?:blind|sober|deaf|disabled|depressed)\b){special_health.STATE})"
     r"(?: (?:type )?(?:1|2|i|ii|one|two))?"),
    ("religion", rf"(?:devout |practi[cs]ing |strict )?(?!(?:orthodox|believer|religious)\b)"
     rf"{_FAITH}"),
    ("sexuality", rf"(?!(?:straight|bi|poly|trans)\b){_LOVE}"),
    ("politics", r"(?:far-?)?(?:communist|socialist|anarchist|marxist|libertarian|zionist)\b"),
    ("ethnicity", rf"(?!(?:black|white)\b){_ORIGIN}"),
)  # fmt: skip
_WHOLE = tuple(
    (category, re.compile(rf"\s*(?:an? )?(?P<value>{words})(?: (?:man|woman|person))?[\s.!]*",
                          re.IGNORECASE))
    for category, words in _ALONE
)  # fmt: skip
_LONGEST_ALONE = 60


def find(text: str) -> Iterator[Span]:
    """The values that stand behind such a name, and a whole text that is one; some twice."""
    if _PARTED.search(text):
        for category, form, words in _FORMS:
            for match in form.finditer(text):
                said = match["value"]
                if _EMPTY.fullmatch(said) is None and (words is None or words.search(said)):
                    yield Span(*match.span("value"), category)
    if len(text) <= _LONGEST_ALONE:
        for category, whole in _WHOLE:
            found = whole.fullmatch(text)
            if found:
                yield Span(*found.span("value"), category)
