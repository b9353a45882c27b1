"""What kind of statement a sentence is: read from its embedding, as labelled sentences taught.

A linear reading (ridge regression) of 384 numbers, fitted in some milliseconds when the labelled
sentences have been embedded. On sentences held out it named the kind right more often than the
three nearest labelled sentences did (0.94 against 0.79), and kept less that was nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from memories.providers.prototypes import NOTHING, PROTOTYPES

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

KINDS = tuple(dict.fromkeys(kind for kind, _ in PROTOTYPES))
# How much the fit is held back from following single sentences.
_RIDGE = 1.0

# By model: the labelled sentences are the same for every episode of a process.
_fitted: dict[str, "Reading"] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """The best kind but nothing, and by how much it is ahead of nothing (about -1 to 1)."""

    name: str
    lead: float


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of vectors times `weights` (d, kinds) plus `offset` (kinds,) tell each kind's share."""

    weights: npt.NDArray[np.float64]
    offset: npt.NDArray[np.float64]

    def kinds(self, vectors: Vectors) -> list[Kind]:
        """One for each row (n, d)."""
        return [_best(row) for row in vectors @ self.weights + self.offset]


def reading(embed: Embed, *, model: str = "") -> Reading:
    """The reading for what `embed` embeds; kept for the process when `model` names it.

    Raises what `embed` raises.
    """
    known = _fitted.get(model) if model else None
    if known is None:
        known = _fit(embed([sentence for _, sentence in PROTOTYPES]))
        if model:
            _fitted[model] = known
    return known


def _fit(vectors: Vectors) -> Reading:
    rows = vectors.astype(np.float64)
    is_kind = np.array([[float(kind == one) for one in KINDS] for kind, _ in PROTOTYPES])
    middle, share = rows.mean(axis=0), is_kind.mean(axis=0)
    centred = rows - middle
    held_back = centred @ centred.T + _RIDGE * np.eye(len(rows))
    weights = centred.T @ np.linalg.solve(held_back, is_kind - share)
    return Reading(weights, share - middle @ weights)


def _best(scores: npt.NDArray[np.float64]) -> Kind:
    by_kind = dict(zip(KINDS, scores.tolist(), strict=True))
    nothing = by_kind.pop(NOTHING)
    name = max(by_kind, key=by_kind.__getitem__)
    return Kind(name, by_kind[name] - nothing)
