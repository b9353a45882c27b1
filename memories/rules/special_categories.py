"""Statements about a person that GDPR Art. 9 and 10 protect: health, religion, politics, …

Precise before complete: a word in a sentence says nothing ("a health check of the server"), so each
form holds what ties it to a person, such as "I have diabetes" or "Religion: Muslim". English
well; German, French and Spanish for what is said most.
"""

from collections.abc import Iterator

from memories.rules import (
    folded,
    spans,
    special_beliefs,
    special_health,
    special_identity,
    special_labels,
)
from memories.rules.spans import Span
from memories.rules.special_forms import Forms

HEALTH, RELIGION, POLITICS = "health", "religion", "politics"
SEXUALITY, ETHNICITY, TRADE_UNION = "sexuality", "ethnicity", "trade_union"
BIOMETRICS, GENETICS, CRIMINAL_RECORD = "biometrics", "genetics", "criminal_record"

_FORMS: dict[str, Forms] = {
    HEALTH: special_health.HEALTH,
    RELIGION: special_beliefs.RELIGION,
    POLITICS: special_beliefs.POLITICS,
    TRADE_UNION: special_beliefs.TRADE_UNION,
    SEXUALITY: special_identity.SEXUALITY,
    ETHNICITY: special_identity.ETHNICITY,
    BIOMETRICS: special_identity.BIOMETRICS,
    GENETICS: special_identity.GENETICS,
    CRIMINAL_RECORD: special_identity.CRIMINAL_RECORD,
}
CATEGORIES = tuple(_FORMS)


def find(text: str) -> list[Span]:
    """Each category with the place that tells it, in order, none overlapping. Never raises."""
    found = list(folded.everywhere(text, _found))
    return spans.apart(found) if found else []


def _found(text: str) -> Iterator[Span]:
    lowered = text.lower()
    for category, forms in _FORMS.items():
        if forms.hinted_by(lowered):
            yield from (Span(start, end, category) for start, end in forms.places(text))
    yield from special_labels.find(text)
