"""Cursors of pages: opaque to callers, the last id of a page to us."""

import base64
import binascii
import uuid


def write(last: uuid.UUID) -> str:
    """The cursor after this id."""
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def read(cursor: str) -> uuid.UUID | None:
    """The id in a cursor, or None if we did not write it."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"==")
    except (binascii.Error, UnicodeEncodeError):
        return None
    return uuid.UUID(bytes=raw) if len(raw) == 16 else None  # noqa: PLR2004
