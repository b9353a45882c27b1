"""Cursors of pages: opaque to callers, the last id of a page to us."""

import base64
import uuid

from governance.errors import FieldError, InvalidInput


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


def after(cursor: str) -> uuid.UUID | None:
    """The id that a page begins after; None for the first page, which has no cursor.

    Raises InvalidInput for a cursor that we did not write.
    """
    found = read(cursor) if cursor else None
    if cursor and found is None:
        raise InvalidInput(
            "The cursor cannot be used.",
            fields=[FieldError("cursor", "Send next_cursor of the page before, unchanged.")],
        )
    return found
