"""What staff and bots may set on a memory type, field by field."""

import math
from collections.abc import Mapping
from typing import Any

from governance.errors import FieldError, InvalidInput
from governance.rules import json_schema

SCHEMAS: dict[str, dict[str, Any]] = {
    "name": {
        "type": "string",
        "pattern": r"^[a-z0-9][a-z0-9_-]{0,47}\Z",
        "description": "Lower case, at most 48 characters. It cannot be changed later.",
    },
    "description": {"type": "string", "minLength": 1, "maxLength": 2000},
    "data_schema": {"type": "object"},
    "slots": {
        "type": "array",
        "maxItems": 200,
        "uniqueItems": True,
        "items": {"type": "string", "pattern": r"^[^\s,]{1,64}\Z"},
    },
    "pinned": {"type": "boolean"},
    "precedence": {"type": "integer", "minimum": -1000, "maximum": 1000},
    "half_life_days": {"type": ["number", "null"], "minimum": 0.01, "maximum": 36500},
    "sensitivity": {"enum": ["normal", "personal", "sensitive", "special"]},
    "screening": {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {
            r"^(personal|special|[A-Z][A-Z_]{1,47})\Z": {
                "enum": ["allow", "redact", "tag", "quarantine", "reject"]
            }
        },
        "maxProperties": 60,
    },
    "active": {"type": "boolean"},
}
NEEDED = ("name", "description")


def check(fields: Mapping[str, Any]) -> None:
    """Raise InvalidInput with the path of each field that cannot be used."""
    _raise([error for name, value in fields.items() for error in _errors(name, value)])


def check_complete(fields: Mapping[str, Any]) -> None:
    """Like `check`, and raise InvalidInput naming each needed field that is missing."""
    _raise([FieldError(name, "This is needed.") for name in NEEDED if name not in fields])
    check(fields)


def _raise(errors: list[FieldError]) -> None:
    if errors:
        raise InvalidInput("A memory type cannot be kept like this.", fields=errors)


def _errors(name: str, value: Any) -> list[FieldError]:
    if name not in SCHEMAS:
        return [FieldError(name, "A memory type has no such field.")]
    if _cannot_be_kept(value):
        return [FieldError(name, "It holds a number or a character that cannot be kept.")]
    try:
        json_schema.check(value, SCHEMAS[name], at=name)
        if name == "data_schema":
            json_schema.check_schema(value, at=name)
    except InvalidInput as refusal:
        return refusal.fields
    return []


def _cannot_be_kept(value: Any) -> bool:
    # NaN passes every bound of a JSON Schema; PostgreSQL keeps no NUL in a text.
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_cannot_be_kept(key) or _cannot_be_kept(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_cannot_be_kept, value))
