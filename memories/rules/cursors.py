"""Cursors of pages: opaque to callers, the last id of a page to us."""

import base64
import uuid


def write(last: uuid.UUID) -> str:
    """The cursor after this id."""
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def read(cursor: str) -> uuid.UUID | None:
    """The id in a cursor, or None if we did not write it."""
    try:
        found = uuid.UUID(bytes=base64.urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except ValueError:
        return None
    # The decoder skips what it does not know; only what we wrote is taken.
    return found if write(found) == cursor else None
