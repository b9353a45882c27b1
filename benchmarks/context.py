"""How much longer a context takes than a recall, both asked in turn over HTTP.

    python -m benchmarks.context [--total 60000] [--count 400] [--clients 1]

Every context has pinned memories, recalled ones and the last turns of a run; recall and context ask
the same question of the same person, one after the other, so that whatever else the machine does
falls on both.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import crowd, filling, load, summary, words
from benchmarks import site as sites
from benchmarks.client import Answer, Client
from benchmarks.site import Site

GOAL_SECONDS = 0.010
BUDGETS = (1_000, 8_000)
PEOPLE = 5
PINNED, TURNS = 25, 20
RUN = "bench-run"
_WARM_UP = 60
_TRACES = 25
_EXTRACTING_SECONDS = 120.0


def main() -> None:
    """Fill, pin, ask; print one table."""
    options = _options()
    with sites.chosen(options) as site:
        if site.own is not None:
            site.own.enter()
        people = filling.fill(site, options.total, mixed=True)
        rows = [
            row
            for size in (crowd.SMALL, crowd.MIDDLE, crowd.LARGE)
            if (names := people.names(size)[:PEOPLE])
            for row in _measured(site, names, size, options)
        ]
    head = (
        "of the subject", "budget", "clients", "pairs", "recall p50, ms", "recall p95, ms",
        "context p50, ms", "context p95, ms", "more at p95, ms", "composing, ms", "within 10 ms",
    )  # fmt: skip
    summary.show("## Context", "", summary.table(head, rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--total", type=int, default=60_000, help="memories in all")
    parser.add_argument("--count", type=int, default=400, help="pairs in one measurement")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="the most that one may take")
    sites.add_arguments(parser)
    return parser.parse_args()


@dataclass
class _Pairs:
    """Asks for a recall and a context of the same; keeps the times of both."""

    names: Sequence[str]
    budget: int
    recalls: list[float] = field(default_factory=list)
    contexts: list[float] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)

    def __call__(self, client: Client, number: int) -> Answer:
        rng = random.Random(number)
        whose, question = rng.choice(self.names), words.question(rng)
        recall = {"query": question, "user_id": whose}
        context = {
            "message": question,
            "user_id": whose,
            "run_id": RUN,
            "history": {"from_run": True},
            "token_budget": self.budget,
        }
        if number % 2:  # neither is always the one that warms the caches
            found = client.post("/api/v1/context/", context)
            asked = client.recall(recall)
        else:
            asked = client.recall(recall)
            found = client.post("/api/v1/context/", context)
        self.recalls.append(asked.seconds)
        self.contexts.append(found.seconds)
        self.traces.append(found.body["trace_id"])
        return found


def _measured(
    site: Site, names: Sequence[str], size: int, options: argparse.Namespace
) -> list[tuple[object, ...]]:
    with Client(site.url, site.api_key) as client:
        _wait_for(client, [_pin(client, name) for name in names])
    return [_row(site, names, size, budget, options) for budget in BUDGETS]


def _row(
    site: Site, names: Sequence[str], size: int, budget: int, options: argparse.Namespace
) -> tuple[object, ...]:
    threads = options.clients
    load.run(site, _Pairs(names, budget), threads=threads, count=_WARM_UP, seconds=options.seconds)
    pairs = _Pairs(names, budget)
    load.run(site, pairs, threads=threads, count=options.count, seconds=options.seconds)
    recall, context = (
        [summary.percentile(times, share) for share in (0.5, 0.95)]
        for times in (pairs.recalls, pairs.contexts)
    )
    more = context[1] - recall[1]
    summary.tell(f"{size} each, budget {budget}: measured")
    return (
        f"{size:,}",
        f"{budget:,}",
        threads,
        len(pairs.recalls),
        *map(summary.milliseconds, (*recall, *context, more)),
        summary.milliseconds(_composing(site, pairs.traces)),
        "yes" if more <= GOAL_SECONDS else "no",
    )


def _composing(site: Site, traces: Sequence[str]) -> float:
    """The median seconds of composing alone, from some traces."""
    with Client(site.url, site.api_key) as client:
        told = [
            client.get(f"/api/v1/traces/{trace}/").body["timings"]["compose"] / 1000
            for trace in traces[:: max(1, len(traces) // _TRACES)]
        ]
    return summary.percentile(told, 0.5)


def _pin(client: Client, name: str) -> str:
    """Give somebody pinned memories and a run with some turns; the address of its episode."""
    rng = random.Random(name)
    kinds = ("profile", "preference")
    client.remember(
        [
            {"user_id": name, "type": kinds[number % 2], "text": words.statement(rng)}
            for number in range(PINNED)
        ]
    )
    said = [
        {"role": ("user", "assistant")[turn % 2], "content": words.statement(rng)}
        for turn in range(TURNS)
    ]
    told = client.post("/api/v1/episodes/", {"user_id": name, "run_id": RUN, "messages": said})
    return str(told.body["status_url"])


def _wait_for(client: Client, episodes: Sequence[str]) -> None:
    """The worker that extracts them would take the processor from what is measured."""
    until = time.monotonic() + _EXTRACTING_SECONDS
    for episode in episodes:
        while client.get(episode).body["status"] not in ("DONE", "FAILED"):
            if time.monotonic() > until:
                raise SystemExit("The episodes are still being extracted.")
            time.sleep(0.2)


if __name__ == "__main__":
    main()
