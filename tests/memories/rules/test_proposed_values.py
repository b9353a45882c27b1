"""Values in one spelling."""

import pytest

from memories.rules import proposed_values


@pytest.mark.parametrize(
    ("slot", "given", "kept"),
    [
        ("language", "español", "es"),
        ("language", "Klingon", "Klingon"),
        ("length", "brief", "short"),
        ("birthday", "12 May 1990", "1990-05-12"),
        ("birthday", "in spring", "in spring"),
        ("city", " Delft. ", "Delft"),
    ],
)
def test_a_value_is_kept_as_its_slot_spells_it(slot, given, kept):
    assert proposed_values.as_kept(slot, given) == kept


def test_only_some_slots_have_a_spelling():
    assert proposed_values.is_read("language")
    assert not proposed_values.is_read("city")
