"""How many tokens a text is, where the model's own tokenizer is not at hand.

Made to be too high rather than too low: a budget must hold whatever model reads the text. Each run
of characters of one kind costs:

    a word of ASCII letters, in English              1, and 1 for 3 letters after the sixth
    the same in German, French or Spanish            1, and 1 for 3 letters after the fourth
    the same elsewhere                               1 for 1.7 letters, at least 1.25
    in CAPITALS, or longer than 20 letters           1 for 1.9 letters
    in miXed case, as of a key or a name in code     1 for 1.4 letters
    a word with other Latin letters                  1 for 2.2 letters; elsewhere 1 for 1.6
    the same with two marks on one, as in Vietnamese 1.5 a letter
    Cyrillic 1.1; Greek, Hebrew, Arabic 1.45; Chinese, Japanese, Korean 1.5 a letter
    a number                                         1 for 3 digits; 1 for a space before it
    white space                                      0 for one space, 1.5 for each further
    anything else: signs, emoji, other scripts       1 for each byte in UTF-8

and each line end 1; never more than the text has bytes, which no byte-level tokenizer exceeds. A
line is of a language when three of ten of its words are function words of it.

Set against four tokenizers (OpenAI's o200k_base and cl100k_base, Anthropic's and DeepSeek's
published ones) on Django's translations into 99 languages and on prose, code, addresses, ids, dates
and emoji, in pieces of about 600 characters: English prose comes out 15 to 29 % too high, German,
French and Spanish 40 to 80 %, code and addresses about 100 %. No sample is too low as a whole; the
worst pieces are, by up to 8 %, in 3 of 118 samples for OpenAI's tokenizers (Armenian, Catalan) and
in 18 for all four. A short sentence alone may be a token too low; the block around it is not.
"""

import math
import re
from collections.abc import Sequence
from enum import Enum

from memories.rules.stop_words import STOP_WORDS

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f"
# Most of most texts, and counted by their lengths alone: words in lower case or Capitalised.
_PLAIN = re.compile(rf" ?(?<![{_LATIN}])([A-Za-z][a-z]*)(?![{_LATIN}])")
_COUNTED = "\x00"
_RUN = re.compile(
    rf"{_COUNTED}+|(?P<word> ?[{_LATIN}]+)|(?P<number> ?[0-9]+)"
    r"|(?P<cyrillic>[\u0400-\u04ff]+)|(?P<near_east>[\u0370-\u03ff\u0590-\u06ff]+)"
    r"|(?P<far_east>[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]+)|(?P<space>\s+)|.",
    re.DOTALL,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(STOP_WORDS["english"])
_NEIGHBOURS = frozenset().union(*STOP_WORDS.values())
_SHARE = 0.3
_A_LETTER = {"cyrillic": 1.1, "near_east": 1.45, "far_east": 1.5}
_LONG = 20
_LENGTHS = range(_LONG + 1)


class _Language(Enum):
    """Whose words a line holds; the value is what a word of each length costs."""

    ENGLISH = tuple(1 + max(0, length - 6) / 3 for length in _LENGTHS)
    NEIGHBOUR = tuple(1 + max(0, length - 4) / 3 for length in _LENGTHS)
    OTHER = tuple(max(1.25, length / 1.7) for length in _LENGTHS)


def estimate(text: str) -> int:
    """Tokens of a text, rather too many than too few; 0 for an empty one."""
    if not text:
        return 0
    lines = text.split("\n")
    tokens = math.ceil(sum(map(_line, lines)) + len(lines) - 1)
    return min(len(text.encode(errors="surrogatepass")), tokens)


def _line(line: str) -> float:
    language = _language(_LETTERS.findall(line.lower()))
    costs = language.value
    plain = _PLAIN.findall(line)
    tokens = sum([costs[len(word)] if len(word) <= _LONG else len(word) / 1.9 for word in plain])
    rest = _PLAIN.sub(_COUNTED, line.replace(_COUNTED, "\x01"))
    return tokens + sum([_run(found, language) for found in _RUN.finditer(rest)])


def _language(words: Sequence[str]) -> _Language:
    for language, common in (
        (_Language.ENGLISH, _ENGLISH),
        (_Language.NEIGHBOUR, _NEIGHBOURS),
    ):
        found = len([word for word in words if word in common])
        if found and found >= _SHARE * len(words):
            return language
    return _Language.OTHER


def _run(found: re.Match[str], language: _Language) -> float:
    run, kind = found.group(), found.lastgroup
    if kind is None:
        return 0.0 if run[0] == _COUNTED else len(run.encode(errors="surrogatepass"))
    if kind == "word":
        return _word(run.removeprefix(" "), language)
    if kind == "number":
        return math.ceil(len(run.strip()) / 3) + run.startswith(" ")
    if kind == "space":
        return 1.5 * (len(run) - 1) + (run[0] != " ")
    return len(run) * _A_LETTER[kind]


def _word(word: str, language: _Language) -> float:
    """A word that is not plain."""
    if word.isascii():
        return len(word) / (1.9 if word.isupper() else 1.4)
    if max(word) >= "\u1e00":  # letters with two marks, as in Vietnamese
        return 1.5 * len(word)
    return max(1.2, len(word) / (1.6 if language is _Language.OTHER else 2.2))
