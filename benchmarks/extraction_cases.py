"""Labelled conversations: what of them is to be kept, what is over afterwards, what must not stay.

`extraction_cases.json` holds single episodes, `extraction_changes.json` episodes that follow one
another. Each file says what its parts were used for.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FILES = tuple(
    Path(__file__).with_name(name) for name in ("extraction_cases.json", "extraction_changes.json")
)
# What is taken back or only said once more need not be kept anew.
_KEEPS_NOTHING = frozenset({"ends", "forgets", "confirms"})


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that one turn tells. `of` are words of the earlier one that it changes or ends.

    `says` is how it would have been told, where it ends something; `on` the date of an event.
    """

    turn: int
    types: frozenset[str]
    has: str
    slot: str = ""
    value: str = ""
    on: str = ""
    speaker: str = ""
    optional: bool = False
    relation: str = "new"
    of: str = ""
    says: str = ""

    @property
    def may_be_missing(self) -> bool:
        """Whether a store without it is right, too."""
        return self.optional or self.relation in _KEEPS_NOTHING


@dataclass(frozen=True, slots=True)
class Said:
    """One episode: (role, content) of its turns, and what they tell."""

    turns: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A memory of one of the episodes, known by its words and perhaps its slot."""

    episode: int
    has: str
    slot: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Episodes of one person. At the end `current` holds and `over` does not.

    `ask` is answered by what is current; `secret` must be nowhere; `obeyed` is what a model says
    that obeys an injection, `echoed` what one says that takes the assistant's words for news.
    """

    id: str
    area: str
    part: str
    kind: str
    at: datetime
    episodes: tuple[Said, ...]
    current: tuple[Left, ...] = ()
    over: tuple[Left, ...] = ()
    ask: str = ""
    secret: str = ""
    obeyed: tuple[str, ...] = ()
    echoed: str = ""


def read() -> list[Case]:
    """All cases of both files, in their order."""
    return [case for path in FILES for case in _of_file(path)]


def _of_file(path: Path) -> Iterator[Case]:
    given = json.loads(path.read_text())
    at = datetime.fromisoformat(given["at"])
    for case in given["cases"]:
        episodes = case.get("episodes") or [{"turns": case["turns"], "told": case["expected"]}]
        yield Case(
            id=case["id"],
            area=case["area"],
            part=case["part"],
            kind=case.get("kind") or _kind(case),
            at=at,
            episodes=tuple(_said(one) for one in episodes),
            current=tuple(Left(**one) for one in case.get("current", ())),
            over=tuple(Left(**one) for one in case.get("over", ())),
            ask=case.get("ask", ""),
            secret=case.get("secret", ""),
            obeyed=tuple(case.get("obeyed", ())),
            echoed=case.get("echoed", ""),
        )


def _kind(case: Mapping[str, Any]) -> str:
    if case["id"].startswith("injection"):
        return "injection"
    return "fact" if case["expected"] else "nothing"


def _said(given: Mapping[str, Any]) -> Said:
    return Said(
        turns=tuple((role, content) for role, content in given["turns"]),
        told=tuple(_told(one) for one in given["told"]),
    )


def _told(given: Mapping[str, Any]) -> Told:
    types = given["type"]
    rest = {name: value for name, value in given.items() if name != "type" and value is not None}
    return Told(types=frozenset([types] if isinstance(types, str) else types), **rest)
