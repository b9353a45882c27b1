"""A value that a model proposes, as its slot keeps it: one spelling, whoever read it."""

from collections.abc import Mapping

from memories.rules import slot_values
from memories.rules.slot_values import Reader

_READERS: Mapping[str, Reader] = {
    "language": slot_values.language,
    "length": slot_values.length,
    "format": slot_values.format_,
    "birthday": slot_values.birthday,
    "units": slot_values.lower,
    "tone": slot_values.tone,
    "theme": slot_values.theme,
}


def is_read(slot: str) -> bool:
    """Whether values of this slot have one spelling."""
    return slot in _READERS


def as_kept(slot: str, value: str) -> str:
    """The value in that spelling, or as it was given where there is none."""
    if slot not in _READERS:
        return slot_values.as_said(value)
    plain = slot_values.as_said(value)
    return _READERS[slot](plain) or plain
