"""Drafts, judged before they are embedded and written; changed where a policy says so."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from governance.rules import sensitivity
from memories import screens
from memories.drafts import Draft
from memories.providers import personal_data_detection
from memories.rules import never_remember, screening_policy, secrets
from memories.rules.never_remember import Forbidden, Rule
from memories.rules.screening_policy import Action, Finding
from memories.screens import Screen

# Codes of why a draft is not kept; others are `never:<kind>`, `rejected_by_policy:<kind>`.
HOLDS_SECRET = "holds_secret"  # noqa: S105 - a code
NEEDS_REVIEW = "personal_data_for_review"


@dataclass(frozen=True, slots=True)
class Judged:
    """Drafts that may be written, and (index in what was given, code) of the others."""

    kept: Sequence[Draft]
    refused: Sequence[tuple[int, str]] = ()
    hits: Counter[str] = field(default_factory=Counter)


def judge(drafts: Sequence[Draft], screen: Screen, *, at: str = "") -> Judged:
    """Which drafts may be written; changes them where their type's policy says so.

    A draft that rests on an episode and on a masked secret is refused: nothing is left of it.
    `at` names the place of one draft that somebody handed over: then a namespace that refuses
    secrets raises SecretRefused.
    """
    hits: Counter[str] = Counter()
    kept: list[Draft] = []
    refused: list[tuple[int, str]] = []
    for index, draft in enumerate(drafts):
        code = _refusal(draft, screen, hits, at=at)
        if code:
            refused.append((index, code))
            continue
        kept.append(draft)
    return Judged(kept, refused, hits)


def _refusal(draft: Draft, screen: Screen, hits: Counter[str], *, at: str) -> str:
    """Why a draft is not kept, or ""; then it is changed as its type's policy says."""
    if draft.retracts:  # it ends what is known, and leaves no words of its own
        return ""
    _mask_secrets(draft, screen, hits, at=at)
    if draft.place.episode_id is not None and _rests_on_a_mask(draft):
        hits[f"screen.{HOLDS_SECRET}"] += 1
        return HOLDS_SECRET
    found = _told_by(draft)
    if screen.forbidden:
        rule = _forbidding(draft, found, screen.forbidden)
        if rule is not None:
            screens.count(rule, hits)
            return f"never:{rule.kind}"
    return _by_policy(draft, found, hits)


_OF_TEXTS = ("text", "data", "metadata", "categories", "speaker", "because", "evidence")


def _mask_secrets(draft: Draft, screen: Screen, hits: Counter[str], *, at: str) -> None:
    def masked(text: str, path: str) -> str:
        return screens.without_secrets(text, screen, hits, at=path if at else "")

    _change(draft, masked, at)


def _change(draft: Draft, change: Callable[[str, str], str], at: str = "") -> None:
    for name in _OF_TEXTS:
        value = getattr(draft, name)
        if not value:
            continue
        path = f"{at}.{name}" if at else name
        # A slot named `wifi_password` tells what its value is.
        changed = screens.each_text(value, change, path, draft.slot if name == "data" else "")
        if changed != value:
            draft.reworded(changed) if name == "text" else setattr(draft, name, changed)


def _rests_on_a_mask(draft: Draft) -> bool:
    told = screens.texts(draft.text, draft.data)
    return any(secrets.rests_on_a_mask(text) or never_remember.MASK in text for text in told)


def _told_by(draft: Draft) -> list[Finding]:
    """What its words tell; of labels only personal data: they tell nothing more of a person."""
    said = screens.texts(draft.text, draft.data, name=draft.slot)
    labels = screens.texts(draft.metadata, list(draft.categories), draft.evidence)
    beside = [Finding(span.kind) for text in labels for span in personal_data_detection.find(text)]
    return [*(finding for text in said for finding, _ in screens.findings(text)), *beside]


def _forbidding(draft: Draft, found: Sequence[Finding], forbidden: Forbidden) -> Rule | None:
    rule = never_remember.of_type(draft.type.name, forbidden)
    categories = [*draft.categories, *(finding.category for finding in found)]
    rule = rule or never_remember.of_categories(categories, forbidden)
    if rule is not None:
        return rule
    for text in screens.texts(*(getattr(draft, name) for name in _OF_TEXTS)):
        for hit in never_remember.find(text, forbidden):
            return hit.rule
    return None


def _by_policy(draft: Draft, found: Sequence[Finding], hits: Counter[str]) -> str:
    by_kind = {finding: screening_policy.action(draft.type.screening, finding) for finding in found}
    strictest = screening_policy.strictest(by_kind.values())
    if strictest is Action.REJECT:
        refused = next(finding for finding, action in by_kind.items() if action is strictest)
        hits[screens.counted(refused)] += 1
        return f"rejected_by_policy:{refused.kind}"
    redacted = {finding for finding, action in by_kind.items() if action is Action.REDACT}
    if redacted:
        _redact(draft, redacted, hits)
    for finding, action in by_kind.items():
        if action in (Action.TAG, Action.QUARANTINE):
            _tag(draft, finding)
        if action is Action.QUARANTINE:
            hits[screens.counted(finding)] += 1
            why = screening_policy.WITHOUT_BASIS if finding.special else NEEDS_REVIEW
            draft.quarantine_for = draft.quarantine_for or why
    return ""


def _redact(draft: Draft, kinds: Collection[Finding], hits: Counter[str]) -> None:
    def redacted(text: str, _at: str) -> str:
        found = [(finding, span) for finding, span in screens.findings(text) if finding in kinds]
        return screens.redacted(text, found, hits)

    _change(draft, redacted)


def _tag(draft: Draft, finding: Finding) -> None:
    if finding.category not in draft.categories:
        draft.categories = [*draft.categories, finding.category]
    draft.sensitivity = sensitivity.higher(draft.sensitivity, finding.sensitivity)
