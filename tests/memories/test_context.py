"""A turn is found by what was said just before it, in its own run and nobody else's."""

import pytest

from tests.memories.api.talk import ask, recalled, remember, remember_all

pytestmark = pytest.mark.django_db
ASKED, TOLD = "Which instrument does Mia play?", "Oh, that would be a really long story."


def part_of(bot, text, part):
    """One part of a memory's score for the question that was asked before it."""
    results = ask(bot, ASKED, threshold=0, explain=True)["results"]
    (found,) = (one["parts"][part] for one in results if one["memory"] == text)
    return found


@pytest.mark.parametrize("part", ["dense", "lexical"])
def test_a_turn_is_found_by_the_turn_before_it(bot, part):
    remember_all(bot, [{"text": TOLD}])
    alone = part_of(bot, TOLD, part)

    remember_all(bot, [{"text": text, "run_id": "r1"} for text in (ASKED, f"{TOLD} Really.")])

    assert part_of(bot, f"{TOLD} Really.", part) > alone


def test_turns_of_earlier_requests_are_its_context_too(bot):
    remember(bot, ASKED, run_id="r1")
    remember(bot, TOLD, run_id="r1")

    assert TOLD in recalled(bot, "instrument Mia", strategy="lexical_only", threshold=0.01)


def test_its_context_ends_after_two_turns(bot):
    remember_all(bot, [{"text": text, "run_id": "r1"} for text in (ASKED, "first", "second", TOLD)])

    found = ask(bot, "instrument Mia", strategy="lexical_only", threshold=0.01)["results"]

    assert [one["memory"] for one in found] == [ASKED, "first", "second"]


@pytest.mark.parametrize(
    "other",
    [
        {"run_id": "r2"},
        {"run_id": None},
        {"run_id": "r1", "user_id": "bob"},
        {"run_id": "r1", "user_id": None, "agent_id": "poet"},
        {"run_id": "r1", "slot": "topic"},
    ],
    ids=["another run", "no run", "another person", "an agent", "a slot's value"],
)
def test_what_was_said_elsewhere_is_no_context(bot, other):
    remember(bot, ASKED, **other)

    remember(bot, TOLD, run_id="r1")

    assert TOLD not in recalled(bot, "instrument Mia", strategy="lexical_only", threshold=0.01)


def test_a_date_is_found_by_how_people_say_it(bot):
    remember(bot, "We went sailing", occurred_at="2023-05-08")
    remember(bot, "We went hiking", occurred_at="2023-06-09")

    found = recalled(bot, "What happened on 8 May 2023?", strategy="lexical_only")

    assert found == ["We went sailing"]
