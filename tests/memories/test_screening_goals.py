"""The screen as a whole, on the benchmark's cases: what must be found, and what must not."""

import pytest

from benchmarks import screening

GOALS = [("secrets", 0.99), ("personal", 0.97), ("special", 0.95)]


@pytest.fixture(scope="module")
def figures():
    tallies = {}
    for group, _, tally in screening.tallies(screening.read()):
        cases, found = tallies.get(group, (0, 0))
        tallies[group] = (cases + tally.cases, found + tally.found)
    return tallies


@pytest.mark.parametrize(("group", "least"), GOALS)
def test_what_must_be_found_is(figures, group, least):
    cases, found = figures[group]

    assert cases >= 120
    assert found / cases >= least


def test_clean_prose_is_left_alone(figures):
    cases, found = figures["clean"]

    assert cases >= 300
    assert found / cases <= 0.01
