"""Look for what is known and rank it. No trace of it is left: that is for who gives it to a bot."""

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from governance.models import Namespace
from governance.rules import namespace_settings
from memories import filtering, owners, search, strategies
from memories.providers import embeddings, reranking
from memories.providers.embeddings import EmbeddingModel, EmbeddingUnavailable, Vectors
from memories.questions import Ask
from memories.rules import ranking, statements
from memories.rules.decay import Past
from memories.rules.feedback_weight import Verdicts
from memories.rules.owner import Owner
from memories.rules.ranking import FADED, Hit, Ranked
from memories.rules.strategies import Strategy

log = logging.getLogger("remembrancer.recall")
# So many rows are ranked for each that is answered; the factors move a row little.
POOL_FACTOR, SMALLEST_POOL = 3, 30
# Where what has faded took the places of the pool, the next looks so much further down.
DEEPER = 10
LARGEST_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class Again:
    """A question whose owner and strategy are known already; `type_ids` are those of the
    strategy's types, where they are known, too: then no name is looked up for each row.

    `shadow` is the store as it was; `uses` how its memories had served until then, by id, as
    `Look.told` tells it. None for either: as it stands.
    """

    owner: Owner | None
    strategy: Strategy
    shadow: search.Shadow | None = None
    uses: Mapping[uuid.UUID, Mapping[str, float]] | None = None
    type_ids: Sequence[uuid.UUID] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What a question finds, best first, and what it leaves out."""

    strategy: Strategy
    owner: Owner | None
    rows: Mapping[uuid.UUID, search.Row]
    kept: Sequence[Ranked]
    left_out: Sequence[Ranked]

    def told(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What was found and what was left out, as a trace tells it."""
        return (
            [_told(one, self.rows) for one in self.kept],
            [_told(one, self.rows) for one in self.left_out[:LARGEST_LEFT_OUT]],
        )


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
        """Add what a stage took, in milliseconds; returns the moment at which it ended."""
        now = time.perf_counter()
        self.timings[stage] = round(self.timings.get(stage, 0.0) + (now - since) * 1000, 2)
        return now


def think(ask: Ask, *, namespace: Namespace) -> Thinking:
    """Embed the query; no transaction is open meanwhile. Without a model's answer, say so.

    A question without words is not embedded.
    """
    settings = namespace_settings.read(namespace.settings)
    thinking = Thinking(embeddings.serving(settings.embedding_model), settings.language)
    if not ask.query:
        return thinking
    started = time.perf_counter()
    try:
        thinking.vector = thinking.model.embed_query(ask.query)
    except EmbeddingUnavailable as error:
        thinking.degraded.append("embedding_unavailable")
        log.warning("recall by full text only", extra={"error": str(error)})
    thinking.timed("embed", started)
    return thinking


def strategy_of(ask: Ask, namespace: Namespace) -> Strategy:
    """The strategy, with what the question itself sets. Inside the scope. Raises InvalidInput."""
    name = ask.strategy or namespace_settings.read(namespace.settings).default_strategy
    found = strategies.current(name, namespace_id=namespace.pk)
    return replace(
        found,
        top_k=found.top_k if ask.top_k is None else ask.top_k,
        threshold=found.threshold if ask.threshold is None else ask.threshold,
        types=ask.types or found.types,
    )


def look(
    ask: Ask, thinking: Thinking, *, namespace: Namespace, now: datetime, again: Again | None = None
) -> Look:
    """Search and rank. Inside the namespace's scope.

    Raises InvalidInput for an unknown strategy, SubjectNotAccepting, IdentityAmbiguous.
    """
    if again is None:
        strategy = strategy_of(ask, namespace)
        again = Again(owners.known(ask.refs, ask.agent_id, namespace_id=namespace.pk), strategy)
    if again.owner is None:
        return Look(again.strategy, None, {}, [], [])
    strategy = again.strategy
    pool = max(SMALLEST_POOL, strategy.top_k * POOL_FACTOR, strategy.rerank_candidates)
    seen = _look(ask, again, thinking, now=now, limit=pool)
    hidden = any(one.left_out_for == FADED for one in seen.left_out)
    if hidden and len(seen.kept) < strategy.top_k and len(seen.rows) == pool:
        return _look(ask, again, thinking, now=now, limit=pool * DEEPER)
    return seen


def uses_in(told: Sequence[Mapping[str, Any]]) -> dict[uuid.UUID, Mapping[str, float]]:
    """How memories had served when a trace was made, from its rows; for `Again.uses`."""
    return {uuid.UUID(one["id"]): one.get("use", {}) for one in told}


def _look(ask: Ask, again: Again, thinking: Thinking, *, now: datetime, limit: int) -> Look:
    strategy, owner = again.strategy, again.owner
    if owner is None:
        return Look(strategy, None, {}, [], [])
    started = time.perf_counter()
    found = search.find(
        search.question(
            ask.query,
            vector=thinking.vector if strategy.dense_weight > 0 else None,
            model=thinking.model,
            language=thinking.language,
        ),
        owner=owner,
        condition=_condition(ask, again, owner, now),
        dense_weight=strategy.dense_weight,
        limit=limit,
        shadow=again.shadow,
    )
    thinking.scanned = found.scanned
    started = thinking.timed("search", started)
    rows = [_as_it_served(row, again) for row in found.rows]
    opinions = _second_opinion(ask, strategy, rows, thinking)
    hits = [_hit(row, thinking) for row in rows]
    ranked = ranking.rank(hits, strategy=strategy, now=ask.as_of or now, reranked=opinions)
    kept, left_out = ranking.choose(
        ranked,
        top_k=strategy.top_k,
        threshold=strategy.threshold,
        diversity=strategy.diversity,
        hide_below=0.0 if ask.include_faded else strategy.hide_below,
        sensitivities=ask.sensitivities,
    )
    thinking.timed("rank", started)
    return Look(strategy, owner, {row.memory_id: row for row in rows}, kept, left_out)


def _condition(ask: Ask, again: Again, owner: Owner, now: datetime) -> Q:
    holds = search.visible(ask.as_of or now, past=ask.as_of is not None, prefix="memory__")
    if again.type_ids:
        holds &= Q(memory__type_id__in=again.type_ids)
    elif again.strategy.types:
        holds &= Q(memory__type__name__in=again.strategy.types)
    if ask.agent_id and owner.subject_id is not None:
        holds &= Q(memory__agent_id=ask.agent_id)
    if ask.app_id:
        holds &= Q(memory__app_id=ask.app_id)
    if ask.run_id:
        holds &= Q(memory__run_id=ask.run_id)
    if ask.filters is not None:
        holds &= filtering.condition(ask.filters, prefix="memory__")
    return holds


def _as_it_served(row: search.Row, again: Again) -> search.Row:
    if again.uses is None:
        return row
    use = again.uses.get(row.memory_id)
    return replace(row, use=[use[name] for name in search.USE] if use else None)


def _hit(row: search.Row, thinking: Thinking) -> Hit:
    model = thinking.model
    dense = None
    if row.cosine is not None:
        dense = ranking.within_band(row.cosine, floor=model.floor, ceiling=model.ceiling)
    past, verdicts = _lived(row)
    return Hit(
        id=row.memory_id,
        dense=dense,
        lexical=row.lexical,
        importance=row.importance,
        at=datetime.fromtimestamp(row.at, UTC),
        half_life_days=row.half_life_days,
        words=frozenset(row.text.casefold().split()),
        past=past,
        verdicts=verdicts,
        sensitivity=row.sensitivity,
    )


def _lived(row: search.Row) -> tuple[Past, Verdicts]:
    learned_at = datetime.fromtimestamp(row.learned_at, UTC)
    if row.use is None:
        return Past(learned_at, row.confirmed), ranking.NO_VERDICTS
    recalled, used, *verdicts, last = row.use
    last_at = None if last is None else datetime.fromtimestamp(last, UTC)
    past = Past(learned_at, row.confirmed, int(recalled), int(used), last_at)
    return past, Verdicts(*map(int, verdicts))


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


def _told(one: Ranked, rows: Mapping[uuid.UUID, search.Row]) -> dict[str, Any]:
    """A row of the trace: ids and numbers; the words stay where erasure finds them."""
    row = rows[one.hit.id]
    told: dict[str, Any] = {
        "id": str(row.memory_id),
        "version": row.version,
        "type": row.type_name,
        "score": round(one.score, 4),
        "parts": {name: round(value, 4) for name, value in one.parts.items()},
    }
    if row.use is not None:
        told["use"] = dict(zip(search.USE, row.use, strict=True))
    return {**told, "why": one.left_out_for} if one.left_out_for else told
