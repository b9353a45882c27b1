"""Each counter says what it counts, and nothing is divided by nothing."""

import pytest

from memories.rules import quality_counters
from memories.rules.quality_counters import DEFINITIONS, counted


def test_every_counter_says_what_it_means():
    for definition in DEFINITIONS.values():
        assert definition.title
        assert definition.meaning.endswith(".")
        assert definition.reads in {"share", "mean", "number"}


@pytest.mark.parametrize(
    ("part", "of", "value"), [(1, 4, 0.25), (0, 4, 0.0), (0, 0, None), (3, 0, None), (7, 2, 3.5)]
)
def test_a_share_of_nothing_is_no_number(part, of, value):
    assert counted("abstention", part, of)["value"] == value


def test_a_number_stands_for_itself():
    assert counted("reviews_open", 3) == {"value": 3, "part": 3, "of": None}


def test_a_counter_without_a_definition_is_refused():
    with pytest.raises(KeyError):
        counted("made_up", 1, 2)


def test_what_extraction_keeps_is_not_what_it_passes_over():
    assert not {"IGNORE", "QUARANTINE", "RETRACT"} & set(quality_counters.KEPT)
