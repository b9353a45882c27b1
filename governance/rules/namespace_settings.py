"""The schema of a namespace's settings."""

from dataclasses import dataclass
from typing import Any

from governance.rules import json_schema

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "embedding_model": {
            "type": "string",
            "pattern": "^(local|openai):[A-Za-z0-9._/-]{1,100}\\Z",
            "description": "provider:model, such as local:bge-small-en-v1.5",
        },
        "language": {
            "type": "string",
            "enum": [
                "danish", "dutch", "english", "finnish", "french", "german", "hungarian",
                "italian", "norwegian", "portuguese", "romanian", "russian", "spanish", "swedish",
                "turkish",
            ],
            "description": "Whose word endings full text strips.",
        },
        "message_days": {
            "type": "integer",
            "minimum": 0,
            "maximum": 3650,
            "description": "Days for which an episode's raw messages stay after extraction.",
        },
        "trace_days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 3650,
            "description": "Days for which recall traces stay.",
        },
        "requests_per_minute": {
            "type": "integer",
            "minimum": 0,
            "description": "Requests a minute for each key; 0 means no limit.",
        },
        "default_strategy": {
            "type": "string",
            "pattern": "^[a-z0-9_-]{1,48}\\Z",
            "description": "The strategy of a recall that names none.",
        },
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamespaceSettings:
    """A namespace's settings with the defaults filled in."""

    embedding_model: str
    language: str = "english"
    message_days: int = 7
    trace_days: int = 90
    requests_per_minute: int | None = None
    default_strategy: str = "default"


def check(settings: Any) -> None:
    """Raise InvalidInput with the field's path for each setting outside the schema."""
    json_schema.check(settings, SCHEMA, at="settings")


def read(settings: dict[str, Any]) -> NamespaceSettings:
    """The stored settings as a value."""
    return NamespaceSettings(**settings)
