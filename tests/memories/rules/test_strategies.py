"""Ways to recall: what may be set, what is filled in."""

import dataclasses

import pytest

from governance.errors import InvalidInput
from memories.rules import strategies
from memories.rules.strategies import BUILT_IN, SCHEMA, Strategy


def refused_at(config, name="mine"):
    with pytest.raises(InvalidInput) as refusal:
        strategies.check(name, config)
    return [error.field for error in refusal.value.fields]


def config_of(strategy):
    whole = dataclasses.asdict(strategy)
    return {**{key: whole[key] for key in SCHEMA["properties"]}, "types": list(strategy.types)}


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_what_is_built_in_keeps_its_own_rules(name):
    strategies.check(name, config_of(BUILT_IN[name]))
    assert (BUILT_IN[name].name, BUILT_IN[name].version) == (name, 0)


def test_every_value_of_a_strategy_may_be_set():
    values = {field.name for field in dataclasses.fields(Strategy)} - {"name", "version"}

    assert values == set(SCHEMA["properties"])


@pytest.mark.parametrize(
    ("config", "at"),
    [
        ([], ["config"]),
        (None, ["config"]),
        ({"tok_k": 3}, ["config"]),
        ({"top_k": 0}, ["config.top_k"]),
        ({"top_k": 201}, ["config.top_k"]),
        ({"top_k": True}, ["config.top_k"]),
        ({"top_k": 1.5}, ["config.top_k"]),
        ({"threshold": -0.1}, ["config.threshold"]),
        ({"threshold": "0.1"}, ["config.threshold"]),
        ({"dense_weight": 1.1}, ["config.dense_weight"]),
        ({"recency_weight": 0.21}, ["config.recency_weight"]),
        ({"importance_weight": 0.5}, ["config.importance_weight"]),
        ({"rerank_candidates": 51}, ["config.rerank_candidates"]),
        ({"types": "profile"}, ["config.types"]),
        ({"types": ["profile", 7]}, ["config.types.1"]),
        ({"top_k": 0, "threshold": 2}, ["config.top_k", "config.threshold"]),
    ],
)
def test_what_cannot_be_used_is_named(config, at):
    assert sorted(refused_at(config)) == sorted(at)


@pytest.mark.parametrize("name", ["", "Mine", "a b", "a/b", "a" * 49, "mine\n", "mine."])
def test_a_name_is_one_that_a_namespace_can_choose(name):
    assert refused_at({}, name) == ["name"]


def test_what_is_left_out_is_as_in_the_default():
    found = strategies.read("mine", 3, {"top_k": 5, "types": ["profile"]})

    assert found == Strategy(name="mine", version=3, top_k=5, types=("profile",))


def test_a_whole_number_is_whole_however_it_was_written():
    strategies.check("mine", {"top_k": 10.0, "rerank_candidates": 5.0})

    found = strategies.read("mine", 1, {"top_k": 10.0, "rerank_candidates": 5.0})

    assert isinstance(found.top_k, int)
    assert isinstance(found.rerank_candidates, int)
