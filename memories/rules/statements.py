"""What is indexed of a memory: the statement, and the statement in its context."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# Two turns before a statement told most about it on dialogue; more blurred it.
NEIGHBOURS = 2
MAX_CONTEXT_CHARACTERS = 2000
# What a slot is about, for the index only: "I moved to Lisbon" shares no word with "Where does
# this person live?", "the city where the person lives" does.
GLOSSES = {
    "birthday": "date of birth, age",
    "city": "the city where the person lives, home",
    "country": "the country where the person lives",
    "deadline": "when the work is due",
    "employer": "the company where the person works, job",
    "format": "the format of answers",
    "language": "the language of answers",
    "length": "the length of answers",
    "name": "the name of the person",
    "preferred_name": "how the person wants to be called, name",
    "role": "the job and profession of the person, work",
    "time_zone": "the time zone of the person",
    "tone": "the tone of answers",
    "units": "units of measurement in answers",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement ready for the index. `in_context` is "" where nothing stood before it."""

    alone: str
    in_context: str
    date: str


def statement(
    text: str,
    *,
    speaker: str,
    occurred_at: datetime | None,
    slot: str = "",
    before: Sequence[str] = (),
) -> Statement:
    """`before` holds the turns said just before, oldest first, each as `said` writes it."""
    alone = said(text, speaker)
    if slot:
        alone = f"{alone} ({GLOSSES.get(slot, slot.replace('_', ' '))})"
    date = spoken_date(occurred_at)
    context = ""
    if before:
        lines = [*before[-NEIGHBOURS:], alone]
        context = "\n".join([date, *lines] if date else lines)[-MAX_CONTEXT_CHARACTERS:]
    return Statement(alone, context, date)


def said(text: str, speaker: str) -> str:
    """A turn as it stands in the context of the next."""
    return f"{speaker}: {text}" if speaker else text


def spoken_date(moment: datetime | None) -> str:
    """A date as people ask for it, such as `8 May 2023`; "" without one."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""
