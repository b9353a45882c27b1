"""How a category is told: words that hint at it, forms that tell it, forms that look alike."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# "my", "Ada's": whose it is.
WHOSE = (
    r"(?:my|his|her|our|their|your|mein\w{0,2}|sein\w{0,2}|ihr\w{0,2}|mon|ma|mes|sa|son|mi|mis|su)"
)
# "I am", "Ada is", "she's been": who it is said of.
AM = (
    r"(?:\b(?:i['’]?m|i am|i was|i['’]ve been|i have been|we['’]re|we are|he['’]?s|she['’]?s|"
    r"they['’]re|(?:he|she|(?-i:[A-Z])\w{1,20}|user|wife|husband|partner|son|daughter|mother|"
    r"father|"
    r"mom|mum|dad|brother|sister|friend|boss|colleague|boyfriend|girlfriend|who)(?: is| was|['’]s)|"
    r"they are|you['’]re|you are|as an?|being|identif(?:y|ies) as|came out as|come out as)"
    r"(?: an?| the)?(?: (?:very|really|openly|now|also|still|actually|proud(?:ly)?|deeply|quite|"
    r"currently|recently|just|not|half|part|fully|a bit|pretty|basically|practi[cs]ing|devout|"
    r"lifelong|committed|former|ex|strict|born-again|religious|registered))*)"
)
ICH_BIN = r"\b(?:ich bin|er ist|sie ist|wir sind|ich war)(?: (?:eine?|sehr|auch|seit \w+|noch))*"
JE_SUIS = r"\b(?:je suis|il est|elle est|nous sommes|j['’]étais)(?: (?:une?|très|aussi|un peu))*"
SOY = r"\b(?:soy|es|somos|era|estoy|está)(?: (?:una?|muy|también))*"


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one category; case does not matter."""

    hints: re.Pattern[str]
    told: re.Pattern[str]
    # Where one of these stands across a form, it is something else.
    else_: re.Pattern[str]

    def hinted_by(self, lowered: str) -> bool:
        """Whether the text, in lower case, holds a word without which no form fits."""
        return self.hints.search(lowered) is not None

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a form stands, as (start, end)."""
        others = [match.span() for match in self.else_.finditer(text)]
        for match in self.told.finditer(text):
            start, end = match.span()
            if not any(begins < end and start < ends for begins, ends in others):
                yield start, end


def forms(*, hints: str, told: Iterable[str], otherwise: Iterable[str] = ()) -> Forms:
    """Forms from patterns; `hints` are the beginnings of words, parted by spaces."""
    # (?!) fits nowhere.
    either = "|".join(otherwise) or r"(?!)"
    # The longest beginning first, so that one in another does not hide it.
    words = sorted({word.replace("_", " ") for word in hints.split()})
    return Forms(
        re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, words)) + ")"),
        re.compile("|".join(f"(?:{one})" for one in told), re.IGNORECASE),
        re.compile(either, re.IGNORECASE),
    )


def words(listed: str) -> str:
    """A pattern for any of the words, parted by spaces; `_` is a space in one, `*` an ending."""
    # The longest first: of two that begin alike, the shorter would win.
    found = sorted(listed.split(), key=len, reverse=True)
    shown = (re.escape(w).replace("_", r"[ -]").replace(r"\*", r"[\w]{0,6}") for w in found)
    return "(?:" + "|".join(shown) + r")(?!-?\w)"
