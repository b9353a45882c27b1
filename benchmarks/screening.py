"""How well secrets and personal data are told from plain prose, and how long that takes.

    python -m benchmarks.screening [--faults tuning|blind] [--names MODEL]

The patterns were written against the tuning part; the blind part only measures them. A clean
sentence in which anything at all is found counts as a false alarm. A secret counts as found when
nothing random of it is left in the masked text.
"""

import argparse
import json
import random
import re
import string
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks import summary
from memories.rules import secrets, special_categories

CASES = Path(__file__).with_name("screening_cases.json")
MICROSECONDS = 1e6
GROUPS = {
    "clean": "clean prose",
    "alike": "look-alikes of special categories",
    "secrets": "secrets",
    "personal": "structured personal data",
    "special": "special categories",
}
# What should be found in none of them.
EMPTY = ("clean", "alike")
_PLACEHOLDER = re.compile(r"\{([ABhlkd])(\d{1,3})\}")
_SIGNS = {
    "A": string.ascii_letters + string.digits,
    "B": string.ascii_uppercase + "234567",
    "h": "0123456789abcdef",
    "l": string.ascii_lowercase + string.digits,
    "k": "abcdefghijklmnopqrstuvwxyz234567",
    "d": string.digits,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what is to be found in it, and what of it is random and must not remain."""

    id: str
    part: str
    group: str
    text: str
    kind: str = ""
    random: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts over the cases of a group and part."""

    cases: int = 0
    found: int = 0
    right_kind: int = 0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(path: Path = CASES) -> list[Case]:
    """All cases, their placeholders filled: the same in every run."""
    return [_case(given) for given in json.loads(path.read_text())["cases"]]


def _case(given: dict[str, Any]) -> Case:
    rng = random.Random(given["id"])
    made: list[str] = []

    def fill(match: re.Match[str]) -> str:
        signs, size = _SIGNS[match[1]], int(match[2])
        made.append("".join(rng.choice(signs) for _ in range(size)))
        return made[-1]

    text = _PLACEHOLDER.sub(fill, given["text"])
    long = tuple(one for one in made if len(one) >= 8)
    return Case(
        given["id"], given["part"], given["group"], text, given.get("kind", ""), random=long
    )


def kinds(text: str) -> list[str]:
    """Everything that is found in a text."""
    # Imported here: it needs Django's settings, which `main` makes.
    from memories.providers import personal_data_detection  # noqa: PLC0415

    found = [
        *secrets.find(text), *personal_data_detection.find(text), *special_categories.find(text)
    ]  # fmt: skip
    return [span.kind for span in found]


def judge(case: Case, tally: Tally) -> None:
    """Add one case to the counts."""
    started = time.thread_time()
    found = kinds(case.text)
    tally.seconds.append(time.thread_time() - started)
    tally.cases += 1
    if case.group == "secrets":
        masked, hit = secrets.mask(case.text)
        is_found = bool(hit) and not any(one in masked for one in case.random)
    elif case.group in EMPTY:
        is_found = bool(found)
    else:
        is_found = any(kind not in secrets.KINDS for kind in found)
    tally.found += is_found
    tally.right_kind += case.kind in found
    if is_found is (case.group in EMPTY) or (case.kind and case.kind not in found):
        told = ", ".join(found) or "nothing"
        tally.faults.append(f"{case.id} ({case.kind or 'nothing'}): {told} in {case.text!r}")


def tallies(cases: Sequence[Case]) -> Iterator[tuple[str, str, Tally]]:
    """For each group and part its counts."""
    kinds("warm up: ada@example.com, +49 170 1234567")
    for group in GROUPS:
        for part in ("tuning", "blind"):
            tally = Tally()
            for case in cases:
                if (case.group, case.part) == (group, part):
                    judge(case, tally)
            yield group, part, tally


def main() -> None:
    """Print a table; with --faults also what went wrong in one part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faults", default="", help="the part of which to show the faults")
    parser.add_argument("--names", default="", help="an installed spaCy model that finds names")
    chosen = parser.parse_args()
    if not settings.configured:
        settings.configure(NAMES_MODEL=chosen.names)
    rows, faults = [], []
    for group, part, tally in tallies(read()):
        rows.append([f"{GROUPS[group]}, {part}", *_figures(tally, group)])
        faults += tally.faults if part == chosen.faults else []
    head = ("texts", "cases", "found", "of the right kind", "µs mean", "µs p50", "µs p95")
    summary.show(summary.table(head, rows), *faults)


def _figures(tally: Tally, group: str) -> list[str]:
    microseconds: Callable[[float], str] = lambda seconds: f"{seconds * MICROSECONDS:.0f}"  # noqa: E731
    return [
        str(tally.cases),
        f"{tally.found} ({tally.found / tally.cases:.3f})",
        "–" if group in EMPTY else f"{tally.right_kind / tally.cases:.3f}",
        microseconds(summary.mean(tally.seconds)),
        microseconds(summary.percentile(tally.seconds, 0.5)),
        microseconds(summary.percentile(tally.seconds, 0.95)),
    ]


if __name__ == "__main__":
    main()
