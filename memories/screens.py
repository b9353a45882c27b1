"""What is kept out of a namespace or of a person's memory, and texts without it."""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.errors import DomainError, FieldError
from governance.models import MemoryType, Namespace
from governance.rules import namespace_settings
from memories import memory_types, never_rules
from memories.providers import personal_data_detection
from memories.rules import (
    asked_secrets,
    never_remember,
    screening_policy,
    secrets,
    spans,
    special_categories,
)
from memories.rules.never_remember import Forbidden, Rule
from memories.rules.screening_policy import Action, Finding
from memories.rules.spans import Span

REFUSE = "refuse"
# Before the id of a rule, in the name of its own counter.
RULE = "rule."
# Names of fields that tell what their value is; a number of fewer digits is no code.
_TELLING = re.compile(
    r"pass|pwd|(?<![a-z])pw(?![a-z])|secret|credential|token|key|(?<![a-z])pin(?![a-z])|cvv|cvc|code|"
    r"phone|mobile|passport|licen[cs]e|account|birth|dob|ssn|kennwort|contraseña|mdp|"
    r"religi|faith|belief|denomination|konfession|diagnos|condition|health|medic|allerg|illness|"
    r"disease|disabilit|krankheit|(?<![a-z])hiv|orientation|sexual|gender|ethni|(?<![a-z])race|racial|"
    r"origin|heritage|politic|(?<![a-z])party|(?<![a-z])vote|affiliation|union|criminal|conviction|"
    r"genetic|genotype|(?<![a-z])dna|fingerprint|voiceprint|retina",
    re.IGNORECASE,
)
# Names whose value is secret whatever it reads like, if it is one word.
_OUTRIGHT = re.compile(r"(?:secret|password|passwd|pwd|passphrase|credentials?)$", re.IGNORECASE)
_PARTING = re.compile(r"[_\W]+")
_SMALLEST_CODE = 1000
_REFUSING = frozenset({Action.REDACT.value, Action.REJECT.value})


class SecretRefused(DomainError):
    """The text holds a secret. Send it without."""

    code, http_status, title = "secret_refused", 400, "The text holds a secret"


@dataclass(frozen=True, slots=True)
class Screen:
    """What is kept out of a namespace, of one subject or (None) of an agent.

    `policies` are those of the active memory types. Made for one request, by `load`.
    """

    namespace_id: uuid.UUID
    subject_id: uuid.UUID | None
    secrets: str = "mask"
    forbidden: Forbidden = field(default_factory=Forbidden)
    policies: tuple[Mapping[str, str], ...] = ()

    @property
    def refuses_personal_data(self) -> bool:
        """Whether there may be personal data that no type keeps."""
        return bool(self.policies) and all(
            _REFUSING & set(policy.values()) for policy in self.policies
        )


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what must not be written, and what was taken out, by code."""

    text: str
    hits: Counter[str] = field(default_factory=Counter)


# Active memory types by name, where the caller has read them already.
Types = Mapping[str, MemoryType]


def load(
    namespace: Namespace, *, subject_id: uuid.UUID | None, types: Types | None = None
) -> Screen:
    """The rules that hold. Inside the namespace's scope."""
    return load_all(namespace, subject_ids=[subject_id], types=types)[subject_id]


def load_all(
    namespace: Namespace,
    *,
    subject_ids: Collection[uuid.UUID | None],
    types: Types | None = None,
) -> dict[uuid.UUID | None, Screen]:
    """The rules that hold for each of several people. Inside the namespace's scope."""
    settings = namespace_settings.read(namespace.settings)
    people = [one for one in subject_ids if one is not None]
    rules = never_rules.holding(people, namespace_id=namespace.pk)
    kinds = memory_types.by_name(namespace.pk) if types is None else types
    policies = tuple(kind.screening for kind in kinds.values())
    of_all = [rule for whose, rule in rules if whose is None]
    own: dict[uuid.UUID | None, list[Rule]] = {}
    for whose, rule in rules:
        own.setdefault(whose, []).append(rule)
    for_all = never_remember.ready(of_all, language=settings.language)

    def screen(subject_id: uuid.UUID | None) -> Screen:
        forbidden = for_all
        if subject_id is not None and subject_id in own:
            both = [*of_all, *own[subject_id]]
            forbidden = never_remember.ready(both, language=settings.language)
        return Screen(namespace.pk, subject_id, settings.secrets, forbidden, policies)

    return {one: screen(one) for one in subject_ids}


def clean(text: str, screen: Screen, *, at: str, asked: str = "") -> Cleaned:
    """A text as it may be written; `asked` is the kind of secret that it answers a question for.

    Raises SecretRefused naming `at`.
    """
    hits: Counter[str] = Counter()
    text = without_secrets(text, screen, hits, at=at, asked=asked)
    if screen.forbidden:
        text = _without_forbidden(text, screen, hits)
    if screen.refuses_personal_data:
        text = _without_what_no_type_keeps(text, screen, hits)
    return Cleaned(text, hits)


def clean_json(value: Any, screen: Screen, *, at: str) -> tuple[Any, Counter[str]]:
    """A JSON value whose texts, and names of fields, are as they may be written.

    Raises SecretRefused naming `at` with the path inside it.
    """
    hits: Counter[str] = Counter()

    def cleaned(text: str, path: str) -> str:
        found = clean(text, screen, at=path)
        hits.update(found.hits)
        return found.text

    return each_text(value, cleaned, at), hits


def without_secrets(
    text: str, screen: Screen, hits: Counter[str], *, at: str, asked: str = ""
) -> str:
    """The text with secrets masked; raises SecretRefused where `at` names a field that somebody
    may send again without, and the namespace refuses secrets."""
    masked, kinds = secrets.mask(text)
    if asked:
        masked, answered = asked_secrets.mask(masked, asked)
        kinds.update(answered)
    if kinds and screen.secrets == REFUSE and at:
        named = ", ".join(sorted(kind.replace("_", " ") for kind in kinds))
        raise SecretRefused(
            "This namespace refuses texts with secrets in them.",
            fields=[FieldError(at, f"It holds a secret ({named}). Send the text without it.")],
        )
    hits.update({f"screen.{kind}": n for kind, n in kinds.items()})
    return masked


def _without_forbidden(text: str, screen: Screen, hits: Counter[str]) -> str:
    found = never_remember.find(text, screen.forbidden)
    places = [(hit.start, hit.end) for hit in found]
    for hit in found:
        count(hit.rule, hits)
    if screen.forbidden.categories:
        for finding, span in findings(text):
            rule = never_remember.of_categories([finding.category], screen.forbidden)
            if rule is not None:
                count(rule, hits)
                places.append((span.start, span.end))
    return never_remember.without(text, places) if places else text


def _without_what_no_type_keeps(text: str, screen: Screen, hits: Counter[str]) -> str:
    found = [
        (finding, span)
        for finding, span in findings(text)
        if not screening_policy.may_be_kept(screen.policies, finding)
    ]
    return redacted(text, found, hits)


def redacted(text: str, found: Sequence[tuple[Finding, Span]], hits: Counter[str]) -> str:
    """The text with `[email_address]` and its like in place of what was found; counted."""
    hits.update(counted(finding) for finding, _ in found)
    return spans.masked(text, spans.apart(span for _, span in found)) if found else text


def findings(text: str) -> list[tuple[Finding, Span]]:
    """What a text tells of a person, and where."""
    personal = personal_data_detection.find(text)
    special = special_categories.find(text)
    return [
        *((Finding(span.kind), span) for span in personal),
        *((Finding(span.kind, special=True), span) for span in special),
    ]


def each_text(value: Any, change: Callable[[str, str], str], at: str, name: str = "") -> Any:
    """A JSON value with each text in it, and each field's name, as `change(text, path)` gives it.

    `name` is what the value is called. Under a name such as `password`, a text is changed together
    with it: alone, "hunter2" tells nobody what it is.
    """
    if isinstance(value, str):
        return _with_its_name(value, change, at, name)
    if isinstance(value, Mapping):
        changed: dict[str, Any] = {}
        for key, one in value.items():
            shown = change(key, at)
            # Of a slot's `value` the slot's name tells what it is.
            called = name if key == "value" else f"{name} {key}".strip()
            changed[shown] = each_text(one, change, f"{at}.{shown}", called)
        return changed
    if isinstance(value, list | tuple):
        return [each_text(one, change, f"{at}[{n}]", name) for n, one in enumerate(value)]
    if isinstance(value, int) and abs(value) >= _SMALLEST_CODE:
        shown = _with_its_name(str(value), change, at, name)
        return value if shown == str(value) else shown
    return value


def _with_its_name(text: str, change: Callable[[str, str], str], at: str, name: str) -> str:
    if not _TELLING.search(name):
        return change(text, at)
    assigned = _OUTRIGHT.search(name) and len(text.split()) == 1
    before = f"{_PARTING.sub(' ', name)}{' = ' if assigned else ': '}"
    return change(before + text, at).removeprefix(before)


def texts(*values: Any, name: str = "") -> list[str]:
    """Every text in JSON values, names of fields too, as `each_text` meets them."""
    found: list[str] = []

    def note_down(text: str, _at: str) -> str:
        found.append(text)
        return text

    for value in values:
        each_text(value, note_down, "", name)
    return found


def counted(finding: Finding) -> str:
    """The name of its counter."""
    return f"screen.{'special.' if finding.special else ''}{finding.kind}"


def count(rule: Rule, hits: Counter[str]) -> None:
    """Count that a rule kept something out, by its kind and for itself."""
    hits[f"never.{rule.kind}"] += 1
    hits[f"{RULE}{rule.id}"] += 1
