"""Real transactions: runs that meet write a fixture once, and none after its case is gone."""

from memories import golden_cases
from memories.models import Memory
from tests.memories.conftest import at_once
from tests.memories.test_golden import BEES, add, count, events, kept_for, remove, run


def test_runs_at_once_write_a_fixture_once(committed):
    case = add(committed)

    made = at_once(*[lambda: run(committed)] * 3)

    assert [one.passed for one in made] == [1, 1, 1]
    assert kept_for(case) == [BEES["text"]]
    assert len(events(committed, "memory.added")) == 1


def test_a_run_that_meets_a_removal_leaves_nothing(committed):
    for _ in range(5):
        case = add(committed)

        at_once(lambda: run(committed), lambda case=case: remove(case))

        assert count(committed, Memory) == 0
        assert golden_cases.every(namespace_id=committed.pk) == []
