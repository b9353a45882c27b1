"""JSON Schema: offences by their path, and schemas that stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.errors import InvalidInput
from governance.rules import json_schema

PERSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "pets": {"type": "array", "items": {"type": "object", "required": ["kind"]}},
    },
}


def refused(value, schema=PERSON):
    with pytest.raises(InvalidInput) as refusal:
        json_schema.check(value, schema, at="data")
    return refusal.value.fields


def test_what_fits_passes():
    json_schema.check({"name": "Ada", "pets": [{"kind": "bee"}]}, PERSON, at="data")


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        ([], ["data"]),
        ({}, ["data"]),
        ({"name": 7}, ["data.name"]),
        ({"name": "Ada", "age": 3}, ["data"]),
        ({"name": "Ada", "pets": [{"kind": "bee"}, {}]}, ["data.pets.1"]),
        ({"name": 7, "pets": 8}, ["data.name", "data.pets"]),
    ],
)
def test_each_offence_is_named_by_its_path(value, paths):
    assert sorted(error.field for error in refused(value)) == paths


def test_a_thousand_offences_are_told_in_a_few():
    found = refused(list(range(1000)), {"items": {"type": "string"}})

    assert len(found) == json_schema.MAX_ERRORS


def test_a_long_value_is_not_repeated_whole():
    (error,) = refused({"name": ["x" * 10_000]})

    assert len(error.message) <= 300


@given(
    st.recursive(
        st.none() | st.floats() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
        max_leaves=8,
    )
)
def test_no_value_breaks_the_check(value):
    json_schema.check(value, {}, at="data")


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "object", "properties": {"value": {"type": ["string", "number"]}}},
        {"properties": {"a": {"enum": [1, "two", None]}}},
    ],
)
def test_a_schema_passes(schema):
    json_schema.check_schema(schema, at="data_schema")


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nonsense"},
        {"properties": []},
        {"minimum": "three"},
        {"properties": {"a": {"pattern": "("}}},
        {"required": "name"},
        7,
    ],
)
def test_what_is_no_schema_is_refused(schema):
    with pytest.raises(InvalidInput, match="no JSON Schema"):
        json_schema.check_schema(schema, at="data_schema")


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "https://elsewhere.example/schema"},
        {"$ref": "file:///etc/passwd"},
        {"$ref": "#/definitions/missing"},
        {"$ref": "#"},
        {"properties": {"a": {"items": {"$ref": "#"}}}},
        {"allOf": [{"$dynamicRef": "#x"}]},
    ],
)
def test_a_schema_that_refers_to_another_is_refused(schema):
    with pytest.raises(InvalidInput) as refusal:
        json_schema.check_schema(schema, at="data_schema")

    assert [error.field for error in refusal.value.fields] == ["data_schema"]


def test_a_pattern_that_backtracks_without_end_is_given_up():
    schema = {"type": "string", "pattern": "^(a|aa)+$"}

    with pytest.raises(InvalidInput) as refusal:
        json_schema.check("a" * 5000 + "b", schema, at="data")

    assert "takes too long" in refusal.value.fields[0].message


def test_a_text_that_does_not_match_is_not_repeated():
    with pytest.raises(InvalidInput) as refusal:
        json_schema.check("tell nobody", {"pattern": "^[0-9]+$"}, at="data")

    assert "tell nobody" not in refusal.value.fields[0].message
