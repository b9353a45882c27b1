"""The JSON of golden cases and quality runs."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from memories.quality import Overview
from memories.rules import quality
from memories.rules.quality_counters import DEFINITIONS

if TYPE_CHECKING:  # shapes only: a door reads no tables
    from memories.models import GoldenCase, QualityRun

CONTENT = ("name", "query", "must", "must_not", "fixture")


def case(one: "GoldenCase", *, content: bool) -> dict[str, Any]:
    """A golden case; without `content` its words are null."""
    return {
        "id": str(one.pk),
        "about": "subject" if one.subject_id else "fixture",
        "subject_id": str(one.subject_id) if one.subject_id else None,
        **{name: getattr(one, name) if content else None for name in CONTENT},
        "strategy": one.strategy or None,
        "active": one.active,
        "trace_id": str(one.trace_id) if one.trace_id else None,
        "created_at": one.created_at,
    }


def run(one: "QualityRun") -> dict[str, Any]:
    """One run."""
    results = quality.read(one.results)
    return {
        "id": str(one.pk),
        "at": one.at,
        "cases": one.cases,
        "passed": one.passed,
        "score": one.score,
        "fell": one.fell,
        "degraded": quality.degraded(results),
        "results": [_result(result) for result in results],
        "counters": one.counters,
    }


def overview(found: Overview) -> dict[str, Any]:
    """The last runs and what their counters mean."""
    return {
        "cases": {"total": found.cases, "active": found.active},
        "runs": [run(one) for one in found.runs],
        "definitions": {name: asdict(known) for name, known in DEFINITIONS.items()},
    }


def _result(one: quality.Result) -> dict[str, Any]:
    told = quality.told(one)
    del told["asked"]  # it serves comparison only
    return {**told, "why": one.why or None}
