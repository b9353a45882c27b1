"""JSON as PostgreSQL can keep it: no NaN, no NUL, no lone surrogates, not too deep."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from governance.errors import FieldError, TooLarge

MAX_DEPTH = 32
# Escapes of characters that a text column refuses; a pair of surrogates is fine and is joined.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


class StrictJSONParser(BaseParser):
    """Parses application/json; each refusal says what mends it."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value. Raises ParseError, TooLarge."""
        del media_type, parser_context
        # One byte more than fits, so that a body of unknown length cannot fill the memory.
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            remedy = f"Send at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes."
            raise TooLarge(remedy, fields=[FieldError("body", remedy)])
        return parsed(raw)


def parsed(raw: bytes) -> Any:
    """The value of a JSON text. Raises ParseError."""
    try:
        # Decoded here: given bytes, json would let half of a surrogate pair pass.
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ParseError(f"This is not valid JSON in UTF-8{where}.") from None
    if _deeper_than(value, MAX_DEPTH):
        raise ParseError(f"Nest at most {MAX_DEPTH} levels deep.")
    if _SUSPECT.search(raw):
        _refuse_unstorable(value)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not a JSON number.")


def _refuse_unstorable(value: Any) -> None:
    for text in _texts(value):
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise ParseError("A text holds half of a surrogate pair; send whole characters.")
        if "\x00" in text:
            raise ParseError("A text holds the character U+0000, which cannot be stored.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _texts(child)


def _deeper_than(value: Any, levels: int) -> bool:
    layer = [value]
    for _ in range(levels):
        layer = [
            child
            for node in layer
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not layer:
            return False
    return any(isinstance(node, dict | list) for node in layer)
