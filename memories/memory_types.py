"""Memory types as writers meet them: known names, slots, and the shape of data."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from governance.errors import FieldError, InvalidInput
from governance.models import MemoryType
from governance.rules import json_schema


def by_name(namespace_id: uuid.UUID) -> dict[str, MemoryType]:
    """The active types. Inside the namespace's scope."""
    found = MemoryType.objects.filter(namespace_id=namespace_id, active=True)
    return {kind.name: kind for kind in found}


def checked(
    name: str, slot: str, data: Mapping[str, Any], *, types: Mapping[str, MemoryType], at: str
) -> MemoryType:
    """The type of this name; raises InvalidInput unless slot and data fit it."""
    kind = types.get(name)
    if kind is None:
        raise _wrong(f"{at}.type", f"Use one of: {', '.join(sorted(types))}.")
    if slot and kind.slots and slot not in kind.slots:
        raise _wrong(f"{at}.slot", f"Slots of {name} are: {', '.join(kind.slots)}.")
    if data and kind.data_schema:
        json_schema.check(dict(data), kind.data_schema, at=f"{at}.data")
    return kind


def as_text(slot: str, data: Mapping[str, Any]) -> str:
    """What a memory without words says: its slot and its values."""
    value = data.get("value", data) if len(data) == 1 else data
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{slot.replace('_', ' ')}: {shown}" if slot else shown


def _wrong(at: str, message: str) -> InvalidInput:
    return InvalidInput("A memory does not fit its type.", fields=[FieldError(at, message)])
