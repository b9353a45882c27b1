"""Named ways to recall: their schema, and those that every namespace has."""

from dataclasses import dataclass
from typing import Any

from governance.rules import json_schema

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "top_k": {"type": "integer", "minimum": 1, "maximum": 200},
        "threshold": {"type": "number", "minimum": 0, "maximum": 1},
        "types": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
        "dense_weight": {"type": "number", "minimum": 0, "maximum": 1},
        "recency_weight": {"type": "number", "minimum": 0, "maximum": 0.2},
        "importance_weight": {"type": "number", "minimum": 0, "maximum": 0.2},
        "feedback_weight": {"type": "number", "minimum": 0, "maximum": 0.2},
        "hide_below": {"type": "number", "minimum": 0, "maximum": 0.5},
        "diversity": {"type": "number", "minimum": 0, "maximum": 1},
        "rerank_candidates": {"type": "integer", "minimum": 0, "maximum": 50},
        "rerank_weight": {"type": "number", "minimum": 0, "maximum": 1},
    },
}
NAME_SCHEMA = {"type": "string", "pattern": r"^[a-z0-9_-]{1,48}\Z"}
WHOLE = ("top_k", "rerank_candidates")


@dataclass(frozen=True, slots=True)
class Strategy:
    """One version of one way to recall. Weights are shares of 1; recency, importance and feedback
    are the most by which a score may be raised or lowered; `diversity` is the share of common words
    above which the later of two hits steps back (1: never); memories that have faded to less than
    `hide_below` are left out (0: none are)."""

    name: str = "default"
    version: int = 0
    top_k: int = 10
    threshold: float = 0.08
    types: tuple[str, ...] = ()
    dense_weight: float = 0.6
    recency_weight: float = 0.1
    importance_weight: float = 0.1
    feedback_weight: float = 0.1
    hide_below: float = 0.01
    diversity: float = 0.85
    rerank_candidates: int = 0
    rerank_weight: float = 0.3


# Version 0: part of the program. A namespace's own versions of a name begin at 1.
BUILT_IN: dict[str, Strategy] = {
    "default": Strategy(),
    "dense_only": Strategy(name="dense_only", dense_weight=1.0),
    "lexical_only": Strategy(name="lexical_only", dense_weight=0.0, threshold=0.1),
    "reranked": Strategy(name="reranked", rerank_candidates=30),
}


def check(name: str, config: Any) -> None:
    """Raise InvalidInput with the path of each field outside the schema."""
    json_schema.check(name, NAME_SCHEMA, at="name")
    json_schema.check(config, SCHEMA, at="config")


def read(name: str, version: int, config: dict[str, Any]) -> Strategy:
    """A stored configuration as a value, what it leaves out taken from the default."""
    types = tuple(config.get("types", ()))
    # A JSON Schema takes 10.0 for an integer; a slice does not.
    whole = {key: int(config[key]) for key in WHOLE if key in config}
    return Strategy(name=name, version=version, **{**config, **whole, "types": types})
