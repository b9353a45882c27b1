"""Logs tell what happened and where, never what was said.

An exception's message may repeat a value that it choked on, so only its type and place are logged.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from governance import request_context

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RequestFields(logging.Filter):
    """Puts the request's id on each record, and takes an exception's message off Celery's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never refuses a record."""
        record.request_id = request_context.current_request_id()
        if isinstance(record.args, dict) and "exc" in record.args:
            record.args = {**record.args, "exc": "(its message is not logged)", "traceback": ""}
            record.data = None
        return True


class ContentFree(JsonFormatter):
    """JSON lines; an exception is its type and its frames, causes first, without messages."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """The type and the frames."""
        return "".join(_told(ei[1]))


def _told(error: BaseException | None) -> list[str]:
    if error is None:
        return []
    earlier = _told(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    frames: list[Any] = traceback.format_tb(error.__traceback__)
    return [*earlier, *frames, f"{type(error).__module__}.{type(error).__qualname__}\n"]
