"""The higher of two sensitivities wins, whichever comes first."""

from itertools import product

import pytest

from governance.rules import sensitivity


@pytest.mark.parametrize(("one", "other"), list(product(sensitivity.ORDER, repeat=2)))
def test_the_higher_wins_in_any_order(one, other):
    higher = sensitivity.higher(one, other)

    assert higher == sensitivity.higher(other, one)
    assert sensitivity.ORDER.index(higher) == max(map(sensitivity.ORDER.index, (one, other)))


def test_special_categories_stand_above_all():
    assert all(sensitivity.higher("special", each) == "special" for each in sensitivity.ORDER)


def test_each_level_can_be_chosen():
    assert [value for value, _ in sensitivity.CHOICES] == list(sensitivity.ORDER)
