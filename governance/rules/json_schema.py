"""JSON Schema (draft 2020-12), with our errors."""

from collections.abc import Iterator
from typing import Any

import regex
from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import SchemaError, ValidationError

from governance.errors import FieldError, InvalidInput

MAX_ERRORS = 20
# A pattern that staff wrote may backtrack without end on a text that a bot sends.
PATTERN_SECONDS = 0.1


def _pattern(
    _validator: Any, pattern: str, instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    if not isinstance(instance, str):
        return
    try:
        if not regex.search(pattern, instance, timeout=PATTERN_SECONDS):
            yield ValidationError(f"It does not match {pattern!r}.")
    except TimeoutError:
        yield ValidationError(
            f"The pattern {pattern!r} takes too long on it; simplify the pattern."
        )
    except regex.error:
        yield ValidationError(f"The pattern {pattern!r} cannot be used.")


_Validator: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)


def check(value: Any, schema: dict[str, Any], *, at: str) -> None:
    """Raise InvalidInput naming the path of each offence below `at`."""
    found = list(_Validator(schema).iter_errors(value))[:MAX_ERRORS]
    if found:
        raise InvalidInput(
            f"{at} does not fit its schema.",
            fields=[FieldError(_path(at, error), error.message[:300]) for error in found],
        )


def check_schema(schema: Any, *, at: str) -> None:
    """Raise InvalidInput unless this is itself a JSON Schema, and without references."""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise InvalidInput(
            f"{at} is no JSON Schema.", fields=[FieldError(at, error.message[:300])]
        ) from error
    if _refers(schema):
        raise InvalidInput(
            f"{at} refers to another schema.",
            fields=[FieldError(at, "Write it whole: $ref and $dynamicRef are not followed.")],
        )


def _path(at: str, error: ValidationError) -> str:
    return ".".join([at, *(str(part) for part in error.absolute_path)])


def _refers(node: Any) -> bool:
    """References may lead outside, nowhere, or round in a circle; none is needed here."""
    if isinstance(node, dict):
        return bool({"$ref", "$dynamicRef"} & node.keys()) or any(map(_refers, node.values()))
    return isinstance(node, list) and any(map(_refers, node))
