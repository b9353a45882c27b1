"""Who lives in the store that recalls are measured against."""

from collections.abc import Iterable
from dataclasses import dataclass

PREFIX = "bench"
SMALL, MIDDLE, LARGE = 100, 1_000, 10_000
_SMALL_SUBJECTS = 20
_MOST_LARGE_SUBJECTS = 5
# Below this, one subject of ten thousand would be most of the store.
_TOTAL_FOR_EACH_LARGE = 25_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many subjects there are of each size (number of memories)."""

    subjects: dict[int, int]

    @property
    def total(self) -> int:
        """All memories."""
        return sum(size * number for size, number in self.subjects.items())

    def members(self) -> list[tuple[str, int]]:
        """Each subject's id on its channel, with its size."""
        return [
            (name(size, number), size)
            for size, subjects in self.subjects.items()
            for number in range(subjects)
        ]


def of_total(total: int) -> Crowd:
    """A crowd with about so many memories, most of them of subjects of middling size."""
    large = min(_MOST_LARGE_SUBJECTS, total // _TOTAL_FOR_EACH_LARGE)
    rest = total - _SMALL_SUBJECTS * SMALL - large * LARGE
    if rest < MIDDLE:
        raise ValueError(f"A total of {total} is too small to measure.")
    return Crowd({SMALL: _SMALL_SUBJECTS, MIDDLE: rest // MIDDLE, LARGE: large})


def of_names(names: Iterable[str]) -> Crowd:
    """The crowd that these ids belong to."""
    subjects = {SMALL: 0, MIDDLE: 0, LARGE: 0}
    for one in names:
        subjects[int(one.split("-")[1])] += 1
    return Crowd(subjects)


def name(size: int, number: int) -> str:
    """The id of one subject on its channel."""
    return f"{PREFIX}-{size}-{number}"
