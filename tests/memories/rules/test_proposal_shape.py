"""The form of a reply."""

from jsonschema import Draft202012Validator

from memories.rules import proposal_shape
from memories.rules.readings import Guide

TRIP = Guide("trip", data_schema={"properties": {"place": {}, "value": {}, "days": {}}})


def parts(schema):
    yield schema
    for value in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(value, dict | list):
            yield from parts(value)


def test_every_object_is_closed_and_all_of_it_required():
    schema = proposal_shape.reply_schema({"trip": TRIP, "profile": Guide("profile")})

    objects = [
        one for one in parts(schema) if isinstance(one, dict) and one.get("type") == "object"
    ]
    assert len(objects) == 3
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
    Draft202012Validator.check_schema(schema)


def test_types_are_those_of_the_namespace():
    schema = proposal_shape.reply_schema({"trip": TRIP, "profile": Guide("profile")})

    item = schema["properties"]["candidates"]["items"]["properties"]
    assert item["type"]["enum"] == ["profile", "trip"]


def test_fields_are_asked_for_only_where_a_type_has_some():
    plain = proposal_shape.reply_schema({"profile": Guide("profile")})
    rich = proposal_shape.reply_schema({"trip": TRIP})

    assert "fields" not in plain["properties"]["candidates"]["items"]["properties"]
    fields = rich["properties"]["candidates"]["items"]["properties"]["fields"]
    assert fields["items"]["properties"]["name"]["enum"] == ["days", "place"]


def test_a_candidate_that_was_asked_for_is_accepted_and_a_bare_one_too():
    accepts = Draft202012Validator(proposal_shape.CANDIDATE).is_valid

    assert accepts({"message": 1, "type": "profile", "text": "I live in Delft"})
    assert not accepts({"message": "1", "type": "profile", "text": "I live in Delft"})
    assert not accepts({"message": True, "type": "profile", "text": "x"})
    assert not accepts({"message": 1, "type": "profile", "text": "x", "relation": "replaces"})
