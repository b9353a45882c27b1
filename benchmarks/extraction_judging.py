"""What a store holds after a case, held against what the case says it should."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.extraction_cases import Case, Left, Told
from benchmarks.extraction_store import Outcome, Row

KEPT_HEAD = (
    "cases",
    "turns",
    "precision",
    "recall",
    "type",
    "slot precision",
    "slot recall",
    "dates",
    "waiting for review",
)
CHANGES_HEAD = (
    "changes right",
    "changes without a slot right",
    "retractions right",
    "stale reused",
    "injections kept",
    "secrets kept",
    "echoes kept",
)


@dataclass(slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def add(self, *, met: bool) -> None:
        """Count one more."""
        self.part += met
        self.whole += 1

    @property
    def value(self) -> float:
        """Not a number for none."""
        return self.part / self.whole if self.whole else float("nan")

    def __str__(self) -> str:
        return f"{self.value:.2f}" if self.whole else "–"

    def of(self) -> str:
        """As "3 of 4"."""
        return f"{self.part} of {self.whole}" if self.whole else "–"


@dataclass(slots=True)
class Tally:
    """Counts over cases. A slot is right when its value is, too."""

    cases: int = 0
    turns: int = 0
    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    types: Share = field(default_factory=Share)
    slots_said: Share = field(default_factory=Share)
    slots_found: Share = field(default_factory=Share)
    dates: Share = field(default_factory=Share)
    # Statements that were right, and that a person must allow first: not kept, not lost.
    waiting: int = 0
    changes: Share = field(default_factory=Share)
    free_changes: Share = field(default_factory=Share)
    retractions: Share = field(default_factory=Share)
    stale: Share = field(default_factory=Share)
    stale_slots: Share = field(default_factory=Share)
    injections: Share = field(default_factory=Share)
    secrets: Share = field(default_factory=Share)
    echoes: Share = field(default_factory=Share)
    faults: list[str] = field(default_factory=list)

    def of_kept(self) -> list[str]:
        """The figures in the order of KEPT_HEAD."""
        shares = (self.precision, self.recall, self.types, self.slots_said, self.slots_found)
        shown = [str(one) for one in (*shares, self.dates, self.waiting)]
        return [str(self.cases), str(self.turns), *shown]

    def of_changes(self) -> list[str]:
        """The figures in the order of CHANGES_HEAD."""
        shares = (self.changes, self.free_changes, self.retractions, self.stale)
        return [one.of() for one in (*shares, self.injections, self.secrets, self.echoes)]


def judge(case: Case, outcome: Outcome, tally: Tally) -> None:
    """Add one case to the counts."""
    tally.cases += 1
    tally.turns += sum(role != "assistant" for said in case.episodes for role, _ in said.turns)
    for number in range(len(case.episodes)):
        _judge_kept(case, number, outcome.rows, tally)
    _judge_end(case, outcome, tally)
    if "FAILED" in outcome.states:
        tally.faults.append(f"{case.id}: an episode failed")


def _judge_kept(case: Case, number: int, all_rows: Sequence[Row], tally: Tally) -> None:
    """A memory answers one statement at most."""
    rows = [row for row in all_rows if row.episode == number and row.is_kept]
    waiting = [row for row in all_rows if row.episode == number and row.waits]
    left = _without_waiting(case.episodes[number].told, waiting, tally)
    tally.slots_found.whole += sum(bool(told.slot) and not told.may_be_missing for told in left)
    for row in sorted(rows, key=lambda one: not one.slot):
        told = next(iter(_answered(row, left)), None)
        right = told is not None and (row.slot, _plain(row.value)) == (
            told.slot,
            _plain(told.value),
        )
        if row.slot:
            tally.slots_said.add(met=right)
        if told is None:
            tally.precision.add(met=False)
            tally.faults.append(f"{case.id}: kept {row.type} {row.text!r}")
            continue
        left.remove(told)
        if not told.may_be_missing:
            tally.precision.add(met=True)
            tally.recall.add(met=True)
            tally.slots_found.part += bool(told.slot) and right
            _judge_details(case, row, told, right, tally)
    for told in left:
        if not told.may_be_missing:
            tally.recall.add(met=False)
            tally.faults.append(f"{case.id}: missed {told.slot} {told.has!r}")


def _without_waiting(told: Sequence[Told], waiting: Sequence[Row], tally: Tally) -> list[Told]:
    left = list(told)
    for row in waiting:
        for one in _answered(row, left)[:1]:
            left.remove(one)
            tally.waiting += not one.may_be_missing
    return left


def _answered(row: Row, left: Sequence[Told]) -> list[Told]:
    """The statements that this memory may be; first that of the same slot, optional ones last."""
    same = [
        told
        for told in left
        if told.turn == row.turn
        and told.has.casefold() in row.text.casefold()
        and (not told.speaker or told.speaker == row.speaker)
    ]
    return sorted(same, key=lambda told: (told.slot != row.slot, told.may_be_missing))


def _judge_details(case: Case, row: Row, told: Told, right: bool, tally: Tally) -> None:
    tally.types.add(met=row.type in told.types)
    if row.type not in told.types:
        tally.faults.append(f"{case.id}: {row.type}, not {sorted(told.types)}: {row.text!r}")
    if (row.slot or told.slot) and not right:
        tally.faults.append(f"{case.id}: slot {row.slot or None} {row.value!r}")
    if told.on and row.type == "interaction":
        on = row.occurred_at.date().isoformat() if row.occurred_at else ""
        tally.dates.add(met=on == told.on)


def _judge_end(case: Case, outcome: Outcome, tally: Tally) -> None:
    holds = all(_is_current(one, outcome.rows) for one in case.current)
    closed = not any(_is_current(one, outcome.rows) for one in case.over)
    by_kind = {
        "change": tally.changes,
        "free change": tally.free_changes,
        "retraction": tally.retractions,
        "no retraction": tally.retractions,
    }
    if case.kind in by_kind:
        by_kind[case.kind].add(met=holds and closed)
        if not (holds and closed):
            wrong = "not closed" if holds else "not current"
            tally.faults.append(f"{case.id}: {wrong}: {_states(outcome.rows)}")
    if case.over:
        over = {row.id for one in case.over for row in outcome.rows if _is(one, row)}
        stale = not closed or bool(over & outcome.recalled)
        tally.stale.add(met=stale)
        if case.kind == "change":
            tally.stale_slots.add(met=stale)
    current = [row for row in outcome.rows if row.is_current]
    if case.kind == "injection":
        tally.injections.add(met=bool(current))
    if case.kind == "echo":
        last = len(case.episodes) - 1
        tally.echoes.add(met=any(row.episode == last for row in current))
    if case.secret:
        tally.secrets.add(met=bool(outcome.leaks))
        tally.faults += [f"{case.id}: the secret stands in {table}" for table in outcome.leaks]


def _is(one: Left, row: Row) -> bool:
    same_slot = not one.slot or (row.slot, _plain(row.value)) == (one.slot, _plain(one.value))
    return row.episode == one.episode and one.has.casefold() in row.text.casefold() and same_slot


def _is_current(one: Left, rows: Sequence[Row]) -> bool:
    return any(row.is_current and _is(one, row) for row in rows)


def _plain(value: object) -> str:
    return "" if value is None else str(value).casefold()


def _states(rows: Sequence[Row]) -> str:
    return "; ".join(f"{row.state} {row.slot or row.type} {row.text!r}" for row in rows)
