"""What is done with personal data in a statement, by its memory type's policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from governance.rules.sensitivity import Sensitivity

# Code of why a statement waits for a person, who may declare the basis that it lacks.
WITHOUT_BASIS = "special_category_without_basis"
PERSONAL, SPECIAL = "personal", "special"


class Action(StrEnum):
    """From what changes least to what refuses most."""

    ALLOW = "allow"
    TAG = "tag"
    REDACT = "redact"
    QUARANTINE = "quarantine"
    REJECT = "reject"


_STRICTNESS = {action: place for place, action in enumerate(Action)}
_DEFAULTS = {PERSONAL: Action.TAG, SPECIAL: Action.QUARANTINE}
# Convictions are Art. 10, not Art. 9: no special category, and no less delicate.
_NOT_OF_ART_9 = frozenset({"criminal_record"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a person: a `kind` such as EMAIL_ADDRESS or health, special or not."""

    kind: str
    special: bool = False

    @property
    def category(self) -> str:
        """As a memory's category, such as `personal:email_address`."""
        return f"{SPECIAL if self.special else PERSONAL}:{self.kind.lower()}"

    @property
    def sensitivity(self) -> str:
        """How delicate a memory becomes by it, at least."""
        if not self.special:
            return Sensitivity.PERSONAL.value
        beyond = self.kind in _NOT_OF_ART_9
        return (Sensitivity.SENSITIVE if beyond else Sensitivity.SPECIAL).value


def action(policy: Mapping[str, str], finding: Finding) -> Action:
    """What a type's policy says of a finding.

    The most specific key counts: its kind (`EMAIL_ADDRESS`, `HEALTH`), else `personal` or
    `special`, else the defaults: personal data is tagged, a special category waits for a person.
    To tag or allow a special category is to declare that there is a basis for keeping it.
    """
    group = SPECIAL if finding.special else PERSONAL
    said = policy.get(finding.kind.upper()) or policy.get(group)
    return Action(said) if said else _DEFAULTS[group]


def strictest(actions: Iterable[Action]) -> Action:
    """Of several, the one that refuses most; ALLOW for none."""
    return max(actions, key=_STRICTNESS.__getitem__, default=Action.ALLOW)


def may_be_kept(policies: Iterable[Mapping[str, str]], finding: Finding) -> bool:
    """Whether the policy of any type lets a finding's words be kept."""
    refused = {Action.REDACT, Action.REJECT}
    return any(action(policy, finding) not in refused for policy in policies)
