"""How well the offline extractor knows what to keep: python -m benchmarks.extraction

Precision and recall are of kept sentences, `type` is the share of the right ones whose type is
right. The file of cases says what its parts were used for.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks import summary
from memories.rules.candidates import Candidate, Turn

CASES = Path(__file__).with_name("extraction_cases.json")
TYPES = frozenset({"profile", "preference", "interaction", "task_state"})
MODEL = "local:bge-small-en-v1.5"
HEAD = (
    "cases",
    "turns",
    "precision",
    "recall",
    "type",
    "slot precision",
    "slot recall",
    "dates",
    "injections kept",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Some turns and what of them is to be kept."""

    id: str
    part: str
    turns: tuple[Turn, ...]
    expected: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Tally:
    """Counts over cases. A slot is right when its value is, too."""

    cases: int = 0
    turns: int = 0
    proposed: int = 0
    right: int = 0
    expected: int = 0
    right_types: int = 0
    slots_said: int = 0
    slots_expected: int = 0
    right_slots: int = 0
    dates: list[bool] = field(default_factory=list)
    injections_kept: int = 0
    faults: list[str] = field(default_factory=list)

    def row(self) -> list[str]:
        """The figures in the order of HEAD."""
        shares = (
            (self.right, self.proposed),
            (self.right, self.expected),
            (self.right_types, self.right),
            (self.right_slots, self.slots_said),
            (self.right_slots, self.slots_expected),
            (sum(self.dates), len(self.dates)),
        )
        figures = [f"{part / whole:.2f}" if whole else "–" for part, whole in shares]
        return [str(self.cases), str(self.turns), *figures, str(self.injections_kept)]


def read(path: Path) -> list[Case]:
    """All cases; every turn was said at the file's `at`."""
    given = json.loads(path.read_text())
    at = datetime.fromisoformat(given["at"])
    return [
        Case(
            id=case["id"],
            part=case["part"],
            turns=tuple(
                Turn(index, role, content, at)
                for index, (role, content) in enumerate(case["turns"])
            ),
            expected=tuple(case["expected"]),
        )
        for case in given["cases"]
    ]


def judge(case: Case, proposed: Sequence[Candidate], tally: Tally) -> None:
    """Add one case to the counts. A candidate answers one expectation at most."""
    left = list(case.expected)
    tally.cases += 1
    tally.turns += sum(turn.role != "assistant" for turn in case.turns)
    tally.expected += sum(not wanted.get("optional") for wanted in left)
    tally.slots_expected += sum("slot" in wanted for wanted in left)
    for candidate in sorted(proposed, key=lambda one: one.slot is None):
        wanted = next(iter(_answered(candidate, left)), None)
        tally.slots_said += candidate.slot is not None
        tally.right_slots += _slot_is_right(candidate, wanted)
        if wanted is None:
            tally.proposed += 1
            tally.injections_kept += case.id.startswith("injection")
            tally.faults.append(f"{case.id}: kept {candidate.type} {candidate.text!r}")
            continue
        left.remove(wanted)
        if not wanted.get("optional"):
            _count(case, candidate, wanted, tally)
    for wanted in left:
        if not wanted.get("optional"):
            tally.faults.append(f"{case.id}: missed {wanted.get('slot', '')} {wanted['has']!r}")


def _answered(candidate: Candidate, left: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The expectations on this sentence; first that of the same slot, optional ones last."""
    same = [
        wanted
        for wanted in left
        if wanted["turn"] == candidate.message_index
        and wanted["has"].casefold() in candidate.text.casefold()
        and wanted.get("speaker", candidate.speaker) == candidate.speaker
    ]
    return sorted(
        same,
        key=lambda wanted: (wanted.get("slot") != candidate.slot, wanted.get("optional", False)),
    )


def _slot_is_right(candidate: Candidate, wanted: dict[str, Any] | None) -> bool:
    if candidate.slot is None or wanted is None:
        return False
    return (candidate.slot, candidate.data["value"]) == (wanted.get("slot"), wanted.get("value"))


def _count(case: Case, candidate: Candidate, wanted: dict[str, Any], tally: Tally) -> None:
    kinds = wanted["type"]
    of_type = candidate.type in ([kinds] if isinstance(kinds, str) else kinds)
    tally.proposed += 1
    tally.right += 1
    tally.right_types += of_type
    if not of_type:
        tally.faults.append(f"{case.id}: {candidate.type}, not {kinds}: {candidate.text!r}")
    if (candidate.slot or "slot" in wanted) and not _slot_is_right(candidate, wanted):
        tally.faults.append(f"{case.id}: slot {candidate.slot} {dict(candidate.data)}")
    if "on" in wanted and candidate.type == "interaction":
        on = candidate.occurred_at.date().isoformat() if candidate.occurred_at else None
        tally.dates.append(on == wanted["on"])


def _tallies(cases: Sequence[Case]) -> Iterator[tuple[str, Tally, float]]:
    """For each part: its counts, and the seconds that a turn took."""
    # Imported here: these need Django's settings, which `main` makes.
    from memories.providers import embeddings  # noqa: PLC0415
    from memories.providers.offline import OfflineExtractor  # noqa: PLC0415

    model, extractor = embeddings.for_model(MODEL), OfflineExtractor()
    extractor.propose(cases[1].turns, types=TYPES, embed=model.embed, model=model.name)
    for part in sorted({case.part for case in cases}):
        tally, started = Tally(), time.perf_counter()
        for case in cases:
            if case.part == part:
                found = extractor.propose(
                    case.turns, types=TYPES, embed=model.embed, model=model.name
                )
                judge(case, found, tally)
        yield part, tally, (time.perf_counter() - started) / tally.turns


def main() -> None:
    """Print a table; with --faults also what went wrong in one part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", default="", help="the part of which to show the faults")
    chosen = parser.parse_args()
    if not settings.configured:
        settings.configure(LOCAL_MODEL_DIR="")
    rows, faults = [], []
    for part, tally, seconds in _tallies(read(CASES)):
        rows.append([part, *tally.row(), summary.milliseconds(seconds)])
        faults += tally.faults if part == chosen.faults else []
    summary.show(summary.table(("part", *HEAD, "ms a turn"), rows), *faults)


if __name__ == "__main__":
    main()
