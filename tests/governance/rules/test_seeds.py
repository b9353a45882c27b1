"""The memory types that every namespace starts with."""

import pytest

from governance.errors import InvalidInput
from governance.rules import json_schema, seeds

BY_NAME = {seed["name"]: seed for seed in seeds.MEMORY_TYPES}


def test_there_are_four_each_once():
    assert list(BY_NAME) == ["profile", "preference", "interaction", "task_state"]
    assert len(seeds.MEMORY_TYPES) == 4


def test_who_the_person_is_does_not_fade_and_what_happened_does():
    assert BY_NAME["profile"]["half_life_days"] is None
    assert (
        BY_NAME["task_state"]["half_life_days"]
        < BY_NAME["interaction"]["half_life_days"]
        < BY_NAME["preference"]["half_life_days"]
    )


def test_who_the_person_is_wins_over_what_they_like_and_that_over_what_happened():
    ranks = [BY_NAME[name]["precedence"] for name in ("profile", "preference", "interaction")]

    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == 3


def test_a_profile_is_personal():
    assert BY_NAME["profile"]["sensitivity"] == "personal"


@pytest.mark.parametrize("name", ["profile", "preference", "task_state"])
def test_a_slots_value_is_one_simple_value(name):
    schema = BY_NAME[name]["data_schema"]

    for value in ("Delft", 7, 7.5, True):
        json_schema.check({"value": value}, schema, at="data")
    for value in ([], {}, None):
        with pytest.raises(InvalidInput):
            json_schema.check({"value": value}, schema, at="data")
