"""Compose what is known into a block for a prompt, within a budget, and leave a trace of it."""

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from governance import access
from governance.errors import FieldError, InvalidInput
from governance.models import Namespace
from governance.rules import namespace_settings
from memories import gathering, looking, retrieval
from memories.callers import Caller
from memories.gathering import Gathered, LeftOut, Wanted
from memories.looking import Thinking
from memories.providers import tokens
from memories.rules import composition, secrets
from memories.rules.composition import Block, Placed, Turn
from memories.rules.ranking import Ranked
from memories.rules.strategies import Strategy
from memories.section_templates import SectionTemplates

OVER_BUDGET = "over_budget"
# So many of what did not get in are named in the trace.
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Composed:
    """The context, and what it is made of.

    `messages` only if they were wanted: ready to send, with the person's message at the end.
    `ranked` are the recalled memories with their scores, `method` says how `used` was counted.
    """

    text: str
    messages: Sequence[Mapping[str, str]]
    sections: Sequence[Placed]
    turns: Sequence[Turn]
    turns_left_out: int
    left_out: Sequence[LeftOut]
    ranked: Mapping[uuid.UUID, Ranked]
    pinned: frozenset[str]
    budget: int
    tokens: int
    method: str
    trace_id: uuid.UUID
    strategy: Strategy
    degraded: Sequence[str]
    subject_id: uuid.UUID | None


def think(wanted: Wanted, *, namespace: Namespace) -> Thinking:
    """Embed the message; no transaction is open meanwhile. Without a model's answer, say so."""
    tokens.counter()  # read once in a process, and better not inside the transaction
    return looking.think(gathering.searched(wanted), namespace=namespace)


def compose(wanted: Wanted, thinking: Thinking, *, caller: Caller) -> Composed:
    """Gather, fit into the budget, leave a trace. Nobody known: what is given, and a trace.

    Raises InvalidInput for an unknown strategy and for turns of a run that is not named;
    SubjectNotAccepting, IdentityAmbiguous.
    """
    if wanted.from_run and not wanted.ask.run_id:
        told = FieldError("run_id", "Name the run whose last turns are wanted.")
        raise InvalidInput("The history cannot be taken from a run.", fields=[told])
    settings = namespace_settings.read(caller.namespace.settings)
    ask = gathering.allowed(gathering.searched(wanted), wanted.purpose, settings)
    with access.scope(caller.namespace.pk):
        gathered = gathering.gather(
            wanted, ask, thinking, namespace=caller.namespace, now=caller.now
        )
        started = time.perf_counter()
        templates = SectionTemplates(
            settings.context_templates, person=gathered.person, degraded=thinking.degraded
        )
        counter = tokens.counter()
        block = composition.compose(
            gathering.material(wanted, gathered),
            budget=wanted.budget,
            count=counter.count,
            render=templates.render,
        )
        thinking.timed("compose", started)
        trace = retrieval.drawn(ask, gathered.seen, thinking, caller=caller)
        trace.kind = wanted.kind
        trace.composed = _told(wanted, gathered, block, counter.method)
        retrieval.keep(trace, caller=caller, kind=wanted.kind)
    return _composed(wanted, gathered, block, counter.method, thinking, trace.pk)


def _left_out(gathered: Gathered, block: Block) -> list[LeftOut]:
    unfit = [LeftOut(note.id, note.section, OVER_BUDGET) for note in block.unfit]
    looked = [
        LeftOut(one.hit.id, gathered.seen.rows[one.hit.id].type_name, one.left_out_for)
        for one in gathered.seen.left_out
    ]
    return [*unfit, *gathered.refused, *looked]


def _told(wanted: Wanted, gathered: Gathered, block: Block, method: str) -> dict[str, Any]:
    """The context as its trace keeps it: ids and numbers, no words. What the search left out
    stands beside it in the trace already."""
    unsearched = _left_out(gathered, block)[: len(block.unfit) + len(gathered.refused)]
    return {
        "sections": [
            {"name": one.section.name, "memories": [str(note.id) for _, note in one.notes]}
            for one in block.placed
        ],
        "left_out": [{"id": str(one.id), "why": one.why} for one in unsearched[:MOST_TOLD]],
        "turns": len(block.turns),
        "turns_left_out": len(gathered.turns) - len(block.turns),
        "tokens": {"budget": wanted.budget, "used": block.tokens, "method": method},
        "include": sorted(wanted.include),
        "purpose": secrets.mask(wanted.purpose)[0],
    }


def _composed(
    wanted: Wanted,
    gathered: Gathered,
    block: Block,
    method: str,
    thinking: Thinking,
    trace_id: uuid.UUID,
) -> Composed:
    return Composed(
        text=block.text,
        messages=_messages(wanted, block) if wanted.as_messages else (),
        sections=block.placed,
        turns=block.turns,
        turns_left_out=len(gathered.turns) - len(block.turns),
        left_out=_left_out(gathered, block),
        ranked={one.hit.id: one for one in gathered.seen.kept},
        pinned=frozenset(kind.name for kind in gathered.kinds if kind.pinned),
        budget=wanted.budget,
        tokens=block.tokens,
        method=method,
        trace_id=trace_id,
        strategy=gathered.seen.strategy,
        degraded=thinking.degraded,
        subject_id=gathered.owner.subject_id if gathered.owner else None,
    )


def _messages(wanted: Wanted, block: Block) -> list[dict[str, str]]:
    """Ready to send: what is known, the last turns, what the person says now."""
    said = [{"role": turn.role, "content": turn.content} for turn in block.turns]
    system = [{"role": "system", "content": block.text}] if block.text else []
    message = wanted.message or wanted.ask.query
    return [*system, *said, *([{"role": "user", "content": message}] if message else [])]
