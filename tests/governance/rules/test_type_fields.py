"""What may be set on a memory type."""

import pytest

from governance.errors import InvalidInput
from governance.rules import seeds, type_fields


@pytest.mark.parametrize("seed", seeds.MEMORY_TYPES, ids=lambda seed: seed["name"])
def test_the_seeds_pass(seed):
    type_fields.check_complete(seed)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name": "Upper"}, "name"),
        ({"name": "line\n"}, "name"),
        ({"name": 7}, "name"),
        ({"description": ""}, "description"),
        ({"description": "nul \x00"}, "description"),
        ({"data_schema": {"type": "nonsense"}}, "data_schema"),
        ({"data_schema": True}, "data_schema"),
        ({"data_schema": {"$ref": "https://elsewhere.example/schema"}}, "data_schema"),
        ({"data_schema": {"title": "\x00"}}, "data_schema"),
        ({"slots": ["a", "a"]}, "slots"),
        ({"slots": ["ok", "with space"]}, "slots.1"),
        ({"pinned": "yes"}, "pinned"),
        ({"precedence": True}, "precedence"),
        ({"precedence": 100_000}, "precedence"),
        ({"half_life_days": 0}, "half_life_days"),
        ({"half_life_days": float("nan")}, "half_life_days"),
        ({"half_life_days": float("inf")}, "half_life_days"),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"active": 1}, "active"),
        ({"namespace": "another"}, "namespace"),
    ],
)
def test_a_wrong_field_is_named(fields, at):
    with pytest.raises(InvalidInput) as refusal:
        type_fields.check(fields)

    assert [error.field for error in refusal.value.fields] == [at]


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(InvalidInput) as refusal:
        type_fields.check({"pinned": 1, "active": 1})

    assert {error.field for error in refusal.value.fields} == {"pinned", "active"}


def test_a_new_type_needs_a_name_and_a_description():
    with pytest.raises(InvalidInput) as refusal:
        type_fields.check_complete({})

    assert {error.field for error in refusal.value.fields} == {"name", "description"}
