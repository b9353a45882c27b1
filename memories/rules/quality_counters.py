"""What the counters of a quality run mean: the one place that says so."""

from dataclasses import dataclass
from typing import Any

# Of which days they tell.
DAYS = 7
# A memory has had its chance to be recalled after so many days.
SETTLED_DAYS = 30
# After so many half-lives of its type a memory's weight is a sixteenth.
HALF_LIVES = 4
# Rows that are looked at, newest first: a big namespace is sampled, not read whole.
SAMPLE = 5_000

KEPT = ("ADD", "REINFORCE", "UPDATE", "SUPERSEDE", "KEEP_AS_PAST")


@dataclass(frozen=True, slots=True)
class Definition:
    """One counter: its name in words, what it counts, and how its value reads."""

    title: str
    meaning: str
    # "share": a part of a whole on [0, 1]; "mean": so many for each; "number": so many.
    reads: str


DEFINITIONS: dict[str, Definition] = {
    "contradiction_rate": Definition(
        "Contradictions",
        f"Of the statements that extraction decided on in the last {DAYS} days, the share that"
        " contradicted what was known: it closed an older value, or waits for a review because it"
        " would have closed a more trusted one.",
        "share",
    ),
    "never_recalled": Definition(
        "Never recalled",
        f"Of the current memories older than {SETTLED_DAYS} days, the share that no recall has"
        " ever given to a bot. High: much is kept that nobody needs, or is not found.",
        "share",
    ),
    "stale_but_recalled": Definition(
        "Stale but recalled",
        f"Of the memories given to bots in the last {DAYS} days, the share that has ended since"
        f" (superseded, retracted, expired) or was older than {HALF_LIVES} half-lives of its type"
        " when it was given. Questions about the past are left out.",
        "share",
    ),
    "extraction_yield": Definition(
        "Extraction yield",
        f"Statements kept or confirmed for each episode that was extracted in the last {DAYS}"
        " days.",
        "mean",
    ),
    "yield_per_message": Definition(
        "Yield per message",
        "The same for each message, over the episodes whose messages are still kept.",
        "mean",
    ),
    "abstention": Definition(
        "Abstention",
        f"Of the recalls of the last {DAYS} days, the share that found nothing worth giving.",
        "share",
    ),
    "corrections_by_people": Definition(
        "Corrections by people",
        f"Memories that a person, staff, or a bot on a person's behalf put right in the last"
        f" {DAYS} days.",
        "number",
    ),
    "reviews_open": Definition(
        "Open reviews", "Memories that wait for a person's decision now.", "number"
    ),
    "episodes_failed": Definition(
        "Episodes failed",
        f"Episodes that could not be extracted in the last {DAYS} days; they can be retried.",
        "number",
    ),
    "malformed_replies": Definition(
        "Malformed replies",
        f"Of the calls of a language model in the last {DAYS} days, the share that was answered"
        " with something that could not be read.",
        "share",
    ),
    "model_tokens": Definition(
        "Language model's tokens",
        f"Tokens that extraction sent to and got from a language model in the last {DAYS} days.",
        "number",
    ),
}


def counted(name: str, part: float, of: float | None = None) -> dict[str, Any]:
    """One counter as a run keeps it: {"value", "part", "of"}.

    The value of a share or a mean is None where there is nothing to divide by: no recalls are not
    "no abstention". A number has no `of`. Raises KeyError for a counter without a definition.
    """
    if DEFINITIONS[name].reads == "number":
        return {"value": part, "part": part, "of": None}
    return {"value": round(part / of, 4) if of else None, "part": part, "of": of or 0}
