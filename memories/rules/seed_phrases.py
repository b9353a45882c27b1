"""Recovery phrases of wallets: twelve words or more that open everything."""

import re
from collections.abc import Iterator

from memories.rules.seed_words import WORDS
from memories.rules.spans import Span

_FEWEST = 12
_WORD = re.compile(r"[A-Za-z]{3,8}")
# Between two words of a phrase: spaces, commas, line ends, the words' numbers.
_JOINT = re.compile(r"[ \t\r\n,;|\-]{1,4}(?:\d{1,2}[.):]?[ \t]{0,2})?")
_CUE = re.compile(
    r"\b(?:(?:seed|recovery|mnemonic|backup|secret|wallet)(?: (?:seed|recovery|backup))? "
    r"(?:phrase|words?)|mnemonic|seed|wiederherstellungs(?:phrase|wörter)|"
    r"phrase (?:de récupération|secrète|mnémonique)|frase (?:semilla|de recuperación|mnemotécnica)"
    r")\b[^\n]{0,60}?(?:is|are|[:=]|ist|lautet|lauten|sind|est|es|son)\s{1,3}"
    r"([a-zà-ÿäöüß]{3,12}(?:[ ,]{1,2}[a-zà-ÿäöüß]{3,12}){11,23})",
    re.IGNORECASE,
)
# Of a sentence, not of a phrase.
_PROSE = frozenset(
    "the and for but are was not has had his her our its from were which should would could "
    "keep safe stored und der die das ist nicht les des une est que los las una para".split()
)

# Words of the list that sentences are made of: in a phrase drawn by lot they are rare.
_COMMON = frozenset(
    "about again all always any around because become before between can enough ever have into "
    "just keep know like make more need neither never off often only other over own same some soon "
    "such than that then there they this time today together too toward under until upon use very "
    "want what when where will wish with work world you".split()
)


def find(text: str) -> Iterator[Span]:
    """Where a seed_phrase stands: twelve words of BIP-39 in a row, or any that are called so."""
    yield from _in_list(text)
    for match in _CUE.finditer(text):
        if not _PROSE & set(re.split(r"[ ,]+", match[1].casefold())):
            yield Span(match.start(1), match.end(1), "seed_phrase")


def _in_list(text: str) -> Iterator[Span]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        goes_on = run and _JOINT.fullmatch(text, run[-1].end(), match.start()) is not None
        if not goes_on or not _is_of_the_list(match, text):
            yield from _phrase(run)
            run = []
        if _is_of_the_list(match, text):
            run.append(match)
    yield from _phrase(run)


def _phrase(run: list[re.Match[str]]) -> Iterator[Span]:
    if len(run) < _FEWEST:
        return
    common = sum(match[0].lower() in _COMMON for match in run)
    if common * 4 <= len(run):
        yield Span(run[0].start(), run[-1].end(), "seed_phrase")


def _is_of_the_list(match: re.Match[str], text: str) -> bool:
    whole = not text[match.end() : match.end() + 1].isalpha()
    return whole and match[0].lower() in WORDS
