"""Where the time of a recall goes, in one process without a network.

    python -m benchmarks.profile_recall [--total 10000] [--size 1000] [--count 300]

Prints the stages that the traces tell, the statements that reach the database, own time by package
and by function, and PostgreSQL's own account of the search.
"""

import argparse
import cProfile
import pstats
import random
import re
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import crowd, filling, site, summary, words

if TYPE_CHECKING:
    from django.test import Client

WARM_UP = 30
FUNCTIONS = 15
_PROJECT = Path(__file__).resolve().parents[1]
_SEARCH = "WITH scan AS"


def main() -> None:
    """Fill, ask in process, print where the time went."""
    options = _options()
    with site.chosen(options) as place:
        if place.own is None:
            raise SystemExit("The profile looks inside; it needs a site of its own.")
        place.own.enter()
        filled = filling.fill(place, options.total, mixed=True)
        asking = _Asking(_client(place.api_key), filled.names(options.size))
        for number in range(WARM_UP):
            asking.ask(number)
        _show_stages(asking, options.count)
        _show_statements(asking, options.count)
        _show_functions(asking, options.count)
        _show_plan(asking)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--total", type=int, default=10_000, help="memories in all")
    parser.add_argument(
        "--size", type=int, default=crowd.MIDDLE, help="memories of the subjects asked about"
    )
    parser.add_argument("--count", type=int, default=300, help="recalls in one measurement")
    site.add_arguments(parser)
    return parser.parse_args()


def _client(api_key: str) -> "Client":
    # Django is set up by now, and was not when this module was imported.
    from django.test import Client  # noqa: PLC0415

    return Client(headers={"Authorization": f"Bearer {api_key}", "Host": "localhost"})


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks random questions about random subjects of one size, through the whole of Django."""

    client: "Client"
    names: Sequence[str]

    def ask(self, number: int) -> dict[str, Any]:
        """One recall's answer."""
        rng = random.Random(number)
        body = {"query": words.question(rng), "user_id": rng.choice(self.names), "top_k": 10}
        response = self.client.post("/api/v1/recall/", body, content_type="application/json")
        if not response.headers["Content-Type"].startswith("application/json"):
            raise SystemExit(f"The recall was refused: {response.content[:500]!r}")
        answer: dict[str, Any] = response.json()
        return answer

    def trace(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """What a recall left behind."""
        trace: dict[str, Any] = self.client.get(f"/api/v1/traces/{answer['trace_id']}/").json()
        return trace


def _show_stages(asking: _Asking, count: int) -> None:
    seconds, answers = [], []
    for number in range(count):
        started = time.perf_counter()
        answers.append(asking.ask(number))
        seconds.append(time.perf_counter() - started)
    stages: dict[str, list[float]] = defaultdict(list)
    for answer, whole in zip(answers, seconds, strict=True):
        timings = asking.trace(answer)["timings"]
        for stage, milliseconds in timings.items():
            stages[stage].append(milliseconds / 1000)
        stages["the rest: key, scope, trace, audit, JSON"].append(
            whole - sum(timings.values()) / 1000
        )
    stages["the whole"] = seconds
    rows = [
        [stage, *(summary.milliseconds(summary.percentile(taken, p)) for p in (0.5, 0.95))]
        for stage, taken in stages.items()
    ]
    summary.show("## Stages", "", summary.table(("stage", "p50, ms", "p95, ms"), rows))


def _show_statements(asking: _Asking, count: int) -> None:
    seconds: dict[str, list[float]] = defaultdict(list)
    for number in range(count):
        for statement, taken in _statements(asking, number):
            seconds[_kind(statement)].append(taken)
    # Django rounds each to a millisecond; the mean of many is finer.
    rows = [
        (kind, f"{len(taken) / count:.1f}", summary.milliseconds(sum(taken) / count))
        for kind, taken in sorted(seconds.items(), key=lambda item: -sum(item[1]))
    ]
    head = ("statement", "number a recall", "ms a recall")
    summary.show("## Statements", "", summary.table(head, rows))


def _statements(asking: _Asking, number: int) -> list[tuple[str, float]]:
    # See `_client`.
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        asking.ask(number)
    return [(one["sql"] or "", float(one["time"])) for one in captured.captured_queries]


def _kind(statement: str) -> str:
    """What a statement is, without its values: its verb and its first table."""
    if _SEARCH in statement:
        return "the search"
    verb = statement.split(maxsplit=1)[0] if statement.strip() else "(empty)"
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', statement)
    return f"{verb} {table.group(1)}" if table else " ".join(statement.split()[:2])


def _show_functions(asking: _Asking, count: int) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for number in range(count):
        asking.ask(number)
    profiler.disable()
    own = sorted(_own_times(profiler), key=lambda one: -one[2])
    packages: dict[str, float] = defaultdict(float)
    for package, _, seconds in own:
        packages[package] += seconds
    rows = [
        (package, summary.milliseconds(seconds / count))
        for package, seconds in sorted(packages.items(), key=lambda item: -item[1])[:FUNCTIONS]
    ]
    summary.show(
        "## Own time by package, under the profiler (which slows Python, not C)",
        "",
        summary.table(("package", "ms a recall"), rows),
        "## Own time by function",
        "",
        summary.table(
            ("function", "ms a recall"),
            [(name, summary.milliseconds(taken / count)) for _, name, taken in own[:FUNCTIONS]],
        ),
    )


def _own_times(profiler: cProfile.Profile) -> Iterator[tuple[str, str, float]]:
    """(package, function, seconds) of each function that was called."""
    stats: Mapping[tuple[str, int, str], tuple[int, int, float, float, Any]]
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    for (file, _line, function), (_, _, own, _, _) in stats.items():
        package, shown = _origin(file)
        yield package, f"{shown} {function}".strip(), own


def _origin(file: str) -> tuple[str, str]:
    """The package that a file belongs to, and the file as it is shown."""
    if file == "~":
        return "built in C", ""
    path = Path(file)
    if "site-packages" in path.parts:
        inside = path.parts[path.parts.index("site-packages") + 1 :]
        return inside[0], "/".join(inside)
    if path.is_relative_to(_PROJECT):
        inside = path.relative_to(_PROJECT).parts
        return inside[0], "/".join(inside)
    return "Python's own", path.name


def _show_plan(asking: _Asking) -> None:
    # See `_client`.
    from django.db import connection  # noqa: PLC0415

    from governance import access  # noqa: PLC0415

    search = next(sql for sql, _ in _statements(asking, 0) if _SEARCH in sql)
    namespace_id = re.search(r'"namespace_id" = \(?\'([0-9a-f-]{32,36})\'', search)
    if namespace_id is None:
        raise SystemExit("The search names no namespace.")
    with access.scope(uuid.UUID(namespace_id.group(1))), connection.cursor() as cursor:
        # The app's own role, so that row-level security is part of the plan.
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {search}")
        lines = [_short(row[0]) for row in cursor.fetchall()]
    summary.show("## The search's plan", "", "```", *lines, "```")


def _short(line: str, width: int = 160) -> str:
    return line if len(line) <= width else f"{line[:width]} …"


if __name__ == "__main__":
    main()
