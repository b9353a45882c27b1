"""How a memory fades, and what slows it.

strength = 0.5 ** (age / h), with h = half-life of its type · stretch.

A forgetting curve with a half-life that grows by practice is half-life regression: B. Settles and
B. Meeder, "A Trainable Spaced Repetition Model for Language Learning" (ACL 2016), p = 2 ** (-Δ/h).
There h is fitted to each learner's answers; nothing like them is known of a bot, so the exponent is
not fitted here but a bounded logarithm of the practice:

stretch = min(4, 1 + log2(1 + practice) / 2)
practice = times used + times recalled / 4 + 1 if it was ever confirmed

One use makes a memory last half as long again, three twice as long, sixty-three four times. A use
is what the bot named as used; to be recalled tells less, for the bot may have had no use for it.

The age counts from the last time that the memory was met: when it was learned, confirmed, recalled
or used, whichever came last. When it happened does not count: a diary of twenty years ago that was
read in today is known as of today. Decay hides; it never deletes.
"""

import math
from dataclasses import dataclass
from datetime import datetime

SECONDS_A_DAY = 86_400
MOST_STRETCH = 4.0
RECALLS_TO_A_USE = 4


@dataclass(frozen=True, slots=True)
class Past:
    """What a memory has lived through. `learned_at`: when it was made or last confirmed, the later;
    `last_at`: when it was last recalled or used."""

    learned_at: datetime
    confirmed: bool = False
    recalled: int = 0
    used: int = 0
    last_at: datetime | None = None

    @property
    def met_at(self) -> datetime:
        """The last time that anybody met it."""
        return self.learned_at if self.last_at is None else max(self.learned_at, self.last_at)


def stretch(past: Past) -> float:
    """By how much use and confirmation lengthen the half-life; from 1 to MOST_STRETCH."""
    practice = past.used + past.recalled / RECALLS_TO_A_USE + past.confirmed
    return min(MOST_STRETCH, 1 + math.log2(1 + practice) / 2)


def strength(past: Past, *, half_life_days: float | None, now: datetime) -> float:
    """From 1 for what was just met, to 0; always 1 for a type that does not fade."""
    if half_life_days is None:
        return 1.0
    age = days(past.met_at, now=now)
    return left_after(age, half_life_days=half_life_days * stretch(past))


def left_after(age_days: float, *, half_life_days: float) -> float:
    """What so many days leave: a half for each half-life."""
    left: float = 0.5 ** (age_days / half_life_days)
    return left


def days(since: datetime, *, now: datetime) -> float:
    """Days between two moments; 0 for a moment that is still to come."""
    return max(0.0, (now - since).total_seconds() / SECONDS_A_DAY)
