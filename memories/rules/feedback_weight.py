"""What bots' verdicts on a memory do to its rank: a little, and never more than a little.

opinion = (helpful - irrelevant - 2 · wrong - 2 · harmful) / (verdicts + 2), kept within ±1
factor = 1 + weight · opinion

The 2 below is Laplace's: one verdict moves by a third, many agree before it moves by all of it. A
wrong or harmful memory also goes to a person for review; to push it down further here would be to
decide in their place, and would let one bot silence what another needs.
"""

from dataclasses import dataclass

DOUBT = 2
GRAVE = 2


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often bots said what of a memory."""

    helpful: int = 0
    irrelevant: int = 0
    wrong: int = 0
    harmful: int = 0


def factor(verdicts: Verdicts, *, weight: float) -> float:
    """1 ± weight; 1 without a verdict."""
    against = verdicts.irrelevant + GRAVE * (verdicts.wrong + verdicts.harmful)
    count = verdicts.helpful + verdicts.irrelevant + verdicts.wrong + verdicts.harmful
    opinion = (verdicts.helpful - against) / (count + DOUBT)
    return 1 + weight * max(-1.0, min(1.0, opinion))
