"""Many measurements in a few figures, and figures in a markdown table."""

import math
import sys
from collections.abc import Iterable, Sequence

MILLISECONDS = 1000.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; not a number for none."""
    return sum(values) / len(values) if values else math.nan


def milliseconds(seconds: float) -> str:
    """A time as it stands in a table."""
    value = seconds * MILLISECONDS
    return "-" if math.isnan(value) else f"{value:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown: the first column to the left, all others to the right."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def show(*parts: str) -> None:
    """Print parts of a report, an empty line between them."""
    sys.stdout.write("\n".join(parts) + "\n")
    sys.stdout.flush()


def tell(message: str) -> None:
    """Say how it goes, apart from the report."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()
