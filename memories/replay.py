"""Run a recall again, as the store was then and as it is now, and say why the answers differ.

What a replay finds is not recalled: it leaves an audit event, no trace, and counts no use.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np

from governance import access, audit
from governance.audit import Action, Actor
from governance.models import Namespace
from memories import looking, pins, questions, reconstruction, search, strategies, traces
from memories.looking import Again, Thinking
from memories.models import RecallStrategy, RecallTrace
from memories.providers import embeddings
from memories.providers.embeddings import Vectors
from memories.questions import Ask
from memories.reconstruction import Moment, Then
from memories.rules import replay_reasons, replays
from memories.rules import strategies as ways
from memories.rules.owner import Owner
from memories.rules.replay_reasons import Difference, Reason
from memories.rules.replays import Mismatch, Run, Seen
from memories.rules.strategies import Strategy

WITHOUT_MODEL = "embedding_unavailable"
OTHER_MODEL = "embedding_model_changed"
# A vector that stands for the question where its own cannot be had.
ANY_DIRECTION: Vectors = np.eye(1, 8, dtype=np.float32)[0]
# Settings of a strategy that older traces do not know, at values that change nothing.
LEARNED_SINCE: Mapping[str, Any] = {"feedback_weight": 0.0, "hide_below": 0.0}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A trace, and its question embedded as questions are now."""

    trace: RecallTrace
    namespace: Namespace
    ask: Ask
    thinking: Thinking


@dataclass(frozen=True, slots=True)
class Replay:
    """One question, then and now; `recorded` is the answer that was given.

    `differences` are between that answer and today's. `mismatches` tell where the past did not
    give it again, `lost` which memories even the past cannot show, and why. `changes` are
    sentences about what else is different; `degraded` codes of what did not answer.
    """

    trace: RecallTrace
    at: datetime
    recorded: Run
    then: Run
    now: Run
    mismatches: Sequence[Mismatch] = ()
    differences: Sequence[Difference] = ()
    lost: Mapping[uuid.UUID, Reason] = field(default_factory=dict)
    changes: Sequence[str] = ()
    degraded: Sequence[str] = ()
    said_then: Mapping[uuid.UUID, str] = field(default_factory=dict)
    said_now: Mapping[uuid.UUID, str] = field(default_factory=dict)

    @property
    def matches_trace(self) -> bool:
        """Whether the past gave the recorded answer again."""
        return not self.mismatches


def prepare(trace_id: uuid.UUID, *, namespace: Namespace) -> Prepared:
    """Embed the question of a trace; no transaction is open meanwhile.

    Raises NotFound, SubjectNotAccepting.
    """
    with access.scope(namespace.pk):
        trace = traces.get(trace_id, namespace_id=namespace.pk)
    ask = questions.read(trace.asked, agent_id=trace.agent_id, strategy=trace.strategy["name"])
    return Prepared(trace, namespace, ask, looking.think(ask, namespace=namespace))


def replay(prepared: Prepared, *, actor: Actor, now: datetime) -> Replay:
    """Search the past and the present, compare. Raises NotFound, SubjectNotAccepting."""
    trace, namespace_id = prepared.trace, prepared.namespace.pk
    with access.scope(namespace_id):
        traces.get(trace.pk, namespace_id=namespace_id)  # it may be closed since it was prepared
        owner = _owner(trace)
        was, is_now = _strategy_then(trace), _strategy_now(trace, namespace_id)
        found = Replay(trace, now, Run(_seen(trace.found), _seen(trace.left_out)), Run(()), Run(()))
        found = replace(found, changes=_changes(prepared, was, is_now))
        if owner is not None:
            back = _back(prepared)
            past = reconstruction.read(_moment(trace, owner, back))
            found = _both(found, prepared, past, back, (was, is_now))
        audit.record(
            Action.REPLAYED,
            namespace_id=namespace_id,
            actor=actor,
            target=trace,
            now=now,
            details={"matches": found.matches_trace, "differences": len(found.differences)},
        )
    return found


@dataclass(frozen=True, slots=True)
class _Back:
    """The question as it was asked then. `standing`: of the vectors that the store has now."""

    thinking: Thinking
    standing: bool
    degraded: str = ""


def _owner(trace: RecallTrace) -> Owner | None:
    nobody = trace.subject_id is None and (not trace.agent_id or trace.asked.get("nobody"))
    return None if nobody else Owner(trace.namespace_id, trace.subject_id, trace.agent_id)


def _back(prepared: Prepared) -> _Back:
    trace, thinking = prepared.trace, prepared.thinking
    language, told = thinking.language, [*trace.found, *trace.left_out]
    model = embeddings.serving(trace.embedding_model)
    if told and not any("dense" in one["parts"] for one in told):
        return _Back(Thinking(model, language), standing=True)  # it was by full text alone
    if thinking.model.name == model.name and thinking.vector is not None:
        return _Back(Thinking(model, language, thinking.vector), standing=True)
    # What each memory came to with the question is recorded, so any direction stands for it.
    code = WITHOUT_MODEL if thinking.model.name == model.name else OTHER_MODEL
    return _Back(Thinking(model, language, ANY_DIRECTION), standing=False, degraded=code)


def _moment(trace: RecallTrace, owner: Owner, back: _Back) -> Moment:
    told = {uuid.UUID(one["id"]): one["parts"] for one in [*trace.found, *trace.left_out]}
    dense = {pk: parts["dense"] for pk, parts in told.items() if "dense" in parts}
    model = back.thinking.model
    return Moment(
        owner,
        trace.at,
        trace.embedding_model,
        back.thinking.language,
        query=back.thinking.vector,
        # Nothing is told as 0, and must not become a little by rounding.
        cosines={
            pk: model.floor + share * (model.ceiling - model.floor)
            for pk, share in dense.items()
            if share
        },
        without_vector=frozenset(told.keys() - dense.keys()),
        seen=frozenset(told),
        vectors_stand=back.standing,
    )


def _strategy_then(trace: RecallTrace) -> Strategy:
    """As it was recorded; what the program has learned to weigh since, it did not weigh then."""
    known = {
        name: value
        for name, value in trace.strategy.items()
        if name in Strategy.__dataclass_fields__
    }
    return Strategy(**{**LEARNED_SINCE, **known, "types": tuple(trace.asked.get("types", ()))})


def _strategy_now(trace: RecallTrace, namespace_id: uuid.UUID) -> Strategy:
    """The current version of the same name, with what the question itself had set."""
    was = _strategy_then(trace)
    row = RecallStrategy.objects.filter(
        namespace_id=namespace_id, name=was.name, version=was.version
    ).first()
    own = ways.BUILT_IN.get(was.name, was)
    if row is not None:
        own = ways.read(row.name, row.version, row.config)
    asked = {
        name: getattr(was, name)
        for name in ("top_k", "threshold", "types")
        if getattr(was, name) != getattr(own, name)
    }
    return replace(strategies.current(was.name, namespace_id=namespace_id), **asked)


def _both(
    found: Replay, prepared: Prepared, past: Then, back: _Back, how: tuple[Strategy, Strategy]
) -> Replay:
    """Ask both, and compare."""
    trace, owner, (was, is_now) = prepared.trace, past.moment.owner, how
    shadow = search.Shadow(*reconstruction.tables(past))
    uses = looking.uses_in([*trace.found, *trace.left_out])
    then = _run(prepared, back.thinking, Again(owner, was, shadow, uses), trace.at)
    current = _run(prepared, prepared.thinking, Again(owner, is_now), found.at)
    pinned = pins.then(past, prepared.ask, trace)
    recorded = found.recorded.after(pins.recorded(trace, pinned))
    then = then.after(pinned)
    current = current.after(pins.now(owner, prepared.ask, trace, at=found.at))
    fates = reconstruction.fates(
        past, {one.id for one in (*recorded.kept, *then.kept, *current.kept)}
    )
    # What was answered, not what the replay of it gave: it may have lost what was forgotten since.
    given = Run(recorded.kept, [*recorded.left_out, *then.left_out])
    shown = search.shown([one.id for one in current.kept], namespace_id=trace.namespace_id)
    gone = trace.scanned - back.thinking.scanned
    lost = f"{gone} of {trace.scanned} memories that were searched then cannot be shown"
    degraded = [f"then:{back.degraded}"] if back.degraded else []
    return replace(
        found,
        recorded=recorded,
        then=then,
        now=current,
        mismatches=replays.mismatches(recorded.kept, then.kept, anew=frozenset(past.index)),
        differences=replay_reasons.differences(given, current, fates, at=trace.at, until=found.at),
        lost={pk: reason for pk, fate in fates.items() if (reason := replay_reasons.lost(fate))},
        changes=[*found.changes, lost] if gone > 0 else found.changes,
        degraded=[*degraded, *(f"now:{code}" for code in prepared.thinking.degraded)],
        said_then=reconstruction.texts(past, [one.id for one in then.kept]),
        said_now={pk: row["text"] for pk, row in shown.items()},
    )


def _run(prepared: Prepared, thinking: Thinking, again: Again, now: datetime) -> Run:
    if not prepared.ask.query:  # a context for which nothing was to be recalled
        return Run(())
    found = looking.look(prepared.ask, thinking, namespace=prepared.namespace, now=now, again=again)
    told, left_out = found.told()
    return Run(_seen(told), _seen(left_out))


def _seen(told: Iterable[Mapping[str, Any]]) -> list[Seen]:
    """Rows as a trace tells them."""
    return [
        Seen(
            uuid.UUID(one["id"]),
            one["version"],
            one["type"],
            one["score"],
            one["parts"],
            one.get("why", ""),
        )
        for one in told
    ]


def _changes(prepared: Prepared, was: Strategy, is_now: Strategy) -> list[str]:
    trace, model, found = prepared.trace, prepared.thinking.model.name, []
    settings = replays.setting_changes(asdict(was), asdict(is_now))
    if was.version != is_now.version or settings:
        versions = f"strategy {was.name} v{was.version} → v{is_now.version}"
        found.append(f"{versions}: {', '.join(settings)}" if settings else versions)
    if trace.embedding_model != model:
        found.append(f"embedding model {trace.embedding_model} → {model}")
    return found
