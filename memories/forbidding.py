"""Say, and unsay, what must never be remembered."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from governance import access, subjects
from governance.audit import Actor
from governance.models import Namespace
from governance.subjects import IdentityRef
from memories import never_rules
from memories.models import NeverRemember


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule to be: of a person (`refs`), or without refs of everybody in the namespace."""

    kind: str
    value: str
    refs: tuple[IdentityRef, ...] = ()


def forbid(
    wanted: Wanted, *, namespace: Namespace, actor: Actor, now: datetime
) -> tuple[NeverRemember, bool]:
    """The rule, and whether it is new. A person never seen before is met: what must not be
    remembered may be said first.

    Raises InvalidInput, TooLarge, SubjectNotAccepting, IdentityAmbiguous.
    """
    with access.scope(namespace.pk):
        subject_id = None
        if wanted.refs:
            subject_id = subjects.find_or_create(
                list(wanted.refs), namespace_id=namespace.pk, actor=actor, now=now
            ).subject_id
        rule = never_rules.Wanted(wanted.kind, wanted.value, subject_id)
        return never_rules.add(rule, namespace_id=namespace.pk, actor=actor, now=now)


def allow(rule_id: uuid.UUID, *, namespace: Namespace, actor: Actor, now: datetime) -> None:
    """Take a rule away. Raises NotFound, SubjectNotAccepting."""
    with access.scope(namespace.pk):
        rule = get(rule_id, namespace_id=namespace.pk)
        if rule.subject_id is not None:
            access.lock_subject(rule.subject_id, namespace_id=namespace.pk)
        never_rules.remove(rule_id, namespace_id=namespace.pk, actor=actor, now=now)


def get(rule_id: uuid.UUID, *, namespace_id: uuid.UUID) -> NeverRemember:
    """One rule. Raises NotFound."""
    return never_rules.get(rule_id, namespace_id=namespace_id)


def every(refs: tuple[IdentityRef, ...], *, namespace_id: uuid.UUID) -> list[NeverRemember]:
    """A person's own rules, or without refs those of everybody; oldest first.

    Raises SubjectNotAccepting, IdentityAmbiguous.
    """
    with access.scope(namespace_id):
        if not refs:
            return never_rules.every(namespace_id=namespace_id, subject_id=None)
        identity = subjects.find(list(refs), namespace_id=namespace_id)
        if identity is None:
            return []
        access.refuse_if_closed(identity.subject)
        return never_rules.every(namespace_id=namespace_id, subject_id=identity.subject_id)
