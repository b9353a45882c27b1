"""How well is remembered what people say: python -m benchmarks.extraction [--faults PART]

Every case goes through a store of our own, from the episode that is received to what is current
afterwards, so that screening and resolution count: for the offline extractor, and for the path
through a language model, which is played with replies of our own. Set LANGUAGE_MODEL,
LANGUAGE_MODEL_BASE_URL and LANGUAGE_MODEL_API_KEY to ask a real one instead.

Precision and recall are of kept statements, `type` is the share of the right ones whose type is
right, a slot is right when its value is. The files of cases say what their parts were used for.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks import extraction_cases, extraction_model, extraction_store, goals, summary
from benchmarks.extraction_cases import Case
from benchmarks.extraction_judging import CHANGES_HEAD, KEPT_HEAD, Tally, judge
from benchmarks.extraction_model import Hostile, Stage
from benchmarks.extraction_store import Outcome, Store
from tests import language_model

OFFLINE, MODEL = "offline", "model"
ALL = "all"
_A_REAL_MODEL = ("LANGUAGE_MODEL", "LANGUAGE_MODEL_BASE_URL")

Tell = Callable[[Case], Outcome]


def main() -> None:
    """Print the tables; with --faults also what went wrong in one part ("all": in each)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_AsItStands)
    parser.add_argument("--faults", default="", help="the part of which to show the faults")
    parser.add_argument("--only", choices=(OFFLINE, MODEL), help="one extractor only")
    parser.add_argument("--kind", default="", help="cases of one kind only, such as change")
    chosen = parser.parse_args()
    cases = [one for one in extraction_cases.read() if chosen.kind in ("", one.kind)]
    if not cases:
        sys.exit(f"There is no case of the kind {chosen.kind!r}.")
    stage = Stage(extraction_model.well)
    with language_model.playing(stage.reply) as played:
        real = any(os.environ.get(name) for name in _A_REAL_MODEL)
        to_played = {
            "LANGUAGE_MODEL": "played",
            "LANGUAGE_MODEL_BASE_URL": played.url,
            "LANGUAGE_MODEL_API_KEY": "none",
        }
        with extraction_store.opened({} if real else to_played):
            if chosen.only != MODEL:
                _offline(cases, chosen.faults)
            if chosen.only != OFFLINE:
                _real(cases, chosen.faults) if real else _played(cases, stage, chosen.faults)


class _AsItStands(argparse.RawDescriptionHelpFormatter):
    """The module's own words, with their lines."""


def _offline(cases: Sequence[Case], faults: str) -> None:
    store = Store(OFFLINE)
    _warm(store, cases[0])
    _report("The offline extractor", cases, store.tell, faults, held=True)


def _warm(store: Store, case: Case) -> None:
    # The embedding model is loaded once, and the labelled sentences embedded.
    store.tell(case)


def _real(cases: Sequence[Case], faults: str) -> None:
    _report(os.environ.get("LANGUAGE_MODEL", "A model"), cases, Store(MODEL).tell, faults)


def _played(cases: Sequence[Case], stage: Stage, faults: str) -> None:
    store = Store(MODEL)

    def tell(case: Case) -> Outcome:
        return stage.tell(case, store)

    stage.speak = extraction_model.well
    _report("A good model, played", cases, tell, faults, held=True)
    stage.speak = extraction_model.eagerly
    title = "A model that obeys, repeats and makes up, played"
    _report(title, cases, tell, faults, held=True)
    with extraction_model.ungrounded():
        _report(f"{title}; without the grounding check", cases, tell, "")
    _show_hostile(extraction_model.hostile(cases, store, stage), faults)


def _report(
    title: str, cases: Sequence[Case], tell: Tell, faults: str, *, held: bool = False
) -> None:
    tallies: dict[str, Tally] = {}
    seconds: dict[str, float] = {}
    for case in cases:
        started = time.perf_counter()
        outcome = tell(case)
        taken = time.perf_counter() - started
        for part in (case.part, ALL):
            judge(case, outcome, tallies.setdefault(part, Tally()))
            seconds[part] = seconds.get(part, 0.0) + taken
    kept = [
        [part, *tally.of_kept(), summary.milliseconds(seconds[part] / max(tally.turns, 1))]
        for part, tally in tallies.items()
    ]
    changes = [[part, *tally.of_changes()] for part, tally in tallies.items()]
    summary.show(
        f"## {title}\n",
        summary.table(("part", *KEPT_HEAD, "ms a turn"), kept),
        summary.table(("part", *CHANGES_HEAD), changes),
    )
    if held:
        summary.show(goals.of_extraction(tallies[ALL]))
    if faults in tallies:
        summary.show(*tallies[faults].faults, "")


def _show_hostile(found: Hostile, faults: str) -> None:
    rows = [(name, share.whole, share.part) for name, share in found.harmless.items()]
    rows += [
        ("broken once: mended", found.mended.whole, found.mended.part),
        ("broken twice: failed, visible, nothing kept", found.failed.whole, found.failed.part),
    ]
    counted = (
        ("stale reused", found.stale),
        ("echoes kept", found.echoes),
        ("invented numbers heeded", found.invented),
    )
    summary.show(
        f"## {extraction_model.REPLIES} hostile replies\n",
        summary.table(("what is in the reply besides", "replies", "without harm"), rows),
        summary.table(("", "replies"), counted),
        "Fallen: " + ", ".join(f"{code} {n}" for code, n in found.fell.most_common()) + "\n",
    )
    if faults:
        summary.show(*found.faults)


if __name__ == "__main__":
    main()
