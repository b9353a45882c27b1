"""What a correction leaves unsaid: the value in its words, or the words around its value."""

import re
from collections.abc import Mapping
from typing import Any

VALUE = "value"


def value_in(text: str, *, old_text: str, old_data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a correction that came as a text alone.

    Where the new text differs from the old only in the old value, what stands there is the new
    one: "I live in Berlin" with value Berlin, corrected to "I live in Hamburg". Else empty: the old
    data would contradict the new words.
    """
    around = _around(old_text, old_data)
    if around is None:
        return {}
    before, after = around
    ends, text = _bare(after), _bare(text)
    if not (text.casefold().startswith(before.casefold()) and _ends_with(text, ends)):
        return {}
    value = text[len(before) : len(text) - len(ends)].strip()
    return {**old_data, VALUE: value} if value else {}


def text_with(data: Mapping[str, Any], *, old_text: str, old_data: Mapping[str, Any]) -> str:
    """The text of a correction that came as data alone: the old one with the new value in the
    place of the old. Empty where that place is not clear."""
    around, value = _around(old_text, old_data), data.get(VALUE)
    if around is None or not isinstance(value, str) or not value.strip():
        return ""
    before, after = around
    return f"{before}{value}{after}"


def _around(text: str, data: Mapping[str, Any]) -> tuple[str, str] | None:
    """What stands before and after the value in a text that holds it once."""
    value = data.get(VALUE)
    if not isinstance(value, str) or not value.strip():
        return None
    places = list(re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE))
    if len(places) != 1:
        return None
    return text[: places[0].start()], text[places[0].end() :]


def _bare(text: str) -> str:
    return text.rstrip(".!… ")


def _ends_with(text: str, end: str) -> bool:
    return not end or text.casefold().endswith(end.casefold())
