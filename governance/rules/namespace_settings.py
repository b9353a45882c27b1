"""The schema of a namespace's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.errors import InvalidInput, SettingsUnreadable
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
        "extractor": {
            "type": "string",
            "enum": ["offline", "model"],
            "description": "Who reads conversations: the offline extractor or a language model.",
        },
        "extraction_model": {
            "type": "string",
            "pattern": "^[^\\s]{1,120}\\Z",
            "description": "The language model's name at its endpoint; empty: the deployment's.",
        },
        "extraction_instructions": {
            "type": "string",
            "maxLength": 4000,
            "description": "What the language model is told besides: what matters here, what not.",
        },
        "debounce_seconds": {
            "type": "integer",
            "minimum": 0,
            "maximum": 600,
            "description": "How long a conversation rests before it is extracted, to batch turns.",
        },
        "batch_messages": {
            "type": "integer",
            "minimum": 1,
            "maximum": 200,
            "description": "At most so many messages of one person are read by one model call.",
        },
        "min_confidence": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "Below it, a candidate waits for a person's review.",
        },
        "secrets": {
            "type": "string",
            "enum": ["mask", "refuse"],
            "description": "What is done with passwords, keys and card numbers in what is sent.",
        },
        "sensitive_purposes": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z0-9_-]{1,48}\\Z"},
            "maxItems": 20,
            "description": "Purposes for which a context may hold sensitive memories.",
        },
        "context_templates": {
            "type": "object",
            "maxProperties": 20,
            "patternProperties": {
                "^[a-z0-9][a-z0-9_-]{0,47}\\Z": {"type": "string", "maxLength": 4000}
            },
            "additionalProperties": False,
            "description": "Django templates of a context's sections, by section.",
        },
        "chat_model": {
            "type": "string",
            "pattern": "^[^\\s]{1,120}\\Z",
            "description": "The model that chat completions are forwarded to, whatever is asked.",
        },
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamespaceSettings:
    """A namespace's settings with the defaults filled in."""

    embedding_model: str = ""
    language: str = "english"
    message_days: int = 7
    trace_days: int = 90
    requests_per_minute: int | None = None
    default_strategy: str = "default"
    # None, or "" of a text: as the deployment is set up.
    extractor: str | None = None
    extraction_model: str = ""
    extraction_instructions: str = ""
    debounce_seconds: int | None = None
    batch_messages: int = 40
    min_confidence: float = 0.35
    secrets: str = "mask"
    sensitive_purposes: tuple[str, ...] = ()
    context_templates: Mapping[str, str] = field(default_factory=dict)
    chat_model: str = ""


def check(settings: Any) -> None:
    """Raise InvalidInput with the field's path for each setting outside the schema."""
    json_schema.check(settings, SCHEMA, at="settings")


def read(settings: dict[str, Any]) -> NamespaceSettings:
    """The stored settings as a value. What this version does not know is passed over: a row that a
    later one wrote must not stop the site.

    Raises SettingsUnreadable, naming the settings whose values do not fit.
    """
    if not isinstance(settings, dict):  # what is stored was not always written through `check`
        raise SettingsUnreadable
    known = {
        name: value
        for name, value in settings.items()
        if name in SCHEMA["properties"] and value is not None  # null: not set
    }
    try:
        check(known)
    except InvalidInput as error:
        raise SettingsUnreadable(fields=error.fields) from None
    purposes = tuple(known.get("sensitive_purposes", ()))
    return NamespaceSettings(**{**known, "sensitive_purposes": purposes})
