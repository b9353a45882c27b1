"""Places in a text, and a text with other words in their place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, not with, `end`, in characters; and what stands there."""

    start: int
    end: int
    kind: str


def apart(spans: Iterable[Span]) -> list[Span]:
    """In order, none overlapping: of two that do, the one that begins first, then the longer.

    What the other covers beyond it is covered too: of what was found, nothing is left over.
    """
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind)):
        if found and span.start < found[-1].end:
            last = found[-1]
            found[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            found.append(span)
    return found


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with `[kind]` in place of each span; spans as `apart` gives them."""
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.start], mask(span.kind)]
        done = span.end
    return "".join([*parts, text[done:]])


def mask(kind: str) -> str:
    """What stands where something of this kind stood, such as `[email_address]`."""
    return f"[{kind.lower()}]"
