"""Which counters of a memory a verdict, or a report of what was used, moves."""

from collections.abc import Iterable, Mapping

VERDICTS = ("helpful", "irrelevant", "wrong", "harmful")
# Verdicts after which a person looks at the memory, and the reason that the review then has.
REVIEWED: Mapping[str, str] = {"wrong": "feedback_wrong", "harmful": "feedback_harmful"}


def moved(before: str, after: str) -> dict[str, int]:
    """{counter: +1 or -1} when a verdict takes the place of another ("": there was none).

    The same verdict again moves nothing: a report that is sent twice counts once.
    """
    if before == after:
        return {}
    steps = {after: 1}
    if before:
        steps[before] = -1
    return steps


def newly_used(before: Iterable[str], after: Iterable[str]) -> dict[str, int]:
    """{memory id: +1 or -1} when one list of used memories takes the place of another."""
    was, is_now = set(before), set(after)
    return {**dict.fromkeys(was - is_now, -1), **dict.fromkeys(is_now - was, 1)}
