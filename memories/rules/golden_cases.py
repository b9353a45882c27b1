"""What a golden case may hold."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from governance.errors import FieldError, InvalidInput
from governance.rules import json_schema
from memories.rules import quality

MAX_NAME, MAX_QUERY, MAX_TEXT = 200, 4_000, 8_000
MAX_STATEMENTS, MAX_CONDITIONS, MAX_CONDITION = 100, 50, 500

# A place in a list, as the API writes paths: must[0].
_INDEX = re.compile(r"\.(\d+)")
_CONDITIONS: dict[str, Any] = {
    "type": "array",
    "maxItems": MAX_CONDITIONS,
    "items": {"type": "string", "minLength": 1, "maxLength": MAX_CONDITION},
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
    "query": {"type": "string", "minLength": 1, "maxLength": MAX_QUERY},
    "strategy": {"type": "string", "pattern": r"^([a-z0-9_-]{1,48})?\Z"},
    "active": {"type": "boolean"},
    "must": _CONDITIONS,
    "must_not": _CONDITIONS,
    "fixture": {
        "type": "array",
        "maxItems": MAX_STATEMENTS,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["type", "text"],
            "properties": {
                "type": {"type": "string", "minLength": 1, "maxLength": 48},
                "text": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT},
                "slot": {"type": "string", "pattern": r"^[a-z][a-z0-9_]{0,63}\Z"},
                "data": {"type": "object"},
            },
        },
    },
}


def check(fields: Mapping[str, Any], *, of_a_subject: bool) -> None:
    """Raise InvalidInput naming each field of a whole case that cannot be used.

    `of_a_subject`: the case asks about a real subject; else about the statements of its fixture.
    """
    wrong: list[FieldError] = []
    for name, schema in SCHEMAS.items():
        if name in fields:
            wrong += _offences(name, fields[name], schema)
    if not wrong:
        wrong = [*_whose(fields, of_a_subject), *_conditions(fields, of_a_subject), *_blank(fields)]
    if wrong:
        raise InvalidInput("The golden case cannot be used as it is.", fields=wrong)


def ids(fields: Mapping[str, Any]) -> list[str]:
    """The memories that its conditions name by id."""
    conditions: Sequence[str] = [*fields.get("must", ()), *fields.get("must_not", ())]
    return [found for found in map(quality.as_id, conditions) if found]


def texts(
    name: str, query: str, must: Sequence[str], must_not: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each text of a case besides its fixture, with where it stands."""
    yield from (("name", name), ("query", query))
    for field, conditions in (("must", must), ("must_not", must_not)):
        yield from ((f"{field}[{at}]", one) for at, one in enumerate(conditions))


def _offences(name: str, value: Any, schema: dict[str, Any]) -> list[FieldError]:
    if _cannot_be_kept(value):
        return [FieldError(name, "It holds a number or a character that cannot be kept.")]
    try:
        json_schema.check(value, schema, at=name)
    except InvalidInput as refusal:
        return [FieldError(_INDEX.sub(r"[\1]", one.field), one.message) for one in refusal.fields]
    return []


def _whose(fields: Mapping[str, Any], of_a_subject: bool) -> list[FieldError]:
    if of_a_subject and fields.get("fixture"):
        return [FieldError("fixture", "Ask about a real subject or about a fixture, not both.")]
    if not of_a_subject and not fields.get("fixture"):
        return [FieldError("fixture", "Give statements to ask about, or a real subject.")]
    return []


def _conditions(fields: Mapping[str, Any], of_a_subject: bool) -> list[FieldError]:
    given = {name: fields.get(name, ()) for name in ("must", "must_not")}
    if not any(given.values()):
        return [FieldError("must", "Say what must come, or in must_not what must not.")]
    wrong = []
    for name, conditions in given.items():
        for at, one in enumerate(conditions):
            if quality.as_id(one) and not of_a_subject:
                told = "A fixture's memories have no lasting ids: write words that one must hold."
                wrong.append(FieldError(f"{name}[{at}]", told))
            elif not quality.words(one):
                wrong.append(FieldError(f"{name}[{at}]", "Write a memory's id, or words."))
    both = set(given["must"]) & set(given["must_not"])
    if both:
        wrong.append(FieldError("must_not", "The same cannot both come and not come."))
    return wrong


def _blank(fields: Mapping[str, Any]) -> list[FieldError]:
    texts = {name: fields.get(name, "x") for name in ("name", "query")}
    for at, one in enumerate(fields.get("fixture", ())):
        texts[f"fixture[{at}].text"] = one["text"]
    return [FieldError(at, "Write some words.") for at, text in texts.items() if not text.strip()]


def _cannot_be_kept(value: Any) -> bool:
    # A form, unlike the API, lets NaN and NUL through.
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(map(_cannot_be_kept, [*value.keys(), *value.values()]))
    return isinstance(value, list | tuple) and any(map(_cannot_be_kept, value))
