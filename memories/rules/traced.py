"""Which memories a recall gave to whoever asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Code of what did not fit into a context, as its trace tells it.
OVER_BUDGET = "over_budget"


def given(kind: str, found: Sequence[Mapping[str, Any]], composed: Mapping[str, Any]) -> list[str]:
    """Ids, each once: all that a recall found; of a composed context, what stands in it.

    What was found and did not fit into the context was never given to the bot.
    """
    if kind == "recall":
        return list(dict.fromkeys(one["id"] for one in found))
    return list(dict.fromkeys(_in_sections(composed.get("sections", ()))))


def _in_sections(sections: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for section in sections:
        yield from section.get("memories", ())


def pinned(found: Sequence[Mapping[str, Any]], composed: Mapping[str, Any]) -> set[str]:
    """Of a composed context, ids of what went in, or would have with more room, and was not
    found by searching."""
    unfit = (one["id"] for one in composed.get("left_out", ()) if one["why"] == OVER_BUDGET)
    went_in = {*_in_sections(composed.get("sections", ())), *unfit}
    return went_in - {one["id"] for one in found}
