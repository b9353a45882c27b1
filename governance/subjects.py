"""Subjects and the identities that lead to them. An ambiguous one is an error, never a guess."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from governance import access, audit
from governance.audit import Action, Actor, Deed
from governance.errors import IdentityAmbiguous, IdentityConflict, NotFound
from governance.models import Subject, SubjectIdentity

DEFAULT_CHANNEL = "user_id"


@dataclass(frozen=True, slots=True, order=True)
class IdentityRef:
    """How a caller names a person: an id on a channel."""

    channel: str
    external_id: str


def find(refs: list[IdentityRef], *, namespace_id: uuid.UUID) -> SubjectIdentity | None:
    """The identity that was named, with its subject, or None if nobody is known by it.

    The first ref is the one that speaks; every further one must lead to the same subject.
    Raises IdentityAmbiguous when they lead apart, or when only some of them are known.
    """
    found = [_one(ref, namespace_id) for ref in refs]
    if all(identity is None for identity in found):
        return None
    if len({identity and identity.subject_id for identity in found}) > 1:
        raise IdentityAmbiguous(
            "The identities given lead to different subjects. Send one, or link them first."
        )
    return found[0]


def find_or_create(
    refs: list[IdentityRef], *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> SubjectIdentity:
    """The identity that was named; a subject of its own is made for one never seen before.

    Inside the namespace's scope. Raises IdentityAmbiguous, and SubjectNotAccepting for a subject
    of whom nothing may be remembered.
    """
    identity = find(refs, namespace_id=namespace_id)
    if identity is None:
        if len(refs) > 1:
            raise IdentityAmbiguous(
                "Nobody is known by these identities. Send one, then link the other."
            )
        identity = _create(refs[0], namespace_id=namespace_id, actor=actor, now=now)
    access.refuse_if_closed(identity.subject)
    return identity


def _one(ref: IdentityRef, namespace_id: uuid.UUID) -> SubjectIdentity | None:
    return (
        SubjectIdentity.objects.select_related("subject")
        .filter(namespace_id=namespace_id, channel=ref.channel, external_id=ref.external_id)
        .first()
    )


def _create(
    ref: IdentityRef, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> SubjectIdentity:
    try:
        with transaction.atomic():
            subject = Subject.objects.create(namespace_id=namespace_id)
            identity = SubjectIdentity.objects.create(
                namespace_id=namespace_id,
                subject=subject,
                home_subject=subject,
                channel=ref.channel,
                external_id=ref.external_id,
            )
    except IntegrityError:
        # Somebody else met this person a moment ago.
        known = _one(ref, namespace_id)
        if known is None:
            raise
        return known
    audit.record(
        Action.SUBJECT_CREATED, namespace_id=namespace_id, actor=actor, target=subject, now=now
    )
    return identity


def identities_of(subject_id: uuid.UUID, *, namespace_id: uuid.UUID) -> list[SubjectIdentity]:
    """Every identity that leads to this subject, oldest first."""
    return list(
        SubjectIdentity.objects.filter(namespace_id=namespace_id, subject_id=subject_id).order_by(
            "created_at"
        )
    )


def link(
    identity: SubjectIdentity,
    *,
    to: Subject,
    evidence: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> list[SubjectIdentity]:
    """Let the identity, and those that already share its subject, lead to `to`.

    Returns the identities that moved. Inside the namespace's scope. Raises IdentityConflict when
    they already lead to the same subject, SubjectNotAccepting when either is closed.
    """
    if identity.subject_id == to.pk:
        raise IdentityConflict("These identities already lead to the same subject.")
    for subject_id in sorted((identity.subject_id, to.pk)):  # one order, or two links deadlock
        access.lock_subject(subject_id, namespace_id=identity.namespace_id)
    moved = identities_of(identity.subject_id, namespace_id=identity.namespace_id)
    if identity.pk not in {one.pk for one in moved}:
        raise IdentityConflict("The identity was moved meanwhile. Ask again.")
    _point(moved, subject_id=to.pk, evidence=evidence, linked_at=now)
    _record(Action.IDENTITY_LINKED, moved, subject_id=to.pk, actor=actor, now=now)
    return moved


def unlink(identity: SubjectIdentity, *, actor: Actor, now: datetime) -> SubjectIdentity:
    """Give the identity its own subject back. Inside the namespace's scope.

    Raises IdentityConflict when it is with its own subject already.
    """
    if identity.subject_id == identity.home_subject_id:
        raise IdentityConflict("This identity is not linked to another subject.")
    for subject_id in sorted((identity.subject_id, identity.home_subject_id)):
        access.lock_subject(subject_id, namespace_id=identity.namespace_id)
    _point([identity], subject_id=identity.home_subject_id, evidence={}, linked_at=None)
    _record(
        Action.IDENTITY_UNLINKED,
        [identity],
        subject_id=identity.home_subject_id,
        actor=actor,
        now=now,
    )
    return identity


def _point(
    identities: list[SubjectIdentity],
    *,
    subject_id: uuid.UUID,
    evidence: dict[str, Any],
    linked_at: datetime | None,
) -> None:
    for identity in identities:
        identity.subject_id = subject_id
        identity.evidence = evidence
        identity.linked_at = linked_at
        identity.save(update_fields=["subject", "evidence", "linked_at"])


def _record(
    action: Action,
    identities: list[SubjectIdentity],
    *,
    subject_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record_all(
        [Deed(action, identity, {"subject": str(subject_id)}) for identity in identities],
        namespace_id=identities[0].namespace_id,
        actor=actor,
        now=now,
    )


def known(refs: list[IdentityRef], *, namespace_id: uuid.UUID) -> SubjectIdentity:
    """Like `find`, but raises NotFound when nobody is known by it."""
    identity = find(refs, namespace_id=namespace_id)
    if identity is None:
        raise NotFound("Nobody is known by this identity here.")
    return identity


def leads_to(identity_id: uuid.UUID, *, namespace_id: uuid.UUID) -> uuid.UUID:
    """The subject that an identity leads to now. Inside the namespace's scope."""
    found = SubjectIdentity.objects.filter(namespace_id=namespace_id, pk=identity_id)
    return found.values_list("subject_id", flat=True).get()
