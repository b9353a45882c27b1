"""Recall: find what is known, rank it, and say why."""

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from governance import access, audit
from governance.audit import Action, Actor
from governance.errors import NotFound
from governance.models import Namespace
from governance.rules import namespace_settings
from governance.subjects import IdentityRef
from memories import filtering, owners, search, strategies, traces
from memories.models import RecallTrace
from memories.providers import embeddings, reranking
from memories.providers.embeddings import EmbeddingModel, EmbeddingUnavailable, Vectors
from memories.rules import ranking, statements
from memories.rules.filters import Filter
from memories.rules.owner import Owner
from memories.rules.ranking import Hit, Ranked
from memories.rules.strategies import Strategy

log = logging.getLogger("remembrancer.recall")
# So many rows are ranked for each that is answered; recency and importance move a row little.
POOL_FACTOR, SMALLEST_POOL = 3, 30
LARGEST_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class Ask:
    """What a bot asks. None means: as the strategy says."""

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


@dataclass(frozen=True, slots=True)
class Recall:
    """What is known that matters, best first, and the trace that explains it."""

    ranked: Sequence[Ranked]
    memories: Mapping[uuid.UUID, Mapping[str, Any]]
    trace_id: uuid.UUID
    strategy: Strategy
    degraded: Sequence[str]
    subject_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the key's namespace, the bot, the key, the moment."""

    namespace: Namespace
    actor: Actor
    key_id: uuid.UUID
    now: datetime


@dataclass(slots=True)
class Thinking:
    """What the stages pass on."""

    model: EmbeddingModel
    language: str
    vector: Vectors | None = None
    scanned: int = 0
    degraded: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, since: float) -> float:
        now = time.perf_counter()
        self.timings[stage] = round((now - since) * 1000, 2)
        return now


def think(ask: Ask, *, namespace: Namespace) -> Thinking:
    """Embed the query; no transaction is open meanwhile. Without a model's answer, say so."""
    settings = namespace_settings.read(namespace.settings)
    thinking = Thinking(embeddings.serving(settings.embedding_model), settings.language)
    started = time.perf_counter()
    try:
        thinking.vector = thinking.model.embed_query(ask.query)
    except EmbeddingUnavailable as error:
        thinking.degraded.append("embedding_unavailable")
        log.warning("recall by full text only", extra={"error": str(error)})
    thinking.timed("embed", started)
    return thinking


def recall(ask: Ask, thinking: Thinking, *, caller: Caller) -> Recall:
    """Search, rank, leave a trace. Nobody known by the identity: an empty answer, with a trace.

    Raises InvalidInput for an unknown strategy, SubjectNotAccepting, IdentityAmbiguous.
    """
    namespace, now = caller.namespace, caller.now
    with access.scope(namespace.pk):
        strategy = _strategy(ask, namespace)
        owner = owners.known(ask.refs, ask.agent_id, namespace_id=namespace.pk)
        rows, ranked = _gather(ask, strategy, owner, thinking, now=now)
        kept, left_out = ranking.choose(
            ranked,
            top_k=strategy.top_k,
            threshold=strategy.threshold,
            diversity=strategy.diversity,
        )
        memories = search.shown([one.hit.id for one in kept], namespace_id=namespace.pk)
        trace = _trace(ask, strategy, owner, thinking, caller)
        trace.found = [_told(one, rows) for one in kept]
        trace.left_out = [_told(one, rows) for one in left_out[:LARGEST_LEFT_OUT]]
        traces.write(trace)
        audit.record(
            Action.RECALLED,
            namespace_id=namespace.pk,
            actor=caller.actor,
            target=trace,
            now=now,
            details={"found": len(kept)},
        )
    subject_id = owner.subject_id if owner else None
    return Recall(kept, memories, trace.pk, strategy, thinking.degraded, subject_id)


def _strategy(ask: Ask, namespace: Namespace) -> Strategy:
    name = ask.strategy or namespace_settings.read(namespace.settings).default_strategy
    found = strategies.current(name, namespace_id=namespace.pk)
    return replace(
        found,
        top_k=found.top_k if ask.top_k is None else ask.top_k,
        threshold=found.threshold if ask.threshold is None else ask.threshold,
        types=ask.types or found.types,
    )


def _gather(
    ask: Ask, strategy: Strategy, owner: Owner | None, thinking: Thinking, *, now: datetime
) -> tuple[dict[uuid.UUID, search.Row], list[Ranked]]:
    if owner is None:
        return {}, []
    started = time.perf_counter()
    asked = search.question(
        ask.query,
        vector=thinking.vector if strategy.dense_weight > 0 else None,
        model=thinking.model,
        language=thinking.language,
    )
    found = search.find(
        asked,
        owner=owner,
        condition=_condition(ask, strategy, now),
        dense_weight=strategy.dense_weight,
        limit=max(SMALLEST_POOL, strategy.top_k * POOL_FACTOR, strategy.rerank_candidates),
    )
    thinking.scanned = found.scanned
    started = thinking.timed("search", started)
    hits = [_hit(row, thinking) for row in found.rows]
    opinions = _second_opinion(ask, strategy, found.rows, thinking)
    ranked = ranking.rank(hits, strategy=strategy, now=ask.as_of or now, reranked=opinions)
    thinking.timed("rank", started)
    return {row.memory_id: row for row in found.rows}, ranked


def _condition(ask: Ask, strategy: Strategy, now: datetime) -> Q:
    holds = search.visible(ask.as_of or now, past=ask.as_of is not None, prefix="memory__")
    if strategy.types:
        holds &= Q(memory__type__name__in=strategy.types)
    if ask.agent_id and ask.refs:
        holds &= Q(memory__agent_id=ask.agent_id)
    if ask.app_id:
        holds &= Q(memory__app_id=ask.app_id)
    if ask.run_id:
        holds &= Q(memory__run_id=ask.run_id)
    if ask.filters is not None:
        holds &= filtering.condition(ask.filters, prefix="memory__")
    return holds


def _hit(row: search.Row, thinking: Thinking) -> Hit:
    model = thinking.model
    dense = None
    if row.cosine is not None:
        dense = ranking.within_band(row.cosine, floor=model.floor, ceiling=model.ceiling)
    return Hit(
        id=row.memory_id,
        dense=dense,
        lexical=row.lexical,
        importance=row.importance,
        at=datetime.fromtimestamp(row.at, UTC),
        half_life_days=row.half_life_days,
        words=frozenset(row.text.casefold().split()),
    )


def _second_opinion(
    ask: Ask, strategy: Strategy, rows: Sequence[search.Row], thinking: Thinking
) -> Mapping[uuid.UUID, float]:
    if not strategy.rerank_candidates:
        return {}
    first = rows[: strategy.rerank_candidates]
    started = time.perf_counter()
    scores = reranking.score(ask.query, [statements.said(row.text, row.speaker) for row in first])
    thinking.timed("rerank", started)
    return {row.memory_id: score for row, score in zip(first, scores, strict=True)}


def _trace(
    ask: Ask,
    strategy: Strategy,
    owner: Owner | None,
    thinking: Thinking,
    caller: Caller,
) -> RecallTrace:
    return RecallTrace(
        namespace=caller.namespace,
        subject_id=owner.subject_id if owner else None,
        key_id=caller.key_id,
        agent_id=ask.agent_id,
        asked={
            "query": ask.query,
            "types": list(strategy.types),
            "filters": dict(ask.written_filters),
            "app_id": ask.app_id,
            "run_id": ask.run_id,
            "top_k": strategy.top_k,
            "threshold": strategy.threshold,
            "as_of": ask.as_of.isoformat() if ask.as_of else None,
        },
        strategy={
            name: getattr(strategy, name)
            for name in Strategy.__dataclass_fields__
            if name != "types"
        },
        degraded=thinking.degraded,
        embedding_model=thinking.model.name,
        scanned=thinking.scanned,
        timings=thinking.timings,
        at=caller.now,
    )


def _told(one: Ranked, rows: Mapping[uuid.UUID, search.Row]) -> dict[str, Any]:
    """A row of the trace: ids and numbers; the words stay where erasure finds them."""
    row = rows[one.hit.id]
    told = {
        "id": str(row.memory_id),
        "version": row.version,
        "type": row.type_name,
        "score": round(one.score, 4),
        "parts": {name: round(value, 4) for name, value in one.parts.items()},
    }
    return {**told, "why": one.left_out_for} if one.left_out_for else told


def trace(trace_id: uuid.UUID, *, namespace_id: uuid.UUID) -> RecallTrace:
    """What a recall asked, found and left out. Raises NotFound, SubjectNotAccepting."""
    with access.scope(namespace_id):
        found = traces.find(trace_id, namespace_id=namespace_id)
    if found is None:
        raise NotFound("There is no trace with this id here.")
    if found.subject is not None:
        access.refuse_if_closed(found.subject)
    return found
