"""Who is asking, and the wall around the namespace they may see.

Row-level security compares each row's namespace with a setting that lives as long as the
transaction. It is set here and nowhere else.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from governance.errors import KeyRefused, NestedNamespace, SubjectNotAccepting
from governance.models import ApiKey, Namespace, Subject
from governance.models.access import SubjectState
from governance.rules import key_format
from governance.rules.scopes import Scope

# `last_used_at` tells a reviewer which keys sleep; to the minute is enough and keeps reads light.
LAST_USE_RESOLUTION = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Access:
    """What an accepted key opens."""

    namespace: Namespace
    key_id: uuid.UUID
    scopes: frozenset[str]

    @property
    def is_authenticated(self) -> bool:
        """Read by Django's and DRF's machinery."""
        return True

    def allows(self, scope: Scope) -> bool:
        """Whether the key has this scope."""
        return scope.value in self.scopes


@contextmanager
def scope(namespace_id: uuid.UUID) -> Iterator[None]:
    """A transaction that sees this namespace's rows and no others.

    Raises NestedNamespace inside another namespace's scope: a savepoint that is released would
    leave the inner value behind.
    """
    wanted = str(uuid.UUID(str(namespace_id)))
    goes_on = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        # A transaction that begins here has no namespace yet; only an outer one must be asked.
        current = _opened(cursor) if goes_on else ""
        if current and current != wanted:
            raise NestedNamespace(f"{wanted} was opened inside {current}")
        if not current:
            # A literal: SET takes no parameters, and set_config() does not reach Citus workers.
            cursor.execute(f"SET LOCAL app.namespace = '{wanted}'")
        yield
        if goes_on and not current and not connection.needs_rollback:
            # SET LOCAL outlives a savepoint: what follows in the transaction must see nothing.
            cursor.execute("SET LOCAL app.namespace = ''")


def _opened(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT current_setting('app.namespace', true)")
    found = cursor.fetchone()
    return (found and found[0]) or ""


def admit(namespace_id: uuid.UUID) -> None:
    """Let the staff scope around this see a namespace that is being made in it.

    Outside a staff scope it opens nothing: only the staff role's policy reads the list.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.staff_namespaces', true)")
        found = cursor.fetchone()
        seen = [pk for pk in ((found and found[0]) or "").split(",") if pk]
        _see(cursor, [*seen, namespace_id])


@contextmanager
def staff_scope(user: User | AbstractBaseUser | AnonymousUser) -> Iterator[None]:
    """A transaction in the staff role that sees the namespaces of the user's organizations."""
    goes_on = connection.in_atomic_block
    seen = _namespaces_of(user)
    with transaction.atomic(), connection.cursor() as cursor:
        _see(cursor, seen)
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.STAFF_ROLE)}")
        yield
        if goes_on and not connection.needs_rollback:
            cursor.execute("SET LOCAL ROLE NONE")
            _see(cursor, [])


def _see(cursor: CursorWrapper, namespace_ids: Iterable[uuid.UUID | str]) -> None:
    ids = ",".join(str(uuid.UUID(str(pk))) for pk in namespace_ids)
    cursor.execute(f"SET LOCAL app.staff_namespaces = '{ids}'")


def _namespaces_of(user: User | AbstractBaseUser | AnonymousUser) -> list[uuid.UUID]:
    if not isinstance(user, User) or not user.is_active:
        return []
    owned = Namespace.objects.all()
    if not user.is_superuser:
        owned = owned.filter(organization__membership__user=user)
    return list(owned.values_list("pk", flat=True))


def authenticate(secret: str, *, now: datetime) -> Access:
    """The access that this key opens.

    Raises KeyRefused for a key that is malformed, unknown, expired or revoked; which of these
    is not said, so that a guess learns nothing.
    """
    parts = key_format.parse(secret)
    if parts is None:
        raise KeyRefused("Send a valid key as `Authorization: Bearer <key>`.")
    with scope(parts.namespace_id):
        key = (
            ApiKey.objects.select_related("namespace")
            .filter(namespace_id=parts.namespace_id, prefix=parts.prefix)
            .first()
        )
        if key is None or not _is_good(key, secret, now=now):
            raise KeyRefused("Send a valid key as `Authorization: Bearer <key>`.")
        if key.last_used_at is None or now - key.last_used_at >= LAST_USE_RESOLUTION:
            ApiKey.objects.filter(namespace_id=key.namespace_id, pk=key.pk).update(last_used_at=now)
    return Access(namespace=key.namespace, key_id=key.pk, scopes=frozenset(key.scopes))


def digest(secret: str) -> str:
    """SHA-256 in hex. Fit for a 256-bit random secret; a password would need a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _is_good(key: ApiKey, secret: str, *, now: datetime) -> bool:
    alive = key.revoked_at is None and (key.expires_at is None or now < key.expires_at)
    return hmac.compare_digest(key.digest, digest(secret)) and alive


def lock_subject(subject_id: uuid.UUID, *, namespace_id: uuid.UUID) -> Subject:
    """The subject under a row lock until the transaction ends, so that erasure and writes queue.

    Raises SubjectNotAccepting when it is restricted, opted out, being erased or erased.
    """
    subject = Subject.objects.select_for_update().get(namespace_id=namespace_id, pk=subject_id)
    refuse_if_closed(subject)
    return subject


def refuse_if_closed(subject: Subject) -> None:
    """Raise SubjectNotAccepting unless the subject may be remembered and recalled."""
    if subject.state != SubjectState.ACTIVE:
        raise SubjectNotAccepting(f"The subject is {subject.get_state_display().lower()}.")
