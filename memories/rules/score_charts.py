"""Where the marks of a chart of quality runs stand: geometry only, in the units of its view box."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 480, 216
LEFT, RIGHT = 42, 8
# The score, on [0, 1], above; a bar for the cases of each run below.
TOP, BOTTOM = 10, 130
BAR_TOP, BAR_BOTTOM = 150, 194
LABEL_Y = 210
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
WIDEST_BAR = 14.0


@dataclass(frozen=True, slots=True)
class Point:
    """One run. `score` None: it asked no case."""

    at: datetime
    score: float | None
    passed: int
    cases: int
    fell: bool = False
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """The score of one run."""

    x: float
    y: float
    point: Point

    @property
    def percent(self) -> str:
        """The score in words."""
        return f"{self.point.score or 0:.0%}"

    @property
    def diamond(self) -> str:
        """Corners around it: what fell differs in shape, not in colour only."""
        x, y, r = self.x, self.y, 5
        return f"{x},{y - r} {x + r},{y} {x},{y + r} {x - r},{y}"


@dataclass(frozen=True, slots=True)
class Bar:
    """The cases of one run, those that passed filled from below."""

    x: float
    width: float
    y: float
    height: float
    passed_y: float
    passed_height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid with what it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to be drawn. `lines`: polylines, broken where a run has no score."""

    dots: Sequence[Dot]
    lines: Sequence[str]
    bars: Sequence[Bar]
    grid: Sequence[Line]
    first: datetime
    last: datetime
    most_cases: int


def chart(points: Sequence[Point]) -> Chart | None:
    """The chart of these runs, oldest first, evenly spaced; None without a run."""
    if not points:
        return None
    step = (WIDTH - LEFT - RIGHT) / len(points)
    xs = [round(LEFT + step * (index + 0.5), 2) for index in range(len(points))]
    most = max(point.cases for point in points)
    width = min(WIDEST_BAR, step * 0.7)
    return Chart(
        dots=[
            Dot(x, _height(point.score), point)
            for x, point in zip(xs, points, strict=True)
            if point.score is not None
        ],
        lines=_lines(xs, points),
        bars=[_bar(x, width, point, most) for x, point in zip(xs, points, strict=True)],
        grid=[Line(_height(value), f"{value:.0%}") for value in GRID],
        first=points[0].at,
        last=points[-1].at,
        most_cases=most,
    )


def _height(score: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, score)), 2)


def _lines(xs: Sequence[float], points: Sequence[Point]) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, point in zip(xs, points, strict=True):
        if point.score is None:
            runs.append([])
        else:
            runs[-1].append(f"{x},{_height(point.score)}")
    return [" ".join(run) for run in runs if len(run) > 1]


def _bar(x: float, width: float, point: Point, most: int) -> Bar:
    room = BAR_BOTTOM - BAR_TOP
    whole = room * point.cases / most if most else 0.0
    part = room * min(point.passed, point.cases) / most if most else 0.0
    return Bar(
        x=round(x - width / 2, 2),
        width=round(width, 2),
        y=round(BAR_BOTTOM - whole, 2),
        height=round(whole, 2),
        passed_y=round(BAR_BOTTOM - part, 2),
        passed_height=round(part, 2),
    )
