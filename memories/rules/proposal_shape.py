"""The shape of a language model's reply: what it is asked for, and what is accepted."""

from collections.abc import Mapping
from typing import Any

from governance.rules import sensitivity
from memories.rules.candidates import Relation
from memories.rules.readings import Guide

MAX_TEXT = 500
MAX_VALUE = 300
SLOT = r"^[a-z][a-z0-9_]{0,63}$"
_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_RELATIONS = [relation.value for relation in Relation]

# What is accepted of one candidate. Endpoints that do not enforce a schema leave things out.
CANDIDATE: dict[str, Any] = {
    "type": "object",
    "required": ["message", "type", "text"],
    "properties": {
        "message": {"type": "integer"},
        "type": {"type": "string"},
        "text": {"type": "string"},
        "slot": {"type": ["string", "null"]},
        "value": _SCALAR,
        "fields": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "required": ["name", "value"],
                "properties": {
                    "name": {"type": "string"},
                    "value": {"anyOf": [_SCALAR, {"type": "array", "items": {"type": "string"}}]},
                },
            },
        },
        "relation": {"enum": _RELATIONS},
        "about": {"type": ["integer", "null"]},
        "occurred_at": {"type": ["string", "null"]},
        "confidence": {"type": "number"},
        "importance": {"type": "number"},
        "sensitivity": {"enum": list(sensitivity.ORDER)},
    },
}


def reply_schema(guides: Mapping[str, Guide]) -> dict[str, Any]:
    """The JSON Schema that is sent with the request.

    In the subset that strict structured output allows: every property required, none beside
    them, nothing open.
    """
    properties: dict[str, Any] = {
        # Before what is made of it: a model that writes in this order has to look first.
        "message": {"type": "integer"},
        "text": {"type": "string"},
        "type": {"type": "string", "enum": sorted(guides)},
        "slot": {"type": ["string", "null"]},
        "value": _SCALAR,
        "relation": {"type": "string", "enum": _RELATIONS},
        "about": {"type": ["integer", "null"]},
        "occurred_at": {"type": ["string", "null"]},
        "confidence": {"type": "number"},
        "importance": {"type": "number"},
        "sensitivity": {"type": "string", "enum": list(sensitivity.ORDER)},
    }
    if names := field_names(guides):
        name = {"type": "string", "enum": names}
        value = {"anyOf": [_SCALAR, {"type": "array", "items": {"type": "string"}}]}
        properties["fields"] = {"type": "array", "items": _closed({"name": name, "value": value})}
    return _closed({"candidates": {"type": "array", "items": _closed(properties)}})


def field_names(guides: Mapping[str, Guide]) -> list[str]:
    """What data the types' schemas name besides `value`; of one depth only."""
    named = {name for guide in guides.values() for name in guide.data_schema.get("properties", {})}
    return sorted(named - {"value"})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
