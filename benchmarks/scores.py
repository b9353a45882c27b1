"""How good an answer's order is: where in it the evidence stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import summary

ANY_AT = (5, 10, 20)
RECALL_AT = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One question's ranks (from 1) of the evidence that was found, of so many pieces."""

    category: int
    ranks: tuple[int, ...]
    pieces: int

    def any_at(self, depth: int) -> float:
        """1 when some evidence stands among the first `depth`."""
        return float(any(rank <= depth for rank in self.ranks))

    def recall_at(self, depth: int) -> float:
        """The share of the evidence that stands among the first `depth`."""
        return sum(rank <= depth for rank in self.ranks) / self.pieces

    def reciprocal_rank(self) -> float:
        """1 / rank of the first evidence; 0 when there is none."""
        return 1 / min(self.ranks) if self.ranks else 0.0


def judge(category: int, found: Sequence[str], evidence: frozenset[str]) -> Judged:
    """Where the evidence stands among the ids that were found, best first."""
    ranks = tuple(rank for rank, one in enumerate(found, start=1) if one in evidence)
    return Judged(category, ranks, len(evidence))


def figures(judged: Sequence[Judged]) -> list[str]:
    """any@5, any@10, any@20, recall@10 in per cent, and MRR."""
    shares = [
        *([one.any_at(depth) for one in judged] for depth in ANY_AT),
        [one.recall_at(RECALL_AT) for one in judged],
    ]
    reciprocal = summary.mean([one.reciprocal_rank() for one in judged])
    return [*(f"{100 * summary.mean(share):.1f}" for share in shares), f"{reciprocal:.3f}"]


HEAD = (*(f"any@{depth}" for depth in ANY_AT), f"recall@{RECALL_AT}", "MRR")
