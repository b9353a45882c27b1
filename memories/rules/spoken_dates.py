"""Whether a date that is written in digits was said in words: "the 12th of June, 1979"."""

import re
from collections.abc import Iterable

from memories.rules import wording

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_MONTHS = {
    number: {wording.folded(names.split()[number - 1]) for names in _NAMES}
    for number in range(1, 13)
}
_ISO = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{2})-(?P<day>\d{2})\Z")
_SHORTENED = 3


def is_said(written: str, words: Iterable[str]) -> bool:
    """Whether year, month and day of YYYY-MM-DD, or MM-DD, are among the words.

    Words as `wording.words` gives them.
    """
    found = _ISO.match(written.strip())
    if found is None:
        return False
    spoken, names = set(words), _MONTHS.get(int(found["month"]), set())
    days = {found["day"], str(int(found["day"]))}
    return (
        (found["year"] is None or found["year"] in spoken)
        and not spoken.isdisjoint(days)
        and any(_names(word, name) for word in spoken for name in names)
    )


def _names(word: str, name: str) -> bool:
    return word == name or (len(word) == _SHORTENED and name.startswith(word))
