"""The filter grammar: a tree, or an error that names its path."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import InvalidInput
from memories.rules import filters
from memories.rules.filters import FIELDS, OPERATORS, AllOf, AnyOf, Condition, Kind, Not, Operator

ONE = {"type": "profile"}
IS_PROFILE = Condition("type", Operator.EQ, "profile")
FITTING = {
    Kind.TEXT: "x",
    Kind.NUMBER: 0.5,
    Kind.TIME: "2026-05-01T12:00:00Z",
    Kind.LIST: "x",
    Kind.JSON: 7,
}
FIELD_OF = {kind: name for name, kind in FIELDS.items()} | {Kind.JSON: "metadata.trip"}
MEANT = [(kind, operator) for kind in Kind for operator in Operator if operator in OPERATORS[kind]]
NOT_MEANT = [(kind, op) for kind in Kind for op in Operator if op not in OPERATORS[kind]]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["AND", "OR", "NOT", *FIELDS, "metadata.x", "metadata.", *Operator, "?"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=20,
)


def refused_at(value):
    with pytest.raises(InvalidInput) as refusal:
        filters.parse(value)
    (error,) = refusal.value.fields
    return error.field


def nested(levels):
    value = ONE
    for _ in range(levels):
        value = {"NOT": value}
    return value


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        (ONE, IS_PROFILE),
        ({}, AllOf(())),
        ({"type": {"eq": "profile"}}, IS_PROFILE),
        ({"categories": "work"}, Condition("categories", Operator.CONTAINS, "work")),
        ({"metadata.trip": "rome"}, Condition("metadata", Operator.EQ, "rome", "trip")),
        ({"metadata.a__b": 1}, Condition("metadata", Operator.EQ, 1, "a__b")),
        ({"metadata.a.b": None}, Condition("metadata", Operator.EQ, None, "a.b")),
        ({"metadata.metadata.x": True}, Condition("metadata", Operator.EQ, True, "metadata.x")),
        ({"NOT": ONE}, Not(IS_PROFILE)),
        ({"NOT": [ONE, ONE]}, Not(AnyOf((IS_PROFILE, IS_PROFILE)))),
        ({"AND": [ONE, ONE]}, AllOf((IS_PROFILE, IS_PROFILE))),
        ({"OR": [ONE]}, AnyOf((IS_PROFILE,))),
        ({**ONE, "OR": [ONE]}, AllOf((IS_PROFILE, AnyOf((IS_PROFILE,))))),
        (
            {"importance": {"gte": 0.2, "lt": 0.8}},
            AllOf(
                (
                    Condition("importance", Operator.GTE, 0.2),
                    Condition("importance", Operator.LT, 0.8),
                )
            ),
        ),
    ],
)
def test_what_is_written_is_what_is_meant(written, tree):
    assert filters.parse(written) == tree


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ([], "filters"),
        ("type", "filters"),
        (None, "filters"),
        ({"colour": "red"}, "filters.colour"),
        ({"and": [ONE]}, "filters.and"),
        ({"metadata.": 1}, "filters.metadata."),
        ({"metadata": {}}, "filters.metadata"),
        ({"namespace_id": "x"}, "filters.namespace_id"),
        ({"subject_id": "x"}, "filters.subject_id"),
        ({"type": 7}, "filters.type"),
        ({"type": None}, "filters.type"),
        ({"type": ["a"]}, "filters.type"),
        ({"type": {}}, "filters.type"),
        ({"type": {"like": "x"}}, "filters.type.like"),
        ({"type": {"in": "x"}}, "filters.type.in"),
        ({"type": {"in": ["x", 7]}}, "filters.type.in[1]"),
        ({"type": {"exists": 1}}, "filters.type.exists"),
        ({"importance": "high"}, "filters.importance"),
        ({"importance": True}, "filters.importance"),
        ({"importance": {"gt": float("nan")}}, "filters.importance.gt"),
        ({"importance": {"gt": float("inf")}}, "filters.importance.gt"),
        ({"importance": {"gt": 10**400}}, "filters.importance.gt"),
        ({"occurred_at": "yesterday"}, "filters.occurred_at"),
        ({"occurred_at": 1700000000}, "filters.occurred_at"),
        ({"metadata.trip": {"eq": {"a": 1}}}, "filters.metadata.trip.eq"),
        ({"metadata.trip": {"eq": [1]}}, "filters.metadata.trip.eq"),
        ({"AND": []}, "filters.AND"),
        ({"AND": ONE}, "filters.AND"),
        ({"OR": [ONE, {"AND": [ONE, 7]}]}, "filters.OR[1].AND[1]"),
        ({"NOT": []}, "filters.NOT"),
        ({"NOT": {"NOT": {"x": 1}}}, "filters.NOT.NOT.x"),
        ({"NOT": [ONE, {"x": 1}]}, "filters.NOT[1].x"),
    ],
)
def test_an_error_names_its_path(written, path):
    assert refused_at(written) == path


def test_an_unknown_field_hears_of_those_that_are():
    with pytest.raises(InvalidInput) as refusal:
        filters.parse({"colour": "red"})

    message = refusal.value.fields[0].message
    assert all(name in message for name in ("AND", "OR", "NOT", *FIELDS, "metadata.<key>"))


@pytest.mark.parametrize(("kind", "operator"), MEANT)
def test_an_operator_that_fits_its_field_is_read(kind, operator):
    value = FITTING[kind]
    value = {Operator.EXISTS: True, Operator.IN: [value]}.get(operator, value)
    if operator in (Operator.CONTAINS, Operator.ICONTAINS):
        value = "x"

    assert filters.parse({FIELD_OF[kind]: {operator.value: value}}).operator is operator


@pytest.mark.parametrize(("kind", "operator"), NOT_MEANT)
def test_an_operator_that_fits_no_such_field_is_refused(kind, operator):
    name = FIELD_OF[kind]

    assert refused_at({name: {operator.value: FITTING[kind]}}) == f"filters.{name}.{operator}"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-05-01", datetime(2026, 5, 1, tzinfo=UTC)),
        ("2026-05-01T12:00:00", datetime(2026, 5, 1, 12, tzinfo=UTC)),
        ("2026-05-01T12:00:00Z", datetime(2026, 5, 1, 12, tzinfo=UTC)),
        ("2026-05-01T14:00:00+02:00", datetime(2026, 5, 1, 12, tzinfo=UTC)),
    ],
)
def test_a_time_without_an_offset_is_utc(written, moment):
    found = filters.parse({"occurred_at": {"gte": written}}).value

    assert found == moment
    assert found.tzinfo is not None


def test_nesting_has_an_end():
    assert filters.parse(nested(filters.MAX_DEPTH))
    assert refused_at(nested(filters.MAX_DEPTH + 1)).endswith(".NOT")


def test_a_filter_of_many_conditions_has_an_end():
    assert filters.parse({"OR": [ONE] * filters.MAX_CONDITIONS})
    assert refused_at({"OR": [ONE] * (filters.MAX_CONDITIONS + 1)}) == "filters"


def test_two_bounds_of_one_field_are_two_conditions():
    both = {"importance": {"gte": 0, "lte": 1}}

    assert refused_at({"OR": [both] * (filters.MAX_CONDITIONS // 2 + 1)}) == "filters"


def test_a_list_of_values_has_an_end():
    values = [str(number) for number in range(filters.MAX_VALUES + 1)]

    assert filters.parse({"type": {"in": values[:-1]}})
    assert refused_at({"type": {"in": values}}) == "filters.type.in"


def test_a_text_has_an_end():
    assert filters.parse({"text": {"contains": "x" * filters.MAX_TEXT}})
    assert refused_at({"text": {"contains": "x" * (filters.MAX_TEXT + 1)}})


def errors_of(value):
    try:
        filters.parse(value)
    except InvalidInput as refusal:
        return refusal.fields
    return None


@given(JSON)
def test_whatever_is_written_is_read_or_refused_with_a_path(value):
    errors = errors_of(value)

    assert errors is None or [error.field.split(".")[0].split("[")[0] for error in errors] == [
        "filters"
    ]
