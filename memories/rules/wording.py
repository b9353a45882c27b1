"""Texts as words that can be compared across languages: folded, numbered, stemmed."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import takewhile

from memories.rules import lexemes
from memories.rules.stop_words import STOP_WORDS

# Written without spaces between words: each two characters side by side count as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"\d+(?:[.,:/-]\d+)*|[{_UNSPACED}]+|[^\W\d_{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_UNSPACED_RUN = re.compile(rf"[{_UNSPACED}]+\Z")
_OF_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
# With an apostrophe they end in, such as "don't" and "l'": neither half tells anything.
_HALVES = frozenset(
    "t s d m l n j c qu re ve ll don doesn didn isn aren wasn weren won can".split()
)
_NUMBERS = {
    word: str(number)
    for names in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty",
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for number, word in enumerate(names.split())
}
_TENS = {
    word: str(10 * number)
    for number, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), start=3)
}
# Articles before they are numbers.
_NOT_NUMBERS = frozenset({"un", "once"})
# A shorter word's beginning is in too many others.
_SHORTEST_STEM, _SHORTEST_BEGINNING, _LONGEST_ENDING = 5, 4, 3
_LANGUAGES = ("english", "german", "french", "spanish")


def folded(text: str) -> str:
    """Case-folded, without accents, as compatible characters: `Café` and `cafe` are one."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


_DIGITS = {
    folded(word): digits for word, digits in (_NUMBERS | _TENS).items() if word not in _NOT_NUMBERS
}
FUNCTION_WORDS = _HALVES | {folded(word) for words in STOP_WORDS.values() for word in words}


def words(text: str) -> list[str]:
    """The words of a text in their order; numbers in digits, thousands unparted."""
    return [word for found in _WORD.findall(folded(text)) for word in _plain(found)]


def content_words(text: str, *, besides: Iterable[str] = ()) -> list[str]:
    """Those that say something, but for those in `besides` (as `words` gives them)."""
    left_out = FUNCTION_WORDS.union(besides)
    return [word for word in words(text) if word not in left_out]


def is_number(word: str) -> bool:
    """Whether a word (as `words` gives them) is a number."""
    return word[:1].isdigit()


def same(one: str, other: str, *, language: str) -> bool:
    """Whether two words (as `words` gives them) are forms of one word."""
    if one == other:
        return True
    if is_number(one) or is_number(other):
        return False
    return _extends(one, other) or _share_a_stem(one, other, {language, "english"})


def alike(one: str, other: str, *, language: str) -> bool:
    """Like `same`, but with the endings of all the languages that people mix.

    Not for names: Maria is not Marie.
    """
    if same(one, other, language=language):
        return True
    if is_number(one) or is_number(other):
        return False
    if _share_a_stem(one, other, _LANGUAGES):
        return True
    pairs = zip(one, other, strict=False)
    begin = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return begin >= _SHORTEST_BEGINNING and max(len(one), len(other)) - begin <= _LONGEST_ENDING


def shared(told: Iterable[str], said: Collection[str], *, language: str) -> int:
    """How many of the words told are `alike` one of those said."""
    return sum(any(alike(word, one, language=language) for one in said) for word in told)


def _plain(word: str) -> list[str]:
    if is_number(word):
        return [_OF_THOUSANDS.sub("", word).replace(",", ".")]
    if len(word) > 2 and _UNSPACED_RUN.match(word):  # noqa: PLR2004 - two characters
        return [word[at : at + 2] for at in range(len(word) - 1)]
    return [_DIGITS.get(word, word)]


def _share_a_stem(one: str, other: str, languages: Iterable[str]) -> bool:
    return any(lexemes.stem(one, spoken) == lexemes.stem(other, spoken) for spoken in languages)


def _extends(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) >= _SHORTEST_STEM
        and len(longer) - len(shorter) <= _LONGEST_ENDING
        and longer.startswith(shorter)
    )
