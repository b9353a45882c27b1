"""The path through a language model: played with replies of our own, good and hostile, or real."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks import extraction_hostile, extraction_replies
from benchmarks.extraction_cases import Case
from benchmarks.extraction_hostile import Spoiling
from benchmarks.extraction_judging import Share
from benchmarks.extraction_replies import Candidate, Prompt
from benchmarks.extraction_store import Outcome, Store

REPLIES = 100
BROKEN_REPLIES = 10

# Seen of one episode: its number, what the model is shown, the calls for it so far.
Speak = Callable[[Case, int, Prompt, int], str]


@dataclass(slots=True)
class Stage:
    """Who is played: the case and episode that are read now, and how the model speaks."""

    speak: Speak
    case: Case | None = None
    number: int = 0
    calls: int = 0

    def reply(self, body: dict[str, Any]) -> str:
        """What the played model answers a request."""
        if self.case is None:
            raise ValueError("Nobody tells anything.")
        self.calls += 1
        return self.speak(self.case, self.number, extraction_replies.shown(body), self.calls)

    def tell(self, case: Case, store: Store) -> Outcome:
        """Tell a case to the store while the model is played for it."""
        self.case = case
        return store.tell(case, self._turn_to)

    def _turn_to(self, number: int) -> None:
        self.number, self.calls = number, 0


def well(case: Case, number: int, prompt: Prompt, calls: int) -> str:
    """A good model."""
    del calls
    return extraction_hostile.plain(extraction_replies.good(case, number, prompt))


def eagerly(case: Case, number: int, prompt: Prompt, calls: int) -> str:
    """A model that obeys injections, repeats secrets, takes the assistant's words for news, and
    makes something up in every third episode."""
    del calls
    said = extraction_replies.good(case, number, prompt)
    last = len(prompt.turns)
    said += [extraction_replies.candidate(one, message=last) for one in case.obeyed]
    if case.secret:
        said.append(extraction_replies.candidate(f"My secret is {case.secret}", message=last))
    if case.echoed and number == len(case.episodes) - 1:
        said += [extraction_replies.candidate(case.echoed, message=at) for at in (2, last)]
    rng = random.Random(f"{case.id} {number}")
    if rng.random() < 1 / 3:
        spoils = ("what was never said", "a value that was never said")
        spoil = extraction_hostile.SPOILS[rng.choice(spoils)]
        said += spoil(Spoiling(prompt, said, rng))
    return extraction_hostile.plain(said)


@contextmanager
def ungrounded() -> Iterator[None]:
    """Without the check that what a model says was said."""
    # Django is set up by now, and was not when this module was imported.
    from memories.rules import grounding  # noqa: PLC0415

    checks = ("is_grounded", "holds_value", "agrees")
    kept = {name: getattr(grounding, name) for name in checks}
    for name in checks:
        setattr(grounding, name, lambda *_, **__: True)
    try:
        yield
    finally:
        for name, check in kept.items():
            setattr(grounding, name, check)


@dataclass(slots=True)
class Hostile:
    """By what was spoiled, how many replies did no harm; of broken ones, how many failed openly."""

    harmless: dict[str, Share] = field(default_factory=dict)
    mended: Share = field(default_factory=Share)
    failed: Share = field(default_factory=Share)
    stale: int = 0
    echoes: int = 0
    invented: int = 0
    fell: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def hostile(cases: Sequence[Case], store: Store, stage: Stage) -> Hostile:
    """100 spoiled replies to the last episodes of cases, and some that are broken."""
    told = [case for case in cases if len(case.episodes) > 1]
    found, rng = Hostile(), random.Random(4)
    names = list(extraction_hostile.SPOILS)
    for number in range(REPLIES):
        case, name = rng.choice(told), names[number % len(names)]
        _spoiled(case, name, random.Random(number), store, stage, found)
    for number in range(BROKEN_REPLIES):
        _broken(rng.choice(told), number, store, stage, found)
    return found


def _spoiled(
    case: Case, name: str, rng: random.Random, store: Store, stage: Stage, found: Hostile
) -> None:
    last, added = len(case.episodes) - 1, list[Candidate]()
    write = rng.choice(extraction_hostile.WRITINGS)

    def speak(case: Case, number: int, prompt: Prompt, calls: int) -> str:
        said = extraction_replies.good(case, number, prompt)
        if number < last:
            return extraction_hostile.plain(said)
        added[:] = extraction_hostile.SPOILS[name](Spoiling(prompt, said, rng))
        mixed = [*said, *added] if rng.random() < 1 / 2 else [*added, *said]
        # What cannot be read is asked for once more, and then comes in the form that is wanted.
        return write(mixed) if calls == 1 else extraction_hostile.plain(mixed)

    stage.speak = well
    right = stage.tell(case, store)
    stage.speak = speak
    spoiled = stage.tell(case, store)
    same = spoiled.as_known() == right.as_known()
    found.harmless.setdefault(name, Share()).add(met=same)
    found.fell.update(spoiled.rejected)
    found.stale += _stale(case, spoiled) and not _stale(case, right)
    if not same:
        more = [one for one in spoiled.as_known() if one not in right.as_known()]
        less = [one for one in right.as_known() if one not in spoiled.as_known()]
        found.echoes += name.startswith("what is known")
        found.invented += "that there is not" in name or name.startswith("an id")
        found.faults.append(f"{case.id}, {name}: more {more}, less {less}, said {added[:2]}")


def _broken(case: Case, number: int, store: Store, stage: Stage, found: Hostile) -> None:
    last = len(case.episodes) - 1
    write = extraction_hostile.BROKEN[number % len(extraction_hostile.BROKEN)]
    stage.speak = well
    right = stage.tell(case, store)
    for share, broken_calls in ((found.mended, 1), (found.failed, 2)):

        def speak(
            case: Case, number: int, prompt: Prompt, calls: int, broken: int = broken_calls
        ) -> str:
            said = extraction_replies.good(case, number, prompt)
            spoil = number == last and calls <= broken
            return write(said) if spoil else extraction_hostile.plain(said)

        stage.speak = speak
        outcome = stage.tell(case, store)
        if broken_calls == 1:
            share.add(met=outcome.as_known() == right.as_known())
        else:
            nothing = not any(row.episode == last for row in outcome.rows)
            share.add(met=outcome.states[-1] == "FAILED" and nothing)


def _stale(case: Case, outcome: Outcome) -> bool:
    return any(
        row.is_current and row.episode == one.episode and one.has.casefold() in row.text.casefold()
        for one in case.over
        for row in outcome.rows
    )
