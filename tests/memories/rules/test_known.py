"""What resolution is told."""

from memories.rules.known import Neighbours, Policy


def test_nothing_is_known_unless_it_is_told():
    found = Neighbours()

    assert (found.in_slot, found.about, found.last_known) == (None, None, None)
    assert not any((found.equal, found.rivals, found.corrected, found.retracted, found.waiting))


def test_a_namespace_that_says_nothing_is_of_average_caution():
    assert (Policy().min_confidence, Policy().language) == (0.35, "english")
