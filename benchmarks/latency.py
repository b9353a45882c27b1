"""How fast the site answers, measured over HTTP.

    python -m benchmarks.latency --total 10000 --total 1000000 [--store FOLDER]
    python -m benchmarks.latency --url URL --api-key KEY --total 10000

Without --url a site is started, filled below its API, measured and ended. With it, the site is
filled through its API, with subjects of this run only.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import crowd, filling, goals, load, process_memory, summary, throughput, words
from benchmarks import site as sites
from benchmarks.client import Answer, Client
from benchmarks.goals import Recalls
from benchmarks.site import Site

CLIENTS = (1, 8, 32)
TOP_K = 10
_WARM_UP = 100
_TRACES = 25


def main() -> None:
    """Fill, ask, add; print the tables."""
    options = _options()
    with sites.chosen(options) as site:
        if site.own is not None:
            site.own.enter()
        measured: list[Recalls] = []
        for total in sorted(options.total):
            people = filling.fill(site, total, mixed=options.layout == "mixed")
            measured += _recalls(site, people, options)
        summary.show("## Recall", "", _table(measured))
        added = []
        if not options.reads_only:
            added = throughput.adds(site)
            summary.show("## Adding memories", "", throughput.adds_table(added))
            summary.show("## Episodes", "", throughput.episodes_table(site))
        if site.own is not None:
            summary.show("## Memory of the processes", "", process_memory.table())
        summary.show("## Goals", "", goals.table(measured, added))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--total", type=int, action="append", help="memories in all; may be given several times"
    )
    parser.add_argument("--count", type=int, default=1_000, help="recalls in one measurement")
    parser.add_argument("--seconds", type=float, default=20.0, help="the most that one may take")
    parser.add_argument(
        "--layout",
        choices=("mixed", "together"),
        default="mixed",
        help="whether a subject's rows lie scattered by sessions, as time does, or side by side",
    )
    parser.add_argument("--reads-only", action="store_true", help="recalls only")
    sites.add_arguments(parser)
    options = parser.parse_args()
    options.total = options.total or [10_000]
    return options


@dataclass(frozen=True, slots=True)
class _Asking:
    """Asks random questions about random subjects of one size."""

    names: Sequence[str]

    def __call__(self, client: Client, number: int) -> Answer:
        rng = random.Random(number)
        return client.recall(
            {"query": words.question(rng), "user_id": rng.choice(self.names), "top_k": TOP_K}
        )


def _recalls(site: Site, people: filling.Filled, options: argparse.Namespace) -> list[Recalls]:
    measured = []
    for size in (crowd.SMALL, crowd.MIDDLE, crowd.LARGE):
        names = people.names(size)
        if not names:
            continue
        ask = _Asking(names)
        load.run(site, ask, threads=4, count=_WARM_UP, seconds=options.seconds)
        for clients in CLIENTS:
            done = load.run(
                site, ask, threads=clients, count=options.count, seconds=options.seconds
            )
            embed, search = _stages(site, done)
            measured.append(Recalls(people.total, size, clients, done, embed, search))
            summary.tell(f"{people.total} in all, {size} each, {clients} clients: measured")
    return measured


def _stages(site: Site, done: load.Done) -> tuple[float, float]:
    """The median seconds of embedding and of searching, from the traces of some recalls."""
    step = max(1, len(done.answers) // _TRACES)
    with Client(site.url, site.api_key) as client:
        timings = [
            client.get(f"/api/v1/traces/{answer.body['trace_id']}/").body["timings"]
            for answer in done.answers[::step]
        ]
    return tuple(  # type: ignore[return-value]
        summary.percentile([one.get(stage, 0.0) / 1000 for one in timings], 0.5)
        for stage in ("embed", "search")
    )


def _table(measured: Sequence[Recalls]) -> str:
    head = (
        "memories in all", "of the subject", "clients", "recalls", "p50, ms", "p95, ms", "p99, ms",
        "a second", "embedding, ms", "search, ms",
    )  # fmt: skip
    rows = [
        (
            f"{one.total:,}",
            f"{one.size:,}",
            one.clients,
            len(one.done.answers),
            *(summary.milliseconds(one.at(share)) for share in (0.5, 0.95, 0.99)),
            f"{one.done.a_second:.0f}",
            summary.milliseconds(one.embed),
            summary.milliseconds(one.search),
        )
        for one in measured
    ]
    return summary.table(head, rows)


if __name__ == "__main__":
    main()
