"""A language model's reply as JSON: taken apart without trust."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

MAX_CHARACTERS = 200_000
# More than a conversation of the largest batch can give.
MAX_CANDIDATES = 100
_FENCE = re.compile(r"^```(?:json)?\s*(?P<inside>.*?)\s*```$", re.DOTALL)


class Malformed(Exception):
    """A reply that is not of the shape that was asked for. Its text is a code, never the reply."""


class Falls(Exception):
    """One candidate cannot be taken. Its text is the code of why."""


def candidates(reply: str) -> list[Any]:
    """What stands in the reply's list of candidates. Raises Malformed."""
    if len(reply) > MAX_CHARACTERS:
        raise Malformed("too_long")
    fenced = _FENCE.match(reply.strip())
    try:
        found = json.loads(
            fenced["inside"] if fenced else reply,
            object_pairs_hook=_object,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        # ValueError: also a number of thousands of digits.
        raise Malformed("no_json") from None
    if not isinstance(found, dict) or not isinstance(found.get("candidates"), list):
        raise Malformed("no_candidates_list")
    return list(found["candidates"])


def can_be_kept(value: Any) -> bool:
    """Whether PostgreSQL and JSON can hold it: no NUL, no half of a character, no infinity."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(can_be_kept(key) and can_be_kept(item) for key, item in value.items())
    return not isinstance(value, list) or all(map(can_be_kept, value))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("duplicate_key")
    return found


def _no_number(constant: str) -> float:
    raise Malformed("no_number")
