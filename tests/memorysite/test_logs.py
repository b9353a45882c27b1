"""No word of a person reaches a log line, not even through an exception."""

import json
import logging
import sys

from memorysite.logs import ContentFree, RequestFields

SAID, WHERE = "Ada keeps bees", "in Delft"


def line(record):
    RequestFields().filter(record)
    return ContentFree("%(levelname)s %(message)s").format(record)


def failing():
    try:
        raise ValueError(SAID)
    except ValueError:
        try:
            raise KeyError(WHERE)
        except KeyError:
            return sys.exc_info()


def test_an_exception_is_logged_without_its_message_and_with_its_place():
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "broken", None, failing())

    told = json.loads(line(record))

    assert "bees" not in json.dumps(told)
    assert "Delft" not in json.dumps(told)
    assert "builtins.ValueError" in told["exc_info"]
    assert "in failing" in told["exc_info"]


def test_what_celery_says_of_a_failed_task_holds_no_message():
    context = {"name": "extract", "exc": "ValueError('Ada keeps bees')", "traceback": "bees"}
    record = logging.LogRecord(
        "celery.app.trace", logging.ERROR, __file__, 1, "%(name)s: %(exc)s", (context,), None
    )

    assert "bees" not in line(record)
    assert "extract" in line(record)
