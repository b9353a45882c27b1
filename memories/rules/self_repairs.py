"""What people put right in the same breath: "in Vienna, actually sorry, Graz"."""

import re

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?: [A-ZÀ-ÖØ-Þ][\w’'-]*){0,2}"
_SLIP = (
    r"(?:actually|sorry|no|wait|I mean|I meant|or rather|rather|make that|scratch that|correction|"
    r"I should say|pardon)"
)
_REPAIR = re.compile(
    rf"(?P<before>^.*?\s)(?P<slip>{_NAME})\s*(?:[,;(–—-]|\.\.\.|…)+\s*(?i:{_SLIP})"
    rf"(?:[\s,;:–—-]+(?i:{_SLIP}))*[\s,;:–—-]+(?:(?:in|at|to|for|it['’]s|it is)\s+)?"
    rf"(?P<meant>{_NAME})\)?(?=\s*(?:[.,;!]|$))"
)


def repaired(sentence: str) -> str:
    """The sentence with the name that was meant; the same where nothing was put right."""
    return _REPAIR.sub(lambda found: found["before"] + found["meant"], sentence, count=1)
