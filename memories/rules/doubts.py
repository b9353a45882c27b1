"""Why a person must look at a candidate before it counts."""

from collections.abc import Iterator, Mapping
from typing import Any

from memories.rules import injections
from memories.rules.known import Policy, Proposed

INSTRUCTION_SHAPED, LOW_CONFIDENCE = "instruction_shaped", "low_confidence"


def about(candidate: Proposed, policy: Policy, *, keeps_words: bool = True) -> str:
    """The code of the doubt; empty where there is none.

    `keeps_words` false: nothing of what it says will be kept, so that it may be as sensitive as
    it likes; it may still not instruct.
    """
    if candidate.quarantine_for and (keeps_words or candidate.quarantine_for == INSTRUCTION_SHAPED):
        return candidate.quarantine_for
    if candidate.instructs:
        return INSTRUCTION_SHAPED
    if candidate.confidence < policy.min_confidence:
        return LOW_CONFIDENCE
    return ""


def instructs(*values: Any) -> bool:
    """Whether any text is shaped as an instruction to the system, however deep in JSON it stands.

    It takes up to a millisecond for a thousand characters: ask before a lock is held.
    """
    return any(injections.is_injection(text) for value in values for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield str(key)
            yield from _texts(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _texts(child)
