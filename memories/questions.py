"""A question as a bot asks it, and as a trace keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from governance.subjects import IdentityRef
from memories.rules import filters
from memories.rules.filters import Filter
from memories.rules.strategies import Strategy


@dataclass(frozen=True, slots=True)
class Ask:
    """What a bot asks. None means: as the strategy says.

    `sensitivities`: those that may be told; None for all.
    """

    query: str
    refs: tuple[IdentityRef, ...]
    agent_id: str = ""
    app_id: str = ""
    run_id: str = ""
    types: tuple[str, ...] = ()
    filters: Filter | None = None
    # The filters as they were written, for the trace.
    written_filters: Mapping[str, Any] = field(default_factory=dict)
    top_k: int | None = None
    threshold: float | None = None
    as_of: datetime | None = None
    strategy: str = ""
    include_faded: bool = False
    sensitivities: frozenset[str] | None = None


def written(ask: Ask, strategy: Strategy, *, nobody: bool) -> dict[str, Any]:
    """What was asked, as a trace keeps it; `nobody` was known by the identities."""
    told = {
        "query": ask.query,
        "types": list(strategy.types),
        "filters": dict(ask.written_filters),
        "app_id": ask.app_id,
        "run_id": ask.run_id,
        "top_k": strategy.top_k,
        "threshold": strategy.threshold,
        "as_of": ask.as_of.isoformat() if ask.as_of else None,
        "include_faded": ask.include_faded,
        "nobody": nobody,
    }
    if ask.sensitivities is not None:
        told["sensitivities"] = sorted(ask.sensitivities)
    return told


def read(asked: Mapping[str, Any], *, agent_id: str, strategy: str) -> Ask:
    """The question that `written` wrote, without whom it was about, and with what the strategy
    decided left to the strategy."""
    narrowed = asked.get("filters") or {}
    levels = asked.get("sensitivities")
    return Ask(
        query=asked["query"],
        refs=(),
        agent_id=agent_id,
        app_id=asked.get("app_id", ""),
        run_id=asked.get("run_id", ""),
        filters=filters.parse(narrowed) if narrowed else None,
        written_filters=narrowed,
        as_of=datetime.fromisoformat(asked["as_of"]) if asked.get("as_of") else None,
        strategy=strategy,
        include_faded=asked.get("include_faded", False),
        sensitivities=None if levels is None else frozenset(levels),
    )
