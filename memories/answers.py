"""Answers for callers that ask twice: same key and body, same answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.crypto import salted_hmac

from governance import access
from governance.errors import DomainError
from memories.models import Memory, StoredAnswer


class KeyUsedForAnotherRequest(DomainError):
    """The Idempotency-Key was used with another request."""

    code, http_status = "idempotency_key_reused", 409
    title = "The Idempotency-Key was used with another request"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that may come again: who asks, under which key, a digest of what."""

    namespace_id: uuid.UUID
    api_key_id: uuid.UUID
    idempotency_key: str
    request_digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, and of whom it speaks (erasure finds it by that)."""

    status: int
    body: dict[str, Any]
    subject_id: uuid.UUID | None = None


def digest(method: str, path: str, body: bytes) -> str:
    """A keyed digest of a request; a plain one could be guessed for a short body."""
    text = b"\n".join([method.encode(), path.encode(), body])
    return salted_hmac("remembrancer.answers", text, algorithm="sha256").hexdigest()


def earlier(asked: Asked) -> Answer | None:
    """The answer given before. Raises KeyUsedForAnotherRequest."""
    with access.scope(asked.namespace_id):
        return _earlier(asked)


def once(asked: Asked, deed: Callable[[], Answer], *, now: datetime) -> Answer:
    """Do the deed and keep its answer in one transaction, or give the answer kept before.

    A second caller with the same key waits here for the first, by the unique constraint; if the
    first fails, nothing is kept and the second does the deed. Raises KeyUsedForAnotherRequest.
    """
    with access.scope(asked.namespace_id):
        try:
            with transaction.atomic():
                row = StoredAnswer.objects.create(
                    namespace_id=asked.namespace_id,
                    api_key_id=asked.api_key_id,
                    idempotency_key=asked.idempotency_key,
                    request_digest=asked.request_digest,
                    at=now,
                )
        except IntegrityError:
            kept = _earlier(asked)
            if kept is None:
                raise
            return kept
        answer = deed()
        row.status, row.body, row.subject_id = answer.status, answer.body, answer.subject_id
        row.save(update_fields=["status", "body", "subject"])
        return answer


def _earlier(asked: Asked) -> Answer | None:
    row = StoredAnswer.objects.filter(
        namespace_id=asked.namespace_id,
        api_key_id=asked.api_key_id,
        idempotency_key=asked.idempotency_key,
    ).first()
    if row is None:
        return None
    if row.request_digest != asked.request_digest:
        raise KeyUsedForAnotherRequest(
            "This Idempotency-Key was used with another request. Use a new one for a new request."
        )
    return Answer(row.status, row.body, row.subject_id)


def forget(memory: Memory) -> int:
    """Empty the kept answers that tell of a memory; returns how many. Inside the scope.

    Asked again, they say that it was forgotten: to do the deed again would bring it back.
    """
    whose = Q(subject_id=memory.subject_id) if memory.subject_id else Q(subject_id__isnull=True)
    told = StoredAnswer.objects.filter(whose, namespace_id=memory.namespace_id).annotate(
        told=Cast("body", TextField())
    )
    names_it = Q(told__contains=str(memory.pk))
    if memory.episode_id is not None:
        # A context repeats turns; the words may stand in one without the memory beside it.
        names_it |= Q(told__contains=f'"from_episode": "{memory.episode_id}"')
    return told.filter(names_it).update(
        status=HTTPStatus.GONE, body={"code": "forgotten", "detail": "What it told was forgotten."}
    )


def follow(namespace_id: uuid.UUID, *, left: uuid.UUID, to: uuid.UUID) -> None:
    """What was answered of a subject is of the one that its identities lead to now."""
    StoredAnswer.objects.filter(namespace_id=namespace_id, subject_id=left).update(subject_id=to)


def clear(*, namespace_id: uuid.UUID, before: datetime) -> int:
    """Delete answers given before a moment; returns how many. Inside the scope."""
    return StoredAnswer.objects.filter(namespace_id=namespace_id, at__lt=before).delete()[0]
