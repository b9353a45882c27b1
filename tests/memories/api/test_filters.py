"""Filters against rows: what PostgreSQL finds is what the grammar means, for any filter."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from memories.rules import filters
from memories.rules.filters import AllOf, AnyOf, Condition, Not, Operator
from tests.memories.api.talk import page, recalled, remember_all

pytestmark = pytest.mark.django_db
MOMENTS = ["2026-05-01T00:00:00Z", "2026-06-01T12:00:00Z"]
WORDS = ["rome", "Rome", "oslo", "100%", "a_b", "\\"]
NUMBERS = [0, 0.25, 0.5, 1]
KEYS = ["trip", "a__b", "c.d", "2024", "99999999999", "metadata.x"]
ROWS: list[dict[str, Any]] = [
    {"text": "rome in spring", "type": "profile", "importance": 0.25, "categories": ["rome"]},
    {"text": "Oslo 100% rain", "type": "preference", "importance": 1, "speaker": "Ada"},
    {"text": "nothing", "metadata": {"trip": "rome", "a__b": 1, "2024": True}},
    {"text": "back\\slash", "metadata": {"trip": None, "c.d": "Rome a_b", "99999999999": 0.5}},
    {"text": "a list", "metadata": {"trip": ["rome", "oslo"], "metadata.x": {"k": "oslo"}}},
    {"text": "dated", "occurred_at": MOMENTS[0], "app_id": "web", "categories": ["a_b", "Oslo"]},
    {"text": "to end", "expires_at": "2999-01-01T00:00:00Z", "agent_id": "a", "run_id": "r"},
    {"text": "numbers", "metadata": {"trip": 0.25, "a__b": "1", "c.d": -0.5, "2024": False}},
]


def value_of(row, name):
    absent = {"categories": [], "importance": 0.5, "confidence": 1.0, "type": "interaction"}
    found = row.get(name, absent.get(name, "" if name in TEXTS else None))
    return datetime.fromisoformat(found) if found and name in TIMES else found


TEXTS = ("slot", "speaker", "agent_id", "app_id", "run_id", "text")
TIMES = ("occurred_at", "expires_at")
ORDER = {
    Operator.GT: lambda a, b: a > b,
    Operator.GTE: lambda a, b: a >= b,
    Operator.LT: lambda a, b: a < b,
    Operator.LTE: lambda a, b: a <= b,
}


def holds(found, row):
    match found:
        case AllOf(parts):
            return all(holds(part, row) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row) for part in parts)
        case Not(part):
            return not holds(part, row)
        case Condition(field="metadata"):
            return in_metadata(found, row.get("metadata", {}))
        case Condition(field="categories"):
            return in_list(found, value_of(row, "categories"))
        case Condition():
            return compares(found.operator, value_of(row, found.field), found.value)


def compares(operator, held, wanted):
    match operator:
        case Operator.EQ:
            return held == wanted
        case Operator.NE:
            return held != wanted
        case Operator.IN:
            return held in wanted
        case Operator.CONTAINS:
            return wanted in held
        case Operator.ICONTAINS:
            return wanted.lower() in held.lower()
        case Operator.EXISTS:
            return (held not in (None, "")) is wanted
        case _:
            return held is not None and ORDER[operator](held, wanted)


def in_list(one, held):
    match one.operator:
        case Operator.IN:
            return any(value in held for value in one.value)
        case Operator.CONTAINS:
            return one.value in held
        case Operator.ICONTAINS:
            return any(one.value.lower() in each.lower() for each in held)
        case _:
            return bool(held) is one.value


def in_metadata(one, held):
    there, value = one.key in held, held.get(one.key)
    match one.operator:
        case Operator.EXISTS:
            return there is one.value
        case Operator.EQ:
            return there and same(value, one.value)
        case Operator.NE:
            return not (there and same(value, one.value))
        case Operator.IN:
            return there and any(same(value, each) for each in one.value)
        case Operator.CONTAINS | Operator.ICONTAINS:
            return in_words(one, value)
        case _:
            return kind(value) == kind(one.value) in (str, float) and ORDER[one.operator](
                value, one.value
            )


def kind(value):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float if is_number else type(value)


def same(value, wanted):
    return kind(value) is kind(wanted) and value == wanted


def in_words(one, value):
    if isinstance(value, str):
        return compares(one.operator, value, one.value)
    return one.operator is Operator.CONTAINS and isinstance(value, list) and one.value in value


TEXT = st.sampled_from(WORDS)
TEXT_CONDITION = st.one_of(
    TEXT,
    st.fixed_dictionaries({"ne": TEXT}),
    st.fixed_dictionaries({"in": st.lists(TEXT, max_size=3)}),
    st.fixed_dictionaries({"contains": TEXT}),
    st.fixed_dictionaries({"icontains": TEXT}),
    st.fixed_dictionaries({"exists": st.booleans()}),
)
ORDERED = st.sampled_from(["eq", "ne", "gt", "gte", "lt", "lte"])


def ordered(values):
    return st.dictionaries(ORDERED, st.sampled_from(values), min_size=1, max_size=2)


SCALAR = st.sampled_from([*WORDS, *NUMBERS, True, False, None])
# An array's or an object's JSON, as text, is no promise: only texts are looked into here.
METADATA_CONDITION = st.one_of(
    SCALAR,
    st.fixed_dictionaries({"ne": SCALAR}),
    st.fixed_dictionaries({"in": st.lists(SCALAR, max_size=3)}),
    st.dictionaries(
        st.sampled_from(["gt", "gte", "lt", "lte"]),
        SCALAR.filter(lambda one: one is not None and not isinstance(one, bool)),
        min_size=1,
        max_size=1,
    ),
    st.fixed_dictionaries({"exists": st.booleans()}),
)
LEAF = st.one_of(
    st.dictionaries(st.sampled_from([*TEXTS, "type"]), TEXT_CONDITION, max_size=2),
    st.fixed_dictionaries({"importance": ordered(NUMBERS)}),
    st.dictionaries(st.sampled_from(TIMES), ordered(MOMENTS), min_size=1, max_size=1),
    st.fixed_dictionaries(
        {"categories": TEXT_CONDITION.filter(lambda one: isinstance(one, str) or "ne" not in one)}
    ),
    st.dictionaries(
        st.sampled_from(KEYS).map("metadata.{}".format), METADATA_CONDITION, min_size=1, max_size=2
    ),
)
FILTER = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"AND": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"OR": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"NOT": inner}),
        st.fixed_dictionaries({"NOT": st.lists(inner, min_size=1, max_size=2)}),
    ),
    max_leaves=6,
)


@given(FILTER)
@example({})
@example({"NOT": {}})
@example({"OR": [{}, {"type": "profile"}]})
@example({"NOT": {"metadata.trip": "rome"}})
@example({"NOT": {"NOT": {"metadata.trip": {"gt": 0}}}})
@example({"metadata.trip": None})
@example({"type": {"in": []}})
@example({"metadata.trip": {"in": []}})
@example({"NOT": {"occurred_at": {"gt": MOMENTS[0]}}})
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_found_is_what_is_meant(rows_of_many_kinds, written):
    meant = {row["text"] for row in ROWS if holds(filters.parse(written), row)}

    with transaction.atomic():
        found = page(rows_of_many_kinds, filters=written, limit=200)["results"]

    assert {one["memory"] for one in found} == meant


@given(FILTER)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_recall_finds_by_the_same_rule(rows_of_many_kinds, written):
    meant = {row["text"] for row in ROWS if holds(filters.parse(written), row)}

    with transaction.atomic():
        found = recalled(rows_of_many_kinds, "rome", filters=written, threshold=0, top_k=200)

    assert set(found) == meant


@pytest.fixture
def rows_of_many_kinds(bot):
    remember_all(bot, ROWS)
    return bot


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"metadata.trip": {"contains": "rome"}}, {"nothing", "a list"}),
        ({"metadata.trip": {"contains": "rom"}}, {"nothing", "a list"}),
        ({"metadata.trip": {"icontains": "ROM"}}, {"nothing", "a list"}),
        ({"metadata.c.d": {"contains": "a_b"}}, {"back\\slash"}),
        ({"metadata.c.d": {"contains": "aXb"}}, set()),
        (
            {"NOT": {"metadata.c.d": {"icontains": "rome"}}},
            {r["text"] for r in ROWS} - {"back\\slash"},
        ),
    ],
)
def test_words_within_metadata_are_found(rows_of_many_kinds, written, found):
    assert {one["memory"] for one in page(rows_of_many_kinds, filters=written)["results"]} == found


def test_times_of_the_row_itself_can_be_asked_for(rows_of_many_kinds):
    now = datetime.now(UTC).isoformat()  # noqa: TID251 - the rows were made by the real clock

    for name in ("created_at", "updated_at", "valid_from"):
        assert page(rows_of_many_kinds, filters={name: {"gt": now}})["results"] == []
        assert len(page(rows_of_many_kinds, filters={name: {"lte": now}})["results"]) == len(ROWS)
