"""Issue and revoke API keys."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from governance import access, audit
from governance.audit import Action, Actor
from governance.errors import NotFound
from governance.models import ApiKey, Namespace
from governance.rules import key_format
from governance.rules.scopes import Scope


def issue(
    namespace: Namespace,
    *,
    name: str,
    scopes: Iterable[Scope],
    actor: Actor,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its text. The text is not kept: it can be shown this once only."""
    prefix, text = key_format.make(namespace.pk)
    with access.scope(namespace.pk):
        key = ApiKey.objects.create(
            namespace=namespace,
            name=name,
            prefix=prefix,
            digest=access.digest(text),
            scopes=sorted(scope.value for scope in scopes),
            expires_at=expires_at,
        )
        audit.record(
            Action.KEY_ISSUED,
            namespace_id=namespace.pk,
            actor=actor,
            target=key,
            now=now,
            details={"scopes": key.scopes},
        )
    return key, text


def revoke(key_id: uuid.UUID, *, namespace_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """From the next request on, the key is refused. Raises NotFound."""
    with access.scope(namespace_id):
        key = ApiKey.objects.filter(namespace_id=namespace_id, pk=key_id).first()
        if key is None:
            raise NotFound("There is no such key in this namespace.")
        if key.revoked_at is not None:
            return
        ApiKey.objects.filter(namespace_id=namespace_id, pk=key_id).update(revoked_at=now)
        audit.record(
            Action.KEY_REVOKED, namespace_id=namespace_id, actor=actor, target=key, now=now
        )
