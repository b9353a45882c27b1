"""The extractor that needs no language model: it keeps people's own sentences, or nothing.

What fills a slot is found by pattern. Any other sentence is of the kind of the labelled sentences
that it is nearest to; many are nearest to those that nobody need remember.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from memories.providers.prototypes import NOTHING, PROTOTYPES
from memories.rules import dates, speech_acts, tellings
from memories.rules.candidates import Candidate, Turn
from memories.rules.slot_patterns import Slot
from memories.rules.tellings import Telling

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

NEIGHBOURS = 3
# The share of the nearest labelled sentences' weight that must be worth remembering.
WORTH_KEEPING = 0.5
# The same for what does not speak of the speaker, or was said by the assistant.
SURELY_WORTH_KEEPING = 0.99

SLOT_CONFIDENCE = 0.9
CONFIRMED_CONFIDENCE = 0.4
LOWEST_CONFIDENCE, CONFIDENCE_RANGE = 0.4, 0.4
_IMPORTANCE = {"profile": 0.7, "preference": 0.6, "interaction": 0.4, "task_state": 0.5}
_SLOT_IMPORTANCE = 0.8

_KINDS = np.array([kind for kind, _ in PROTOTYPES])
# By model: the labelled sentences are the same for every episode of a process.
_labelled_vectors: dict[str, Vectors] = {}


class OfflineExtractor:
    """Proposes verbatim sentences with their type; invents no word."""

    name = "offline-1"

    def propose(
        self, turns: Sequence[Turn], *, types: Collection[str], embed: Embed, model: str = ""
    ) -> list[Candidate]:
        """Candidates in the order of the messages, of these types only.

        `embed` gives L2-normalised rows (n, d); `model` names what it embeds with, and lets the
        labelled sentences be embedded once for all. Raises what `embed` raises.
        """
        told = tellings.told(turns)
        kinds = iter(_kinds([one for one in told if not one.slots], embed, model))
        found: list[Candidate] = []
        for one in told:
            if one.slots:
                found += _of_slots(one)
            elif kind := next(kinds):
                found.append(_candidate(one, *kind))
        return [candidate for candidate in found if candidate.type in types]


def _of_slots(told: Telling) -> Iterator[Candidate]:
    for slot in told.slots:
        yield _candidate(told, slot.type, SLOT_CONFIDENCE, slot)


def _kinds(
    told: Sequence[Telling], embed: Embed, model: str
) -> list[tuple[str, float] | None]:
    """For each its type and confidence, or None where nothing is worth keeping."""
    if not told:
        return []
    nearness = embed([one.read_as for one in told]) @ _labelled(embed, model).T
    return [_kind(one, row) for one, row in zip(told, nearness, strict=True)]


def _labelled(embed: Embed, model: str) -> Vectors:
    known = _labelled_vectors.get(model) if model else None
    if known is None:
        known = embed([sentence for _, sentence in PROTOTYPES])
        if model:
            _labelled_vectors[model] = known
    return known


def _kind(told: Telling, nearness: Vectors) -> tuple[str, float] | None:
    nearest = np.argsort(-nearness)[:NEIGHBOURS]
    weights: dict[str, float] = {}
    for index in nearest:
        kind = str(_KINDS[index])
        weights[kind] = weights.get(kind, 0.0) + float(nearness[index])
    total = sum(weights.values())
    worth = 1.0 - weights.pop(NOTHING, 0.0) / total
    of_self = speech_acts.speaks_of_self(told.read_as)
    if told.standing and not of_self:
        return "preference", _confidence(worth)
    enough = WORTH_KEEPING if of_self and not told.confirmed else SURELY_WORTH_KEEPING
    if worth < enough:
        return None
    return max(weights, key=weights.__getitem__), _confidence(worth)


def _confidence(worth: float) -> float:
    return round(LOWEST_CONFIDENCE + CONFIDENCE_RANGE * worth, 2)


def _candidate(
    told: Telling, kind: str, confidence: float, slot: Slot | None = None
) -> Candidate:
    happened = kind == "interaction"
    return Candidate(
        type=kind,
        text=told.text,
        message_index=told.turn.index,
        speaker=told.turn.speaker,
        data={"value": slot.value} if slot else {},
        slot=slot.slot if slot else None,
        confidence=min(confidence, CONFIRMED_CONFIDENCE) if told.confirmed else confidence,
        importance=_SLOT_IMPORTANCE if slot else _IMPORTANCE[kind],
        occurred_at=dates.mentioned_at(told.text, now=told.turn.at) if happened else None,
    )
