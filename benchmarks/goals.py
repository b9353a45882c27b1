"""What the figures are held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import crowd, load, summary, throughput
from benchmarks.extraction_judging import Tally
from benchmarks.throughput import Added

P50_MIDDLE, P95_MIDDLE, P95_LARGE = 0.015, 0.040, 0.060
GROWTH = 1.3
EMBEDDED_A_SECOND, GIVEN_A_SECOND = 150.0, 1_500.0
PRECISION, RECALL, SLOTS = 0.85, 0.70, 0.90


@dataclass(frozen=True, slots=True)
class Recalls:
    """Recalls of subjects of one size by so many clients; stages are medians in seconds."""

    total: int
    size: int
    clients: int
    done: load.Done
    embed: float
    search: float

    def at(self, share: float) -> float:
        """A percentile of the seconds that a recall took."""
        return summary.percentile(self.done.times, share)


def table(recalls: Sequence[Recalls], added: Sequence[Added]) -> str:
    """Each goal with what was measured, for one client and the largest total."""
    rows = [*_of_recalls(recalls), *_of_growth(recalls), *_of_adding(added)]
    return summary.table(("goal", "at most or least", "measured", "met"), rows)


def of_extraction(tally: Tally) -> str:
    """Each goal of extraction with what was measured; what must never be is counted."""
    least = (
        ("precision of what is kept", PRECISION, tally.precision.value),
        ("recall of what is to be kept", RECALL, tally.recall.value),
        ("values of slots right", SLOTS, tally.slots_said.value),
    )
    never = (
        ("stale values reused after a change in a slot", tally.stale_slots.part),
        ("injections kept as fact", tally.injections.part),
        ("secrets kept", tally.secrets.part),
        ("echoes kept", tally.echoes.part),
    )
    rows = [
        (name, f"{goal:.2f}", f"{found:.2f}", _met(found >= goal)) for name, goal, found in least
    ]
    rows += [(name, "0", str(found), _met(found == 0)) for name, found in never]
    return summary.table(("goal", "at least, or never", "measured", "met"), rows)


def _of_recalls(recalls: Sequence[Recalls]) -> Iterator[tuple[str, str, str, str]]:
    for size, share, most in (
        (crowd.MIDDLE, 0.5, P50_MIDDLE),
        (crowd.MIDDLE, 0.95, P95_MIDDLE),
        (crowd.LARGE, 0.95, P95_LARGE),
    ):
        of_one = _of_one_client(recalls, size)
        if of_one:
            found = of_one[-1].at(share)
            name = f"recall p{share * 100:.0f} at {size:,} memories a subject"
            yield name, f"{most * 1000:.0f} ms", f"{found * 1000:.1f} ms", _met(found <= most)


def _of_growth(recalls: Sequence[Recalls]) -> Iterator[tuple[str, str, str, str]]:
    of_one = _of_one_client(recalls, crowd.MIDDLE)
    if len(of_one) > 1:
        first, last = of_one[0], of_one[-1]
        found = last.at(0.5) / first.at(0.5)
        name = f"recall p50 at {last.total:,} in all against {first.total:,}"
        yield name, f"{GROWTH} times", f"{found:.2f} times", _met(found <= GROWTH)


def _of_adding(added: Sequence[Added]) -> Iterator[tuple[str, str, str, str]]:
    for way, least in ((throughput.ALONE, EMBEDDED_A_SECOND), (throughput.GIVEN, GIVEN_A_SECOND)):
        found = max((one.a_second for one in added if one.way == way), default=0.0)
        if found:
            yield (
                f"memories added, {way.name}",
                f"{least:.0f}/s",
                f"{found:.0f}/s",
                _met(found >= least),
            )


def _of_one_client(recalls: Sequence[Recalls], size: int) -> list[Recalls]:
    return sorted(
        (one for one in recalls if one.clients == 1 and one.size == size),
        key=lambda one: one.total,
    )


def _met(met: bool) -> str:
    return "yes" if met else "no"
