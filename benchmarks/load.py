"""Many clients at once, each a thread with a connection of its own."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.client import Answer, Client
from benchmarks.site import Site

# Does one piece of work; told how many were begun before it.
Work = Callable[[Client, int], Answer]


@dataclass(slots=True)
class Done:
    """What a load did: each answer with its time, and how long all took."""

    answers: list[Answer] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def times(self) -> list[float]:
        """The seconds of each answer."""
        return [answer.seconds for answer in self.answers]

    @property
    def a_second(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds if self.seconds else 0.0


def run(site: Site, work: Work, *, threads: int, count: int, seconds: float) -> Done:
    """Do `count` pieces of work, or as many as fit into the seconds. Raises what a piece raised."""
    crew = _Crew(site, work, count=count, until=time.perf_counter() + seconds)
    started = time.perf_counter()
    hands = [threading.Thread(target=crew.labour, daemon=True) for _ in range(threads)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    if crew.problem is not None:
        raise crew.problem
    return Done(crew.answers, time.perf_counter() - started)


class _Crew:
    """What the threads share."""

    def __init__(self, site: Site, work: Work, *, count: int, until: float) -> None:
        self.answers: list[Answer] = []
        self.problem: BaseException | None = None
        self._site, self._work, self._count, self._until = site, work, count, until
        self._begun = 0
        self._turn = threading.Lock()

    def labour(self) -> None:
        """Work until there is nothing left, no time, or somebody failed."""
        try:
            with Client(self._site.url, self._site.api_key) as client:
                while (number := self._next()) is not None:
                    self.answers.append(self._work(client, number))
        except BaseException as problem:  # noqa: BLE001 - raised again where the threads meet
            self.problem = problem

    def _next(self) -> int | None:
        with self._turn:
            late = time.perf_counter() > self._until
            if self.problem is not None or late or self._begun >= self._count:
                return None
            self._begun += 1
            return self._begun - 1
