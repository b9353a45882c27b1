"""How memories fade: the curve of each seeded type, by days without being met and by uses.

    python -m benchmarks.decay [--days 730] [--uses 0 1 3 15 63] [--csv FILE]

Computed from rules/decay.py, without a site: strength, the recency factor that a recall multiplies
with, and the day on which the default strategy hides what was never met again.
"""

import argparse
import csv
import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import summary
from governance.rules import seeds
from memories.rules import decay, ranking
from memories.rules.decay import Past
from memories.rules.strategies import Strategy

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
MILESTONES = (0, 7, 30, 90, 180, 365, 730)
WIDTH, HEIGHT = 72, 12
MARKS = "·oxX#"
DEFAULT = Strategy()


def main() -> None:
    """Print the tables and a chart of each type that fades."""
    options = _options()
    for kind in seeds.MEMORY_TYPES:
        half_life = kind["half_life_days"]
        if half_life is None:
            summary.show(f"## {kind['name']}", "", "Does not fade: 1 at any age.", "")
            continue
        summary.show(
            f"## {kind['name']}, half-life {half_life:g} days",
            "",
            summary.table(_head(), _rows(half_life, options.uses)),
            "```",
            *_chart(half_life, options.uses, options.days),
            "```",
            "",
        )
    if options.csv:
        _write(options.csv, options.uses, options.days)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--days", type=int, default=730, help="how far the charts reach")
    parser.add_argument("--uses", type=int, nargs="+", default=[0, 1, 3, 15, 63])
    parser.add_argument("--csv", type=Path, help="where every day of every curve is written")
    return parser.parse_args()


def _past(uses: int) -> Past:
    return Past(learned_at=BEGIN, used=uses)


def _strength(days: float, half_life: float, uses: int) -> float:
    now = BEGIN + timedelta(days=days)
    return decay.strength(_past(uses), half_life_days=half_life, now=now)


def _factor(days: float, half_life: float, uses: int) -> float:
    return ranking.recency(
        BEGIN,
        now=BEGIN + timedelta(days=days),
        half_life_days=half_life * decay.stretch(_past(uses)),
        weight=DEFAULT.recency_weight,
    )


def _hidden_after(half_life: float, uses: int) -> float:
    return half_life * decay.stretch(_past(uses)) * math.log2(1 / DEFAULT.hide_below)


def _head() -> list[str]:
    return ["uses", "stretch", *(f"{day} d" for day in MILESTONES), "hidden after"]


def _rows(half_life: float, every: Sequence[int]) -> Iterator[list[str]]:
    for uses in every:
        told = [
            f"{_strength(day, half_life, uses):.2f} (x{_factor(day, half_life, uses):.2f})"
            for day in MILESTONES
        ]
        yield [
            str(uses),
            f"x{decay.stretch(_past(uses)):.2f}",
            *told,
            f"{_hidden_after(half_life, uses):.0f} d",
        ]


def _chart(half_life: float, every: Sequence[int], days: int) -> list[str]:
    """Strength from 0 to 1 over the days; each number of uses has a mark of its own."""
    grid = [[" "] * WIDTH for _ in range(HEIGHT)]
    for number, uses in enumerate(every):
        for column in range(WIDTH):
            strength = _strength(days * column / (WIDTH - 1), half_life, uses)
            row = round((1 - strength) * (HEIGHT - 1))
            grid[row][column] = MARKS[number % len(MARKS)]
    left = [f"{1 - row / (HEIGHT - 1):4.2f} |" for row in range(HEIGHT)]
    marks = "  ".join(
        f"{MARKS[number % len(MARKS)]} {uses} uses" for number, uses in enumerate(every)
    )
    return [
        *(name + "".join(cells).rstrip() for name, cells in zip(left, grid, strict=True)),
        "     +" + "-" * WIDTH,
        f"      0{f'{days} days':>{WIDTH - 1}}",
        f"      {marks}",
    ]


def _write(file: Path, every: Sequence[int], days: int) -> None:
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["type", "half_life_days", "uses", "day", "strength", "recency_factor"])
        for kind in seeds.MEMORY_TYPES:
            writer.writerows(_curve(kind, every, days))


def _curve(kind: dict[str, Any], every: Sequence[int], days: int) -> Iterator[list[Any]]:
    half_life = kind["half_life_days"]
    for uses in every:
        for day in range(days + 1):
            told = (1.0, 1.0)
            if half_life is not None:
                told = (_strength(day, half_life, uses), _factor(day, half_life, uses))
            yield [kind["name"], half_life, uses, day, *(f"{value:.4f}" for value in told)]


if __name__ == "__main__":
    main()
