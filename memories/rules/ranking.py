"""From hits to an order, with the parts of each score.

relevance = w · dense + (1 - w) · lexical, both on [0, 1]:
dense is the cosine within the model's band, lexical the share of the query's BM25 mass that the
memory covers. Unlike min-max over the hits, a score then means the same in every answer, so that a
threshold can be honest; on dialogue both rank alike (README, "Design notes").
score = relevance · recency · importance · feedback, where the factors stay within 1 ± their weight.

Recency asks how long ago it happened or was last confirmed, over a half-life that use lengthens;
strength (rules/decay.py), how long ago it was last met. The first orders what is answered, the
second hides what has faded.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memories.rules import decay, feedback_weight
from memories.rules.decay import Past
from memories.rules.feedback_weight import Verdicts
from memories.rules.strategies import Strategy

NO_VERDICTS = Verdicts()
# Codes of why a memory was left out that others read.
FADED, BEYOND_TOP_K, NOT_FOR_PURPOSE = "faded", "beyond_top_k", "purpose_does_not_allow"


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
    # None: nothing is known of it, and it is as strong as one met just now.
    past: Past | None = None
    verdicts: Verdicts = NO_VERDICTS
    sensitivity: str = "normal"


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
    fresh = decay.left_after(decay.days(at, now=now), half_life_days=half_life_days)
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
    ranked: Sequence[Ranked],
    *,
    top_k: int,
    threshold: float,
    diversity: float,
    hide_below: float = 0.0,
    sensitivities: frozenset[str] | None = None,
) -> tuple[list[Ranked], list[Ranked]]:
    """(kept, left out with the reason). A near copy of a kept one steps back, and comes last
    when there is room for it. `sensitivities`: those that may be kept; None for all.
    """
    kept: list[Ranked] = []
    copies: list[Ranked] = []
    out: list[Ranked] = []
    for one in ranked:
        refused = _refused(one, threshold, hide_below, sensitivities)
        if refused:
            out.append(replace(one, left_out_for=refused))
        elif any(_overlap(one.hit, other.hit) > diversity for other in kept):
            copies.append(one)
        elif len(kept) < top_k:
            kept.append(one)
        else:
            out.append(replace(one, left_out_for=BEYOND_TOP_K))
    room = top_k - len(kept)
    out += [replace(one, left_out_for="near_copy") for one in copies[room:]]
    return kept + copies[:room], out


def _refused(
    one: Ranked, threshold: float, hide_below: float, sensitivities: frozenset[str] | None
) -> str:
    """Why it is no answer, however much room there is; "" for one that is."""
    if one.score < threshold:
        return "below_threshold"
    if sensitivities is not None and one.hit.sensitivity not in sensitivities:
        return NOT_FOR_PURPOSE
    return FADED if one.parts["strength"] < hide_below else ""


def _score(hit: Hit, strategy: Strategy, now: datetime, opinion: float | None) -> Ranked:
    base = relevance(hit.dense, hit.lexical, dense_weight=strategy.dense_weight)
    mixed = base
    if opinion is not None:
        mixed = (1 - strategy.rerank_weight) * base + strategy.rerank_weight * opinion
    parts = {"relevance": base, "lexical": hit.lexical}
    if hit.dense is not None:
        parts["dense"] = hit.dense
    if opinion is not None:
        parts["reranker"] = opinion
    parts |= _factors(hit, strategy, now)
    told = parts.get("feedback", 1.0)
    return Ranked(hit, mixed * parts["recency"] * parts["importance"] * told, parts)


def _factors(hit: Hit, strategy: Strategy, now: datetime) -> dict[str, float]:
    """The bounded factors, the strength, and by how much use slows the fading if it does."""
    slowed = decay.stretch(hit.past) if hit.past is not None else 1.0
    half_life = None if hit.half_life_days is None else hit.half_life_days * slowed
    parts = {
        "recency": recency(
            hit.at, now=now, half_life_days=half_life, weight=strategy.recency_weight
        ),
        "importance": importance(hit.importance, weight=strategy.importance_weight),
        "strength": 1.0,
    }
    if hit.past is not None:
        parts["strength"] = decay.strength(hit.past, half_life_days=hit.half_life_days, now=now)
    if slowed > 1 and half_life is not None:
        parts["use"] = slowed
    told = feedback_weight.factor(hit.verdicts, weight=strategy.feedback_weight)
    return parts if told == 1 else {**parts, "feedback": told}


def _overlap(one: Hit, other: Hit) -> float:
    """Jaccard's share of common words."""
    if not one.words or not other.words:
        return 0.0
    return len(one.words & other.words) / len(one.words | other.words)
