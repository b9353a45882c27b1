"""A parsed filter as a condition for the ORM."""

from typing import Any

from django.db.models import (
    BooleanField,
    Expression,
    F,
    Func,
    JSONField,
    Lookup,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Contains as ContainsText
from django.db.models.lookups import IContains

from memories.rules.filters import AllOf, AnyOf, Condition, Filter, Not, Operator

_SIGN = {Operator.GT: ">", Operator.GTE: ">=", Operator.LT: "<", Operator.LTE: "<="}


def condition(found: Filter, *, prefix: str = "") -> Q:
    """The filter as a Q over Memory, reached through `prefix` such as "memory__"."""
    match found:
        case Condition():
            return _condition(found, prefix)
        case Not(part):
            return ~condition(part, prefix=prefix)
        case AllOf(()):
            # Not an empty Q, which Django leaves out of what it stands in.
            return Q(Value(True, output_field=BooleanField()))
        case AllOf(parts):
            return Q.create([condition(part, prefix=prefix) for part in parts], Q.AND)
        case AnyOf(parts):
            return Q.create([condition(part, prefix=prefix) for part in parts], Q.OR)


def _condition(one: Condition, prefix: str) -> Q:
    match one.field:
        case "metadata":
            return _metadata(one, prefix)
        case "categories":
            return _list(one, f"{prefix}categories")
        case "type":
            return _plain(one, f"{prefix}type__name")
        case _:
            return _plain(one, f"{prefix}{one.field}")


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
            return Q((f"{field}__{one.operator.value}", one.value))


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
    # Built from expressions, never from a look-up path: a key may hold a double underscore. And
    # each is true or false, never null, so that its opposite holds where the key is missing.
    metadata = f"{prefix}metadata"
    match one.operator:
        case Operator.EXISTS:
            has = Q((f"{metadata}__has_key", one.key))
            return has if one.value else ~has
        case Operator.EQ:
            return _same(metadata, one.key, one.value)
        case Operator.NE:
            return ~_same(metadata, one.key, one.value)
        case Operator.IN:
            same: list[Any] = [_same(metadata, one.key, each) for each in one.value]
            return Q.create(same or [Q(pk__in=[])], Q.OR)
        case Operator.CONTAINS:
            return _same(metadata, one.key, [one.value]) | _said(ContainsText, metadata, one)
        case Operator.ICONTAINS:
            return _said(IContains, metadata, one)
        case _:
            return _ordered(metadata, one)


def _same(metadata: str, key: str, wanted: Any) -> Q:
    return Q((f"{metadata}__contains", {key: wanted}))


def _said(lookup: "type[Lookup[Any]]", metadata: str, one: Condition) -> Q:
    # Not KeyTextTransform: it takes a key of digits for a place in an array.
    text = Func(
        F(metadata),
        Value(one.key),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    return Q(Coalesce(lookup(text, Value(one.value)), Value(False)))


def _ordered(metadata: str, one: Condition) -> Q:
    # By JSON path, which compares numbers with numbers and texts with texts, and nothing else.
    path = f"strict $.keyvalue() ? (@.key == $key).value ? (@ {_SIGN[one.operator]} $value)"
    return Q(
        Func(
            F(metadata),
            Value(path),
            Value({"key": one.key, "value": one.value}, output_field=JSONField()),
            function="jsonb_path_exists",
            output_field=BooleanField(),
        )
    )
