"""Idempotency-Key on every POST: same key and body, same answer; same key, other body, 409."""

import json
from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from governance.errors import FieldError, InvalidInput
from memories import answers
from memories.answers import Answer, Asked
from memories.api.authentication import opened

MAX_KEY = 255


def answer(request: Request, prepare: Callable[[], Callable[[], Answer]]) -> Response:
    """Prepare (may be slow, outside any transaction), then do the deed once.

    `prepare` is not called for a request whose answer is kept already.
    """
    asked = keyed(request)
    if asked is None:
        return _response(prepare()())
    kept = answers.earlier(asked)
    if kept is not None:
        return _response(kept, replayed=True)
    deed = prepare()
    done: list[Answer] = []

    def noted() -> Answer:
        told = deed()
        # As it goes over the wire, so that what is repeated is the same to the last digit.
        done.append(replace(told, body=json.loads(JSONRenderer().render(told.body))))
        return done[0]

    given = answers.once(asked, noted, now=timezone.now())
    return _response(given, replayed=not done)


def keyed(request: Request) -> Asked | None:
    """The request under its Idempotency-Key; None without one. Raises InvalidInput.

    To be called before the body is parsed: it reads the raw one.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_KEY or not key.isascii() or not key.isprintable():
        raise InvalidInput(
            "The Idempotency-Key cannot be used.",
            fields=[FieldError("Idempotency-Key", f"Send 1 to {MAX_KEY} printable characters.")],
        )
    return Asked(
        namespace_id=opened(request).namespace.pk,
        api_key_id=opened(request).key_id,
        idempotency_key=key,
        request_digest=answers.digest(request.method or "", request.path, request._request.body),
    )


def _response(answer_: Answer, *, replayed: bool = False) -> Response:
    headers = {"Idempotency-Replayed": "true"} if replayed else {}
    return Response(answer_.body, status=answer_.status, headers=headers)
