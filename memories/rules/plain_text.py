"""A text as it is kept: one way to write each sign, and nothing that cannot be seen."""

import unicodedata
from typing import Any

# Written between the letters of a word they hide it from every comparison and show nothing:
# soft hyphen, Mongolian vowel separator, zero-width space, word joiner and its kin, byte order
# mark. The joiners of Indic and Persian words and of emoji (U+200C, U+200D) mean something.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF], None
)


def plain(text: str) -> str:
    """The text in Unicode's NFC, without signs that only hide."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def plain_json(value: Any) -> Any:
    """A JSON value with every text in it made plain; names of fields stay as they are, or two
    could become one."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [plain_json(one) for one in value]
    if isinstance(value, dict):
        return {name: plain_json(one) for name, one in value.items()}
    return value
