"""The only writer of NeverRemember: what a namespace or a person wants kept out."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from governance import access, audit
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput, NotFound, TooLarge
from governance.models import MemoryType
from memories.models import NeverRemember
from memories.models.never import NeverKind
from memories.rules import never_remember, secrets
from memories.rules.never_remember import Rule

# Each is tried on every text that comes in.
MOST_OF_A_NAMESPACE, MOST_OF_A_PERSON = 500, 200

# In one order, or two writers could wait for each other.
_NOTE = """
    WITH held AS (
        SELECT r.id, n.hits FROM memories_neverremember r
        JOIN unnest(%s::uuid[], %s::bigint[]) AS n(id, hits) ON n.id = r.id
        WHERE r.namespace_id = %s ORDER BY r.id FOR UPDATE OF r
    )
    UPDATE memories_neverremember r SET hits = r.hits + held.hits, last_hit_at = %s
    FROM held WHERE r.id = held.id AND r.namespace_id = %s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule to be: of a person, or (subject_id None) of everybody in the namespace."""

    kind: str
    value: str
    subject_id: uuid.UUID | None = None


def add(
    wanted: Wanted, *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> tuple[NeverRemember, bool]:
    """The rule, and whether it is new. What is kept already stays until it is forgotten.

    Raises InvalidInput for a value that cannot be used, TooLarge for one rule too many,
    SubjectNotAccepting.
    """
    with access.scope(namespace_id):
        if wanted.subject_id is not None:
            access.lock_subject(wanted.subject_id, namespace_id=namespace_id)
        checked = _checked(wanted, namespace_id)
        known = _same(checked, namespace_id)
        if known is not None:
            return known, False
        _refuse_too_many(checked, namespace_id)
        rule = NeverRemember(
            namespace_id=namespace_id,
            subject_id=checked.subject_id,
            kind=checked.kind,
            value=checked.value,
            created_by_kind=actor.kind.value,
            created_by=actor.id,
            created_at=now,
        )
        try:
            with transaction.atomic():
                rule.save(force_insert=True)
        except IntegrityError:  # somebody said the same a moment ago
            known = _same(checked, namespace_id)
            if known is None:
                raise
            return known, False
        audit.record(
            Action.NEVER_RULE_ADDED,
            namespace_id=namespace_id,
            actor=actor,
            target=rule,
            now=now,
            details={"kind": rule.kind, "personal": rule.subject_id is not None},
        )
        return rule, True


def remove(rule_id: uuid.UUID, *, namespace_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """Take a rule away; what it kept out does not come back. Raises NotFound."""
    with access.scope(namespace_id):
        rule = get(rule_id, namespace_id=namespace_id)
        audit.record(
            Action.NEVER_RULE_REMOVED,
            namespace_id=namespace_id,
            actor=actor,
            target=rule,
            now=now,
            details={"kind": rule.kind, "personal": rule.subject_id is not None},
        )
        NeverRemember.objects.filter(namespace_id=namespace_id, pk=rule.pk).delete()


def get(rule_id: uuid.UUID, *, namespace_id: uuid.UUID) -> NeverRemember:
    """One rule. Raises NotFound."""
    with access.scope(namespace_id):
        found = NeverRemember.objects.filter(namespace_id=namespace_id, pk=rule_id).first()
    if found is None:
        raise NotFound("There is no never-remember rule with this id here.")
    return found


def every(*, namespace_id: uuid.UUID, subject_id: uuid.UUID | None) -> list[NeverRemember]:
    """A person's own rules, or (None) those of everybody, oldest first."""
    with access.scope(namespace_id):
        return list(
            NeverRemember.objects.filter(_of(subject_id), namespace_id=namespace_id).order_by("pk")
        )


def any_personal(*, namespace_id: uuid.UUID) -> bool:
    """Whether any person has rules of their own. Inside the namespace's scope."""
    return NeverRemember.objects.filter(
        namespace_id=namespace_id, subject_id__isnull=False
    ).exists()


def holding(
    subject_ids: Collection[uuid.UUID], *, namespace_id: uuid.UUID
) -> list[tuple[uuid.UUID | None, Rule]]:
    """The rules that hold for these people, those of everybody (None) among them.

    Inside the namespace's scope.
    """
    whose = Q(subject_id__isnull=True)
    if subject_ids:
        whose |= Q(subject_id__in=subject_ids)
    rows = NeverRemember.objects.filter(whose, namespace_id=namespace_id).order_by("pk")
    return [
        (subject_id, Rule(pk, kind, value))
        for pk, subject_id, kind, value in rows.values_list("pk", "subject_id", "kind", "value")
    ]


def note(hits: Mapping[uuid.UUID, int], *, namespace_id: uuid.UUID, now: datetime) -> None:
    """Count how often rules kept something out. Inside the scope; last, since it locks them."""
    if not hits:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [[*hits], [*hits.values()], namespace_id, now, namespace_id])


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What a person forbade holds for the subject that their identities lead to now.

    Inside the scope. Nobody leads to the former subject any more.
    """
    _copy(namespace_id, of=left, to=to)
    NeverRemember.objects.filter(namespace_id=namespace_id, subject_id=left).delete()


def share(namespace_id: uuid.UUID, *, of: uuid.UUID, to: uuid.UUID) -> None:
    """Two subjects that were one go on with the same rules: nobody can say who wanted which."""
    _copy(namespace_id, of=of, to=to)


def _copy(namespace_id: uuid.UUID, *, of: uuid.UUID, to: uuid.UUID) -> None:
    mine = NeverRemember.objects.filter(namespace_id=namespace_id)
    there = set(mine.filter(subject_id=to).values_list("kind", "value"))
    for rule in mine.filter(subject_id=of):
        if (rule.kind, rule.value) not in there:
            NeverRemember.objects.create(
                namespace_id=namespace_id,
                subject_id=to,
                kind=rule.kind,
                value=rule.value,
                created_by_kind=rule.created_by_kind,
                created_by=rule.created_by,
                created_at=rule.created_at,
            )


def _checked(wanted: Wanted, namespace_id: uuid.UUID) -> Wanted:
    value = wanted.value.strip()
    match wanted.kind:
        case NeverKind.PATTERN:
            wrong = never_remember.why_unusable(value)
        case NeverKind.TYPE:
            wrong = _why_no_type(value, namespace_id)
        case _:
            wrong = never_remember.why_no_words(value)
    if secrets.find(value):
        wrong = "It holds a secret, which the rule itself would keep. Secrets are masked anyhow."
    if wrong:
        raise InvalidInput(
            "A never-remember rule cannot be kept like this.", fields=[FieldError("value", wrong)]
        )
    return Wanted(wanted.kind, value, wanted.subject_id)


def _why_no_type(name: str, namespace_id: uuid.UUID) -> str | None:
    types: Iterable[str] = MemoryType.objects.filter(namespace_id=namespace_id).values_list(
        "name", flat=True
    )
    known = sorted(types)
    return None if name in known else f"Use one of: {', '.join(known)}."


def _same(wanted: Wanted, namespace_id: uuid.UUID) -> NeverRemember | None:
    return NeverRemember.objects.filter(
        _of(wanted.subject_id), namespace_id=namespace_id, kind=wanted.kind, value=wanted.value
    ).first()


def _of(subject_id: uuid.UUID | None) -> Q:
    return Q(subject_id__isnull=True) if subject_id is None else Q(subject_id=subject_id)


def _refuse_too_many(wanted: Wanted, namespace_id: uuid.UUID) -> None:
    most = MOST_OF_A_NAMESPACE if wanted.subject_id is None else MOST_OF_A_PERSON
    mine = NeverRemember.objects.filter(_of(wanted.subject_id), namespace_id=namespace_id)
    there = mine.count()
    if there >= most:
        remedy = f"There are {there} rules; {most} fit. Remove one that hits nothing."
        raise TooLarge(remedy, fields=[FieldError("value", remedy)])
