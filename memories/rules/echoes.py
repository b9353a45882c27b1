"""What comes back of what was recalled: it was remembered already and is nobody's new statement.

An assistant repeats what it was given, and some bots put what they recalled into the person's own
message. Extracted again, each would breed a copy of a memory at every turn.
"""

import re
from collections.abc import Iterable, Sequence

from memories.rules import wording

# So much of a statement's words in one known text: it adds nothing to it.
LEAST_REPEATED = 0.75
_FEWEST_WORDS = 3
_LISTED = re.compile(r"^[ \t]*(?:[-*•–|>#<\[{\"]|\d{1,3}[.):])")
_LABELLED = re.compile(r"^[^.!?\n]{0,80}:\s")


def is_echo(text: str, known: Iterable[str], *, language: str) -> bool:
    """Whether a statement says nothing beyond one of the known texts."""
    told = wording.content_words(text)
    return bool(told) and any(
        _repeated(told, wording.content_words(one), language) >= LEAST_REPEATED for one in known
    )


def without_blocks(content: str, known: Sequence[str]) -> str:
    """A person's message without the known texts that were put into it word for word.

    One in a list, after a label or beside another is no telling: it was pasted. One alone in
    plain prose is the person saying it again.
    """
    found = [pattern for pattern in map(_pattern, known) if pattern and pattern.search(content)]
    several = len(found) > 1
    for pattern in found:
        content = pattern.sub(
            lambda match: "" if several or _is_pasted(match) else match.group(), content
        )
    return content


def _repeated(told: Sequence[str], known: Sequence[str], language: str) -> float:
    held = sum(any(wording.same(word, one, language=language) for one in known) for word in told)
    return held / len(told)


def _pattern(text: str) -> re.Pattern[str] | None:
    words = [re.escape(word) for word in re.findall(r"\w+", text)]
    if len(words) < _FEWEST_WORDS:
        return None
    joined = r"\W+".join(words)
    return re.compile(rf"\b{joined}\b[.!]?", re.IGNORECASE)


def _is_pasted(match: re.Match[str]) -> bool:
    line_start = match.string.rfind("\n", 0, match.start()) + 1
    lead = match.string[line_start : match.start()]
    return bool(_LISTED.match(lead) or _LABELLED.match(lead))
