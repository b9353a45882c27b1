"""The filter grammar of recall and list: parsed into a tree, each error with its path.

    {"type": "preference", "OR": [{"importance": {"gte": 0.7}}, {"NOT": {"metadata.trip": "rome"}}]}

Sibling keys all must hold. AND and OR take a list, NOT takes one filter (or a list, none of which
may hold). A bare value means `eq`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from governance.errors import FieldError, InvalidInput

MAX_DEPTH = 8
MAX_CONDITIONS = 100
MAX_VALUES = 500
MAX_TEXT = 1000
# What a column of floats can be compared with.
MAX_NUMBER = 1e300


class Operator(StrEnum):
    """What a condition compares by."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    ICONTAINS = "icontains"
    EXISTS = "exists"


_ORDER = {Operator.GT, Operator.GTE, Operator.LT, Operator.LTE}
_EQUAL = {Operator.EQ, Operator.NE, Operator.IN}
_TEXT = {Operator.CONTAINS, Operator.ICONTAINS}


class Kind(StrEnum):
    """What a field holds; decides which operators and values fit."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    LIST = "list"
    JSON = "json"


OPERATORS = {
    Kind.TEXT: _EQUAL | _TEXT | {Operator.EXISTS},
    Kind.NUMBER: _EQUAL | _ORDER,
    Kind.TIME: _EQUAL | _ORDER | {Operator.EXISTS},
    Kind.LIST: {Operator.IN, Operator.CONTAINS, Operator.ICONTAINS, Operator.EXISTS},
    Kind.JSON: _EQUAL | _ORDER | _TEXT | {Operator.EXISTS},
}
FIELDS = {
    "type": Kind.TEXT,
    "slot": Kind.TEXT,
    "speaker": Kind.TEXT,
    "agent_id": Kind.TEXT,
    "app_id": Kind.TEXT,
    "run_id": Kind.TEXT,
    "text": Kind.TEXT,
    "sensitivity": Kind.TEXT,
    "categories": Kind.LIST,
    "importance": Kind.NUMBER,
    "confidence": Kind.NUMBER,
    "occurred_at": Kind.TIME,
    "created_at": Kind.TIME,
    "updated_at": Kind.TIME,
    "valid_from": Kind.TIME,
    "expires_at": Kind.TIME,
}
METADATA = "metadata."


@dataclass(frozen=True, slots=True)
class Condition:
    """One field compared with one value. `key` names a metadata entry."""

    field: str
    operator: Operator
    value: Any
    key: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; without parts it holds."""

    parts: "tuple[Filter, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must hold."""

    parts: "tuple[Filter, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold. A missing value counts as different."""

    part: "Filter"


Filter = Condition | AllOf | AnyOf | Not


def parse(value: Any, *, at: str = "filters") -> Filter:
    """The filter as a tree. Raises InvalidInput naming the path of the first thing wrong."""
    found = _parse(value, at, 0)
    if _size(found) > MAX_CONDITIONS:
        raise _wrong(at, f"Use at most {MAX_CONDITIONS} conditions.")
    return found


def _parse(value: Any, at: str, depth: int) -> Filter:
    if depth > MAX_DEPTH:
        raise _wrong(at, f"Nest at most {MAX_DEPTH} levels deep.")
    if not isinstance(value, dict):
        raise _wrong(at, 'Write an object such as {"type": "preference"}.')
    parts = tuple(_entry(key, inner, f"{at}.{key}", depth) for key, inner in value.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _entry(key: str, value: Any, at: str, depth: int) -> Filter:
    branch: dict[str, Callable[[tuple[Filter, ...]], Filter]] = {"AND": AllOf, "OR": AnyOf}
    if key in branch:
        if not isinstance(value, list) or not value:
            raise _wrong(at, f"{key} takes a list of at least one filter.")
        return branch[key](_list(value, at, depth))
    if key == "NOT":
        inner = _list(value, at, depth) if isinstance(value, list) else None
        return Not(AnyOf(inner) if inner else _parse(value, at, depth + 1))
    return _field(key, value, at)


def _list(values: list[Any], at: str, depth: int) -> tuple[Filter, ...]:
    return tuple(_parse(value, f"{at}[{index}]", depth + 1) for index, value in enumerate(values))


def _field(name: str, value: Any, at: str) -> Filter:
    key = name.removeprefix(METADATA) if name.startswith(METADATA) else ""
    kind = Kind.JSON if key else FIELDS.get(name)
    if kind is None:
        allowed = ", ".join(["AND", "OR", "NOT", *FIELDS, "metadata.<key>"])
        raise _wrong(at, f"Unknown field. Use one of: {allowed}.")
    field = "metadata" if key else name
    if not isinstance(value, dict):
        operator = Operator.CONTAINS if kind is Kind.LIST else Operator.EQ
        return Condition(field, operator, _value(value, kind, operator, at), key)
    if not value:
        raise _wrong(at, "Give an operator and a value.")
    parts = tuple(_operation(field, key, kind, op, given, at) for op, given in value.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _operation(field: str, key: str, kind: Kind, op: str, value: Any, at: str) -> Condition:
    allowed = sorted(OPERATORS[kind])
    if op not in allowed:
        raise _wrong(f"{at}.{op}", f"Unknown operator here. Use one of: {', '.join(allowed)}.")
    operator = Operator(op)
    return Condition(field, operator, _value(value, kind, operator, f"{at}.{op}"), key)


def _value(value: Any, kind: Kind, operator: Operator, at: str) -> Any:
    if operator is Operator.EXISTS:
        if not isinstance(value, bool):
            raise _wrong(at, "exists takes true or false.")
        return value
    if operator is Operator.IN:
        if not isinstance(value, list) or len(value) > MAX_VALUES:
            raise _wrong(at, f"in takes a list of at most {MAX_VALUES} values.")
        return [_scalar(one, kind, f"{at}[{index}]") for index, one in enumerate(value)]
    if operator in _TEXT:
        return _text(value, at)
    return _scalar(value, kind, at)


def _scalar(value: Any, kind: Kind, at: str) -> Any:
    if kind is Kind.TIME:
        return _time(value, at)
    if kind is Kind.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(at, "Write a number.")
        if not -MAX_NUMBER <= value <= MAX_NUMBER:
            raise _wrong(at, f"Write a number of at most {MAX_NUMBER:.0e}.")
        return value
    if kind is Kind.JSON:
        if isinstance(value, dict | list):
            raise _wrong(at, "Write a text, a number, true, false or null.")
        return value
    return _text(value, at)


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise _wrong(at, f"Write a text of at most {MAX_TEXT} characters.")
    return value


def _time(value: Any, at: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _wrong(
            at, "Write a date or time in ISO 8601, such as 2026-05-01T12:00:00Z."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _size(found: Filter) -> int:
    match found:
        case Condition():
            return 1
        case Not(part):
            return _size(part)
        case AllOf(parts) | AnyOf(parts):
            return sum(_size(part) for part in parts)


def _wrong(at: str, message: str) -> InvalidInput:
    return InvalidInput("The filter cannot be used.", fields=[FieldError(at, message)])
