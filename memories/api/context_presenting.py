"""A context as bots get it."""

from typing import Any

from memories.context import Composed
from memories.rules.composition import Note, Placed, Turn


def context(found: Composed, *, explain: bool) -> dict[str, Any]:
    """The block and what it is made of; `explain` adds the parts of each score."""
    return {
        "context": found.text,
        "messages": list(found.messages) or None,
        "sections": [_section(one, found, explain=explain) for one in found.sections],
        "history": {"turns": list(map(_turn, found.turns)), "left_out": found.turns_left_out},
        "references": {
            reference: str(note.id) for one in found.sections for reference, note in one.notes
        },
        "left_out": [
            {"id": str(one.id), "type": one.type, "why": one.why} for one in found.left_out
        ],
        "tokens": {"budget": found.budget, "used": found.tokens, "method": found.method},
        "trace_id": str(found.trace_id),
        "strategy": {"name": found.strategy.name, "version": found.strategy.version},
        "degraded": list(found.degraded),
    }


def _section(one: Placed, found: Composed, *, explain: bool) -> dict[str, Any]:
    return {
        "name": one.section.name,
        "title": one.section.title,
        "pinned": one.section.name in found.pinned,
        "memories": [
            _line(reference, note, found, explain=explain) for reference, note in one.notes
        ],
    }


def _line(reference: str, note: Note, found: Composed, *, explain: bool) -> dict[str, Any]:
    ranked = found.ranked.get(note.id)
    told: dict[str, Any] = {
        "reference": reference,
        "id": str(note.id),
        "memory": note.text,
        "date": note.date,
        "quoted_from": note.source or None,
        "score": round(ranked.score, 4) if ranked else None,
    }
    if explain and ranked:
        told["parts"] = {name: round(value, 4) for name, value in ranked.parts.items()}
    return told


def _turn(turn: Turn) -> dict[str, Any]:
    return {"role": turn.role, "content": turn.content, "from_episode": turn.episode or None}
