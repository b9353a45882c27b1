"""Whether recall still finds what it must: one case judged, and one run beside the runs before.

A run is compared case by case with itself: a case that is new, was changed, or was asked while a
part of the search did not answer says nothing about recall getting worse.
"""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

# By how much the mean over comparable cases may be lower than usual: one condition in twenty.
MARGIN = 0.05
# So many runs make what is usual.
USUAL = 7
_WORD = re.compile(r"\w+")
# Scripts written without spaces: a word of theirs is looked for inside longer runs.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must come and what must not: each a memory's id, or words of one memory's text."""

    must: Sequence[str]
    must_not: Sequence[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many of a case's conditions held, and where the others stand, such as `must[0]`."""

    held: int
    of: int
    unmet: Sequence[str]

    @property
    def passed(self) -> bool:
        """All held."""
        return not self.unmet

    @property
    def score(self) -> float:
        """The share that held, on [0, 1]."""
        return round(self.held / self.of, 4) if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """One case of one run.

    `asked` is a keyed digest of the case's question and conditions: results of one case are
    compared while it stays the same. `score` is None for a case that could not be measured; `why`
    says why in a code.
    """

    id: str
    asked: str
    score: float | None = None
    passed: bool | None = None
    held: int = 0
    of: int = 0
    unmet: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    why: str = ""

    @property
    def comparable(self) -> bool:
        """Measured, by a search that was whole."""
        return self.score is not None and not self.degraded


@dataclass(frozen=True, slots=True)
class Fall:
    """What got worse: by how much the mean fell, and the cases that passed until now."""

    drop: float
    lost: tuple[str, ...]

    @property
    def fell(self) -> bool:
        """More than a margin, or any case lost: search is deterministic, nothing fails by luck."""
        return self.drop > MARGIN or bool(self.lost)


def judge(conditions: Conditions, recalled: Mapping[str, str]) -> Verdict:
    """`recalled`: the text of each memory that came, by id."""
    unmet = [
        *(f"must[{at}]" for at, one in enumerate(conditions.must) if not _came(one, recalled)),
        *(f"must_not[{at}]" for at, one in enumerate(conditions.must_not) if _came(one, recalled)),
    ]
    of = len(conditions.must) + len(conditions.must_not)
    return Verdict(of - len(unmet), of, unmet)


def score(results: Iterable[Result]) -> float | None:
    """The mean over the cases that were measured, on [0, 1]; None without one."""
    scores = [one.score for one in results if one.score is not None]
    return round(fmean(scores), 4) if scores else None


def told(one: Result) -> dict[str, Any]:
    """A result as a run keeps it in JSON."""
    return {**asdict(one), "unmet": list(one.unmet), "degraded": list(one.degraded)}


def read(kept: Iterable[Mapping[str, Any]]) -> list[Result]:
    """The results that a run keeps as JSON, as values."""
    known = Result.__dataclass_fields__
    found = ({name: value for name, value in one.items() if name in known} for one in kept)
    return [
        Result(
            **{
                "asked": "",
                **one,
                "unmet": tuple(one.get("unmet", ())),
                "degraded": tuple(one.get("degraded", ())),
            }
        )
        for one in found
    ]


def degraded(results: Iterable[Result]) -> list[str]:
    """Codes of what did not answer in a run, each once."""
    return sorted({code for one in results for code in one.degraded})


def fall(run: Sequence[Result], before: Sequence[Sequence[Result]]) -> Fall:
    """What got worse since the runs before, newest first.

    Each case is compared with its mean over the last runs in which it was the same and could be
    compared; it is lost when it passed in the newest of them and fails now.
    """
    drops, lost = [], []
    for one in run:
        earlier = _earlier(one, before) if one.comparable else []
        if not earlier or one.score is None:
            continue
        drops.append(fmean(known.score or 0.0 for known in earlier) - one.score)
        if earlier[0].passed and not one.passed:
            lost.append(one.id)
    return Fall(round(max(0.0, fmean(drops)), 4) if drops else 0.0, tuple(lost))


def as_id(condition: str) -> str | None:
    """The id of the memory that a condition names, or None for words."""
    try:
        return str(uuid.UUID(condition.strip()))
    except ValueError:
        return None


def words(text: str) -> list[str]:
    """The words of a text as they are compared: NFKC, case-folded, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _earlier(one: Result, before: Sequence[Sequence[Result]]) -> list[Result]:
    same = (
        known
        for run in before
        for known in run
        if (known.id, known.asked) == (one.id, one.asked) and known.comparable
    )
    return list(same)[:USUAL]


def _came(condition: str, recalled: Mapping[str, str]) -> bool:
    wanted = as_id(condition)
    if wanted is not None:
        return wanted in recalled
    needed = words(condition)
    return any(_holds(needed, words(text)) for text in recalled.values())


def _holds(needed: Sequence[str], said: Sequence[str]) -> bool:
    """All of the words, in any order, in one memory's text."""
    known = set(said)
    return all(
        word in known or (_is_unspaced(word) and any(word in run for run in known))
        for word in needed
    )


def _is_unspaced(word: str) -> bool:
    return any(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in word)
