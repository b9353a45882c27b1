"""The admin's pages for what is remembered. Lists never show content."""

from memories.admin import (
    answers,
    counts,
    episodes,
    golden_cases,
    memories,
    never_rules,
    outcomes,
    quality_runs,
    reviews,
    strategies,
    traces,
)

__all__ = [
    "answers",
    "counts",
    "episodes",
    "golden_cases",
    "memories",
    "never_rules",
    "outcomes",
    "quality_runs",
    "reviews",
    "strategies",
    "traces",
]
