"""A parsed filter as a condition for the ORM."""

from typing import Any

from django.db.models import Expression, F, Lookup, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import Contains as ContainsText
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    IContains,
    LessThan,
    LessThanOrEqual,
)

from memories.rules.filters import AllOf, AnyOf, Condition, Filter, Not, Operator

_ORDER = {
    Operator.GT: ("gt", GreaterThan),
    Operator.GTE: ("gte", GreaterThanOrEqual),
    Operator.LT: ("lt", LessThan),
    Operator.LTE: ("lte", LessThanOrEqual),
}


def condition(found: Filter, *, prefix: str = "") -> Q:
    """The filter as a Q over Memory, reached through `prefix` such as "memory__"."""
    match found:
        case Condition(field="metadata"):
            return _metadata(found, prefix)
        case Condition(field="categories"):
            return _list(found, f"{prefix}categories")
        case Condition(field="type"):
            return _plain(found, f"{prefix}type__name")
        case Condition():
            return _plain(found, f"{prefix}{found.field}")
        case Not(part):
            return ~condition(part, prefix=prefix)
        case AllOf(parts):
            return Q.create([condition(part, prefix=prefix) for part in parts], Q.AND)
        case AnyOf(parts):
            return Q.create([condition(part, prefix=prefix) for part in parts], Q.OR)


def _plain(one: Condition, field: str) -> Q:
    match one.operator:
        case Operator.EQ:
            return Q((field, one.value))
        case Operator.NE:
            return ~Q((field, one.value))
        case Operator.IN | Operator.CONTAINS | Operator.ICONTAINS:
            return Q((f"{field}__{one.operator.value}", one.value))
        case Operator.EXISTS:
            missing = Q((f"{field}__isnull", True))
            if one.field in ("slot", "speaker", "agent_id", "app_id", "run_id", "text"):
                missing |= Q((field, ""))
            return ~missing if one.value else missing
        case _:
            return Q((f"{field}__{_ORDER[one.operator][0]}", one.value))


def _list(one: Condition, field: str) -> Q:
    match one.operator:
        case Operator.IN:
            return Q((f"{field}__overlap", one.value))
        case Operator.CONTAINS:
            return Q((f"{field}__contains", [one.value]))
        case Operator.ICONTAINS:
            # Joined with a character that no category holds, so that a match stays in one.
            return Q(IContains(_Joined(F(field)), Value(one.value)))
        case _:
            empty = Q((f"{field}__len", 0))
            return ~empty if one.value else empty


class _Joined(Expression):
    """A text array as one text."""

    def __init__(self, array: F) -> None:
        super().__init__(output_field=TextField())
        self.array: Any = array

    def get_source_expressions(self) -> list[Any]:
        return [self.array]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.array,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = compiler.compile(self.array)
        return f"array_to_string({sql}, chr(31))", params


def _metadata(one: Condition, prefix: str) -> Q:
    # Built from expressions, never from a look-up path: a key may hold a double underscore.
    value = KeyTransform(one.key, F(f"{prefix}metadata"))
    text = KeyTextTransform(one.key, F(f"{prefix}metadata"))
    match one.operator:
        case Operator.EXISTS:
            has = Q((f"{prefix}metadata__has_key", one.key))
            return has if one.value else ~has
        case Operator.EQ:
            return _same(value, one.value)
        case Operator.NE:
            return ~_same(value, one.value)
        case Operator.IN:
            return Q.create([_same(value, each) for each in one.value] or [Q(pk__in=[])], Q.OR)
        case Operator.CONTAINS:
            held = Q((f"{prefix}metadata__contains", {one.key: [one.value]}))
            return held | Q(ContainsText(text, Value(one.value)))
        case Operator.ICONTAINS:
            return Q(IContains(text, Value(one.value)))
        case _:
            compare: type[Lookup[Any]] = _ORDER[one.operator][1]
            return Q(compare(value, one.value))


def _same(value: KeyTransform, wanted: Any) -> Q:
    return Q(Exact(value, wanted))
