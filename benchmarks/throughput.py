"""How many memories and episodes a second the site takes in."""

import random
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import load, summary, words
from benchmarks.client import Answer, Client, written
from benchmarks.site import Site

DIMENSIONS = 384
CLIENTS = (1, 4)
_SECONDS = 60.0
_EPISODES, _EPISODE_CLIENTS, _EPISODE_SUBJECTS = 200, 4, 20
_MOST_WAIT = 300.0
_LOOK_SECONDS = 0.02
_FINAL = frozenset({"DONE", "FAILED"})


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hand memories over."""

    name: str
    vectors: bool
    in_run: bool
    memories: int
    batches: tuple[int, ...]


ALONE = Way("embedded here, each alone", False, False, 2_000, (100, 1_000))
IN_RUN = Way("embedded here, with the turns before", False, True, 1_000, (100, 1_000))
GIVEN = Way("vectors given", True, False, 10_000, (100, 1_000))


@dataclass(frozen=True, slots=True)
class Added:
    """What one measurement of adding gave."""

    way: Way
    batch: int
    clients: int
    memories: int
    a_second: float


def adds(site: Site) -> list[Added]:
    """Memories a second, by way, batch and number of clients."""
    return [
        _add(site, way, batch, clients)
        for way in (ALONE, IN_RUN, GIVEN)
        for batch in way.batches
        for clients in CLIENTS
    ]


def adds_table(measured: Sequence[Added]) -> str:
    """The measurements as a table."""
    return summary.table(
        ("memories added", "in a request", "clients", "number", "a second"),
        [
            (one.way.name, one.batch, one.clients, one.memories, f"{one.a_second:.0f}")
            for one in measured
        ],
    )


def episodes_table(site: Site) -> str:
    """Episodes a second: accepted, and worked off."""
    run = secrets.token_hex(4)
    bodies = [written(_episode(number, run)) for number in range(_EPISODES)]
    started = time.perf_counter()

    def post(client: Client, number: int) -> Answer:
        return client.post("/api/v1/episodes/", bodies[number])

    posted = load.run(site, post, threads=_EPISODE_CLIENTS, count=_EPISODES, seconds=_SECONDS)
    ids = [str(answer.body["id"]) for answer in posted.answers]
    done, failed = _wait_for(site, ids)
    lasted = time.perf_counter() - started
    summary.tell(f"Episodes: {len(ids)} accepted, {done} done, {failed} failed")
    row = (
        len(ids),
        f"{posted.a_second:.0f}",
        summary.milliseconds(summary.percentile(posted.times, 0.5)),
        summary.milliseconds(summary.percentile(posted.times, 0.95)),
        done,
        f"{done / lasted:.1f}",
    )
    head = ("episodes", "accepted a second", "p50, ms", "p95, ms", "done", "done a second")
    return summary.table(head, [row])


def _add(site: Site, way: Way, batch: int, clients: int) -> Added:
    run = secrets.token_hex(4)
    count = max(clients, way.memories // batch)
    # Written before: what is measured is the site, not this process's JSON.
    bodies = [written(_memories(way, batch, number, run)) for number in range(count)]

    def post(client: Client, number: int) -> Answer:
        return client.post("/api/v1/memories/", bodies[number])

    done = load.run(site, post, threads=clients, count=count, seconds=_SECONDS)
    memories = batch * len(done.answers)
    summary.tell(f"{way.name}: {memories} in {done.seconds:.1f} s ({batch} a request)")
    return Added(way, batch, clients, memories, memories / done.seconds)


def _memories(way: Way, batch: int, number: int, run: str) -> dict[str, Any]:
    rng = random.Random(f"{run}-{number}")
    person = f"writer-{run}-{number}"
    memories: list[dict[str, Any]] = [
        {"user_id": person, "text": words.statement(rng), "speaker": "Ada"} for _ in range(batch)
    ]
    for memory in memories if way.in_run else ():
        memory["run_id"] = f"run-{number}"
    if way.vectors:
        drawn = np.random.default_rng(number).standard_normal((batch, DIMENSIONS))
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        for memory, vector in zip(memories, drawn.round(5).tolist(), strict=True):
            memory["vector"] = vector
    return {"memories": memories}


def _episode(number: int, run: str) -> dict[str, Any]:
    rng = random.Random(f"{run}-{number}")
    thing, city = rng.choice(words.THINGS), rng.choice(words.PLACES)
    said = (
        ("user", f"I live in {city} now, and I bought a {thing} there. {words.statement(rng)}."),
        ("assistant", f"How is the {thing}?"),
        ("user", f"I like it. Please answer me in short sentences. {words.statement(rng)}."),
        ("assistant", "I will."),
    )
    return {
        "user_id": f"talker-{run}-{number % _EPISODE_SUBJECTS}",
        "run_id": f"run-{number}",
        "messages": [{"role": role, "content": content} for role, content in said],
    }


def _wait_for(site: Site, ids: Sequence[str]) -> tuple[int, int]:
    """How many episodes were done, and how many failed, in the time they are given."""
    deadline = time.perf_counter() + _MOST_WAIT
    ends: list[str] = []
    with Client(site.url, site.api_key) as client:
        for one in ids:
            status = ""
            while status not in _FINAL and time.perf_counter() < deadline:
                status = str(client.get(f"/api/v1/episodes/{one}/").body["status"])
                if status not in _FINAL:
                    time.sleep(_LOOK_SECONDS)
            ends.append(status)
    return ends.count("DONE"), ends.count("FAILED")
