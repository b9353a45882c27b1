"""A question, from the body that holds it."""

from collections.abc import Mapping
from typing import Any

from memories.api import bodies
from memories.questions import Ask
from memories.rules import filters


def asked(body: Mapping[str, Any], *, query: str) -> Ask:
    """What a body asks; `query` stands under a name of its own in each. Raises InvalidInput."""
    written = body.get("filters")
    return Ask(
        query=query,
        refs=bodies.refs(body),
        agent_id=body.get("agent_id", ""),
        app_id=body.get("app_id", ""),
        run_id=body.get("run_id", ""),
        types=tuple(body.get("types", ())),
        filters=filters.parse(written) if "filters" in body else None,
        written_filters=written or {},
        top_k=body.get("top_k"),
        threshold=body.get("threshold"),
        as_of=body.get("as_of"),
        strategy=body.get("strategy", ""),
        include_faded=body.get("include_faded", False),
    )
