"""What somebody thinks of one thing, or eats: said otherwise, it takes the place of the old.

Only short statements of the speaker's own, about just this: "I hate coffee now" changes "I love
coffee", not "I love coffee in bed".
"""

import re
from dataclasses import dataclass

from memories.rules import endings, lexemes
from memories.rules.candidates import Relation
from memories.rules.sentences import LEAD

MOST_WORDS = 12

_FRONT = rf"^\W*(?:{LEAD})*"
_OFTEN = r"(?:(?:now|also|still|really|absolutely|truly|just|actually|quite|always|do|simply)\s+)*"
# "I hate coffee now": when it holds is no part of what is hated.
_SINCE_WHEN = re.compile(
    r"[\s,]*\b(?:now|nowadays|these days|again|any ?more|after all|very much|so much|a lot|"
    r"at the moment|recently|lately|jetzt|inzwischen|wieder|sehr|maintenant|ahora)\W*$",
    re.IGNORECASE,
)
_THING = r"(?P<thing>[^.,;:!?]+)"
_LOVES, _LIKES, _DISLIKES, _HATES = 2, 1, -1, -2


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(rf"{_FRONT}{expression}\W*$", re.IGNORECASE)


_LIKINGS = tuple(
    (_compiled(expression), strength)
    for strength, expressions in (
        (
            _DISLIKES,
            (
                rf"I {_OFTEN}(?:dislike|(?:don['’]?t|do not) (?:really )?(?:like|enjoy|love)) "
                rf"{_THING}",
                rf"(?:I['’]?m|I am) not (?:really |much of )?(?:a (?:big |huge )?fan of|fond of|"
                rf"into|keen on) {_THING}",
                rf"ich mag (?:kein(?:en|e)? )?{_THING} nicht",
                rf"je n['’]aime pas {_THING}",
                rf"no me gustan? {_THING}",
            ),
        ),
        (
            _HATES,
            (
                rf"I {_OFTEN}(?:hate|loathe|detest|despise|can['’]?t stand|cannot stand|"
                rf"can['’]?t bear) {_THING}",
                rf"ich {_OFTEN}hasse {_THING}",
                rf"je (?:déteste|hais) {_THING}",
                rf"(?:yo )?odio {_THING}",
            ),
        ),
        (
            _LOVES,
            (
                rf"I {_OFTEN}(?:love|adore) {_THING}",
                rf"ich liebe {_THING}",
                rf"j['’]adore {_THING}",
                rf"me encantan? {_THING}",
            ),
        ),
        (
            _LIKES,
            (
                rf"I {_OFTEN}(?:like|enjoy) {_THING}",
                rf"(?:I['’]?m|I am) {_OFTEN}(?:a (?:big |huge )?fan of|fond of|into|keen on) "
                rf"{_THING}",
                rf"ich mag {_THING}",
                rf"j['’]aime {_THING}",
                rf"me gustan? {_THING}",
            ),
        ),
    )
    for expression in expressions
)
_DIETS = {
    "vegetarian": "vegetarian",
    "veggie": "vegetarian",
    "vegan": "vegan",
    "pescatarian": "pescatarian",
    "flexitarian": "flexitarian",
    "omnivore": "omnivore",
}
_DIET = re.compile(
    rf"{_FRONT}(?:I['’]?m|I am|I['’]?ve (?:gone|become|turned|been)|I have (?:gone|become|turned)|"
    r"I (?:went|became|turned)) (?:(?:now|an?|also|still|strictly|strict|fully|back to being|"
    rf"currently|mostly) )*(?P<diet>{'|'.join(_DIETS)})(?=\W*$|\W*\s(?:now|again|and|but|since|for|"
    r"because|these days|last|this|so)\b)",
    re.IGNORECASE,
)
_EATS = re.compile(
    rf"{_FRONT}(?:I['’]?m (?:now )?eating|I am (?:now )?eating|I (?:now |do )?eat|I['’]ve "
    r"(?:started (?:eating|to eat)|gone back to eating)|I (?:started eating|went back to eating)) "
    r"(?P<food>meat|fish) again\b",
    re.IGNORECASE,
)
_EATER = {"meat": "omnivore", "fish": "pescatarian"}
_NOT = re.compile(
    rf"{_FRONT}(?:(?P<do>I (?:don['’]?t|do not|never) )|(?P<am>(?:I['’]?m|I am) not )|"
    r"(?P<can>I (?:can['’]?t|cannot) ))(?P<rest>.+)$",
    re.IGNORECASE,
)
_SELF = re.compile(rf"{_FRONT}(?:I\b|I['’]m\b)(?!['’](?:d|ll|ve))", re.IGNORECASE)
_NOT_PLAIN = re.compile(
    r"\b(?:would|will|could|should|might|may|want|think|know|believe|hope|need|was|were|had|did|"
    r"if|when|and|but|or|because|than)\b|n['’]t\b|\b(?:not|never|no|without|hardly)\b|\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stance:
    """Of one sort and about the same, two stances with other sides cannot both be held."""

    sort: str
    about: frozenset[str]
    side: str | int


def stance(text: str, *, language: str) -> Stance | None:
    """The stance that a short statement takes; None for most."""
    if len(text.split()) > MOST_WORDS or "?" in text:
        return None
    return _diet(text) or _liking(text, language) or _plain(text, language)


def is_of_taste(text: str) -> bool:
    """Whether it tells what one likes or eats: of one type, so that it can be told anew."""
    found = stance(text, language="english")
    return found is not None and found.sort in ("diet", "liking")


def is_changed_taste(text: str) -> bool:
    """Whether it says itself that what one likes or eats was otherwise: "I love coffee again"."""
    return is_of_taste(text) and bool(_SINCE_WHEN.search(text))


def changes(new: Stance, old: Stance) -> bool:
    """Whether whoever takes the new stance no longer takes the old one: the opposite, or more."""
    if (new.sort, new.about) != (old.sort, old.about) or new.side == old.side:
        return False
    if isinstance(new.side, int) and isinstance(old.side, int):
        return new.side * old.side < 0 or abs(new.side) > abs(old.side)
    return True


def _diet(text: str) -> Stance | None:
    if found := _DIET.search(text):
        return Stance("diet", frozenset(), _DIETS[found["diet"].casefold()])
    if eats := _EATS.search(text):
        return Stance("diet", frozenset(), _EATER[eats["food"].casefold()])
    return None


def _liking(text: str, language: str) -> Stance | None:
    bare = _SINCE_WHEN.sub("", text)
    for expression, strength in _LIKINGS:
        if found := expression.search(bare):
            about = _terms(found["thing"], language)
            return Stance("liking", about, strength) if about else None
    return None


def _plain(text: str, language: str) -> Stance | None:
    """A statement of what one does, is or can, or its denial: "I eat meat", "I don't eat meat"."""
    over = endings.taken_back(text)
    if over is not None:
        if over.relation is not Relation.ENDS or over.slots:
            return None
        said, side = over.statement, -1
    elif found := _NOT.search(text):
        said, side = "I " + found["rest"], -1
    else:
        said, side = text, 1
    if not _SELF.search(said) or _NOT_PLAIN.search(said):
        return None
    about = _terms(_SINCE_WHEN.sub("", said), language)
    return Stance("plain", about, side) if about else None


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(lexemes.terms(text, language=language))
