"""Bring the store to a number of memories before it is measured."""

import random
import secrets
from dataclasses import dataclass

import numpy as np

from benchmarks import crowd, load, summary, words
from benchmarks.client import Answer, Client
from benchmarks.site import NAMESPACE, OwnSite, Site

_BATCH = 500
_MOST_THROUGH_THE_API = 100_000
_SECONDS = 600.0
_DIMENSIONS = 384


@dataclass(frozen=True, slots=True)
class Filled:
    """The crowd that is in the store, under names with this suffix."""

    people: crowd.Crowd
    suffix: str = ""

    @property
    def total(self) -> int:
        """How many memories there are."""
        return self.people.total

    def names(self, size: int) -> list[str]:
        """The ids of all subjects of a size."""
        return [name + self.suffix for name, found in self.people.members() if found == size]


def fill(site: Site, total: int, *, mixed: bool) -> Filled:
    """Have about so many memories; what is there from an earlier fill counts."""
    if site.own is not None:
        return _below(site.own, total, mixed=mixed)
    if total > _MOST_THROUGH_THE_API:
        raise SystemExit(f"Through an API at most {_MOST_THROUGH_THE_API} memories are filled.")
    return _through(site, total)


def _below(own: OwnSite, total: int, *, mixed: bool) -> Filled:
    # Django is set up by now, and was not when this module was imported.
    from benchmarks import population  # noqa: PLC0415

    wanted = crowd.of_total(total)
    with own.connect() as link:
        place = population.place_of(NAMESPACE, link)
        pattern = f"{crowd.PREFIX}-%"
        there = population.there(link, place, pattern=pattern)
        missing = [member for member in wanted.members() if member[0] not in there]
        if missing:
            summary.tell(f"Filling to {total:,} memories …")
            population.fill(link, missing, place=place, mixed=mixed)
        return Filled(crowd.of_names(population.there(link, place, pattern=pattern)))


def _through(site: Site, total: int) -> Filled:
    people, suffix = crowd.of_total(total), f"-{secrets.token_hex(4)}"
    parts = [
        (name + suffix, min(_BATCH, size))
        for name, size in people.members()
        for _ in range(0, size, _BATCH)
    ]

    def post(client: Client, number: int) -> Answer:
        rng = random.Random(f"{suffix}-{number}")
        user_id, size = parts[number]
        vectors = np.random.default_rng(number).standard_normal((size, _DIMENSIONS)).round(4)
        return client.remember(
            [
                {"user_id": user_id, "text": words.statement(rng), "vector": vector}
                for vector in vectors.tolist()
            ]
        )

    done = load.run(site, post, threads=2, count=len(parts), seconds=_SECONDS)
    if len(done.answers) < len(parts):
        raise SystemExit(f"The site took more than {_SECONDS:.0f} seconds to be filled.")
    return Filled(people, suffix)
