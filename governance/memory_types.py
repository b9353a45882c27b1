"""Define and change memory types."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from governance import access, audit
from governance.audit import Action, Actor
from governance.errors import FieldError, InvalidInput, NotFound
from governance.models import MemoryType, Namespace
from governance.rules import type_fields


def define(
    namespace: Namespace, *, fields: Mapping[str, Any], actor: Actor, now: datetime
) -> MemoryType:
    """A new memory type. Raises InvalidInput naming each field that cannot be used."""
    type_fields.check_complete(fields)
    with access.scope(namespace.pk):
        memory_type = _insert(MemoryType(namespace=namespace, **fields))
        audit.record(
            Action.TYPE_DEFINED,
            namespace_id=namespace.pk,
            actor=actor,
            target=memory_type,
            now=now,
            details={"name": memory_type.name},
        )
    return memory_type


def change(
    memory_type: MemoryType, *, fields: Mapping[str, Any], actor: Actor, now: datetime
) -> MemoryType:
    """The type with these fields set anew; nothing is written when they are so already.

    Raises InvalidInput naming each field that cannot be used, or the name if it would change:
    bots and stored strategies speak of a type by its name. Raises NotFound.
    """
    type_fields.check(fields)
    namespace_id = memory_type.namespace_id
    with access.scope(namespace_id):
        current = (
            MemoryType.objects.select_for_update()
            .filter(namespace_id=namespace_id, pk=memory_type.pk)
            .first()
        )
        if current is None:
            raise NotFound("There is no such memory type in this namespace.")
        changed = [name for name, value in fields.items() if getattr(current, name) != value]
        if "name" in changed:
            raise _wrong_name("The name of a memory type stays as it is.")
        if changed:
            _update(current, {name: fields[name] for name in changed}, actor=actor, now=now)
    return current


def every(*, namespace_id: uuid.UUID) -> list[MemoryType]:
    """The namespace's types, by name."""
    with access.scope(namespace_id):
        return list(MemoryType.objects.filter(namespace_id=namespace_id).order_by("name"))


def named(name: str, *, namespace_id: uuid.UUID) -> MemoryType:
    """The type of this name. Raises NotFound."""
    with access.scope(namespace_id):
        found = MemoryType.objects.filter(namespace_id=namespace_id, name=name).first()
    if found is None:
        raise NotFound("There is no memory type of this name here.")
    return found


def _insert(memory_type: MemoryType) -> MemoryType:
    try:
        with transaction.atomic():
            memory_type.save(force_insert=True)
    except IntegrityError as error:
        raise _wrong_name("A memory type of this name exists already.") from error
    return memory_type


def _update(
    memory_type: MemoryType, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    for name, value in fields.items():
        setattr(memory_type, name, value)
    memory_type.save(update_fields=[*fields])
    audit.record(
        Action.TYPE_CHANGED,
        namespace_id=memory_type.namespace_id,
        actor=actor,
        target=memory_type,
        now=now,
        details={"fields": sorted(fields)},
    )


def _wrong_name(message: str) -> InvalidInput:
    return InvalidInput(message, fields=[FieldError("name", message)])
