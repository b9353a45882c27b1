"""What an extractor reads and hands back."""

import uuid
from datetime import UTC, datetime

from memories.rules.readings import Meter, Neighbour, Reading

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_what_may_come_back_is_what_is_near_and_what_was_recalled():
    near = Neighbour(uuid.uuid4(), "profile", "I live in Delft")

    reading = Reading([], {}, NOW, neighbours=[near], recalled=["I like tea"])

    assert reading.known == ["I live in Delft", "I like tea"]


def test_a_reading_without_a_call_cost_nothing():
    assert Meter().as_stored() == {}


def test_a_meter_tells_what_was_spent_under_the_counters_names():
    meter = Meter(prompt=10, completion=2, calls=1, malformed=1)

    assert meter.as_stored() == {"prompt": 10, "completion": 2, "calls": 1}
    assert meter.as_counted() == {
        "tokens.prompt": 10,
        "tokens.completion": 2,
        "model.calls": 1,
        "model.malformed": 1,
    }
