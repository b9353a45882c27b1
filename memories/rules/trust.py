"""How far a statement is believed. It comes from where it entered, never from what it says."""

from enum import IntEnum


class Trust(IntEnum):
    """From least to most; the lower never supersedes the higher."""

    DOCUMENT = 10
    TOOL = 20
    ASSISTANT = 30
    SUBJECT = 40
    CORRECTION = 50


_BY_ROLE = {
    "user": Trust.SUBJECT,
    "assistant": Trust.ASSISTANT,
    "tool": Trust.TOOL,
    "system": Trust.TOOL,
    "document": Trust.DOCUMENT,
}


def of_role(role: str) -> Trust:
    """The trust of what a role in a conversation says."""
    return _BY_ROLE.get(role, Trust.DOCUMENT)
