"""From hits to an order, with the parts of each score.

relevance = w · dense + (1 - w) · lexical, both on [0, 1]:
dense is the cosine within the model's band, lexical the share of the query's BM25 mass that the
memory covers. Unlike min-max over the hits, a score then means the same in every answer, so that a
threshold can be honest; on dialogue both rank alike (README, "Design notes").
score = relevance · recency · importance, where the factors stay within 1 ± their weight.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memories.rules.strategies import Strategy

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Hit:
    """A memory that search found. `dense` and `lexical` on [0, 1]; None where not computed."""

    id: uuid.UUID
    dense: float | None
    lexical: float
    importance: float
    # When it happened, was said, or was last confirmed; and how fast its type fades.
    at: datetime
    half_life_days: float | None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its score on [0, 1] and the parts that made it."""

    hit: Hit
    score: float
    parts: Mapping[str, float]
    left_out_for: str = ""


def relevance(dense: float | None, lexical: float, *, dense_weight: float) -> float:
    """The mix of both signals; full text alone where there is no vector."""
    if dense is None:
        return lexical
    return dense_weight * dense + (1 - dense_weight) * lexical


def within_band(cosine: float, *, floor: float, ceiling: float) -> float:
    """A cosine on [0, 1] between a model's floor and ceiling."""
    return min(1.0, max(0.0, (cosine - floor) / (ceiling - floor)))


def recency(at: datetime, *, now: datetime, half_life_days: float | None, weight: float) -> float:
    """1 + weight for what is fresh, 1 after one half-life, 1 - weight for what is old."""
    if half_life_days is None:
        return 1.0
    age_days = max(0.0, (now - at).total_seconds() / SECONDS_A_DAY)
    fresh: float = 0.5 ** (age_days / half_life_days)
    return 1 + weight * (2 * fresh - 1)


def importance(value: float, *, weight: float) -> float:
    """1 ± weight; 1 for a memory of middling importance."""
    return 1 + weight * (2 * value - 1)


def rank(
    hits: Sequence[Hit],
    *,
    strategy: Strategy,
    now: datetime,
    reranked: Mapping[uuid.UUID, float] | None = None,
) -> list[Ranked]:
    """All hits by falling score. `reranked` holds a second model's opinion on [0, 1] of some.

    A hit that the second model was not asked about counts as one that it thinks nothing of, or it
    would overtake those that were asked about.
    """
    silent = 0.0 if reranked else None
    scored = [_score(hit, strategy, now, (reranked or {}).get(hit.id, silent)) for hit in hits]
    scored.sort(key=lambda ranked: (-ranked.score, ranked.hit.id.hex))
    # Only now: among the best, too, the fresher and the weightier come first.
    return [replace(ranked, score=min(1.0, ranked.score)) for ranked in scored]


def choose(
    ranked: Sequence[Ranked], *, top_k: int, threshold: float, diversity: float
) -> tuple[list[Ranked], list[Ranked]]:
    """(kept, left out with the reason). A near copy of a kept one steps back, and comes last
    when there is room for it."""
    kept: list[Ranked] = []
    copies: list[Ranked] = []
    out: list[Ranked] = []
    for one in ranked:
        if one.score < threshold:
            out.append(replace(one, left_out_for="below_threshold"))
        elif any(_overlap(one.hit, other.hit) > diversity for other in kept):
            copies.append(one)
        elif len(kept) < top_k:
            kept.append(one)
        else:
            out.append(replace(one, left_out_for="beyond_top_k"))
    room = top_k - len(kept)
    out += [replace(one, left_out_for="near_copy") for one in copies[room:]]
    return kept + copies[:room], out


def _score(hit: Hit, strategy: Strategy, now: datetime, opinion: float | None) -> Ranked:
    base = relevance(hit.dense, hit.lexical, dense_weight=strategy.dense_weight)
    mixed = base
    if opinion is not None:
        mixed = (1 - strategy.rerank_weight) * base + strategy.rerank_weight * opinion
    fresh = recency(
        hit.at, now=now, half_life_days=hit.half_life_days, weight=strategy.recency_weight
    )
    weighty = importance(hit.importance, weight=strategy.importance_weight)
    parts = {"relevance": base, "lexical": hit.lexical, "recency": fresh, "importance": weighty}
    if hit.dense is not None:
        parts["dense"] = hit.dense
    if opinion is not None:
        parts["reranker"] = opinion
    return Ranked(hit, mixed * fresh * weighty, parts)


def _overlap(one: Hit, other: Hit) -> float:
    """Jaccard's share of common words."""
    if not one.words or not other.words:
        return 0.0
    return len(one.words & other.words) / len(one.words | other.words)
