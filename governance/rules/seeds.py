"""The memory types that a new namespace starts with."""

from typing import Any

_VALUE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"value": {"type": ["string", "number", "boolean"]}},
}

MEMORY_TYPES: tuple[dict[str, Any], ...] = (
    {
        "name": "profile",
        "description": "Who the person is: name, where they live, work, family, time zone.",
        "data_schema": _VALUE_SCHEMA,
        "pinned": True,
        "precedence": 30,
        "half_life_days": None,
        "sensitivity": "personal",
    },
    {
        "name": "preference",
        "description": "How the person likes things: language, tone, format, tools, tastes.",
        "data_schema": _VALUE_SCHEMA,
        "pinned": True,
        "precedence": 20,
        "half_life_days": 365.0,
        "sensitivity": "normal",
    },
    {
        "name": "interaction",
        "description": "What happened: events, experiences, things said and done, with their date.",
        "pinned": False,
        "precedence": 0,
        "half_life_days": 90.0,
        "sensitivity": "normal",
    },
    {
        "name": "task_state",
        "description": "Where work stands: goals, decisions, next steps, what is blocked.",
        "data_schema": _VALUE_SCHEMA,
        "pinned": False,
        "precedence": 10,
        "half_life_days": 30.0,
        "sensitivity": "normal",
    },
)
