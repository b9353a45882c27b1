"""Recall strategies of a namespace: read the current version, write a new one."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from governance import access, audit
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput
from memories.models import RecallStrategy
from memories.rules import strategies
from memories.rules.strategies import Strategy


def current(name: str, *, namespace_id: uuid.UUID) -> Strategy:
    """The newest version of this name. Inside the scope. Raises InvalidInput for a name unknown."""
    with connection.cursor() as cursor:  # each recall asks this; the ORM would double its cost
        cursor.execute(
            "SELECT version, config::text FROM memories_recallstrategy"
            " WHERE namespace_id = %s AND name = %s ORDER BY version DESC LIMIT 1",
            [namespace_id, name],
        )
        own = cursor.fetchone()
    if own is not None:
        return strategies.read(name, own[0], json.loads(own[1]))
    if name in strategies.BUILT_IN:
        return strategies.BUILT_IN[name]
    known = ", ".join(sorted(every(namespace_id=namespace_id)))
    raise InvalidInput(
        "There is no such strategy.", fields=[FieldError("strategy", f"Use one of: {known}.")]
    )


def every(*, namespace_id: uuid.UUID) -> Mapping[str, Strategy]:
    """The newest version of each strategy, by name. Inside the scope."""
    rows = RecallStrategy.objects.filter(namespace_id=namespace_id).order_by("name", "version")
    own = {row.name: strategies.read(row.name, row.version, row.config) for row in rows}
    return {**strategies.BUILT_IN, **own}


def change(
    name: str, config: dict[str, Any], *, namespace_id: uuid.UUID, actor: Actor, now: datetime
) -> Strategy:
    """A new version of a strategy. Raises InvalidInput for a config outside the schema."""
    strategies.check(name, config)
    with access.scope(namespace_id):
        with connection.cursor() as cursor:  # two writers must not take one version number
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{namespace_id}/{name}"]
            )
        newest = RecallStrategy.objects.filter(namespace_id=namespace_id, name=name)
        version = newest.count() + 1
        row = RecallStrategy.objects.create(
            namespace_id=namespace_id, name=name, version=version, config=config, created_at=now
        )
        audit.record(
            Action.STRATEGY_CHANGED,
            namespace_id=namespace_id,
            actor=actor,
            target=row,
            now=now,
            details={"version": version},
        )
    return strategies.read(name, version, config)
