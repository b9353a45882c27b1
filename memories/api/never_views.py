"""What must never be remembered, over HTTP.

A person's own rules need the rights to remember and to read; rules for everybody are configuration
and need the rights to configure.
"""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from governance.subjects import DEFAULT_CHANNEL, IdentityRef
from memories import forbidding
from memories.answers import Answer
from memories.api import bodies, never_bodies, once
from memories.api.authentication import caller, need, opened
from memories.forbidding import Wanted


class NeverList(APIView):
    """The rules."""

    # Which right is needed depends on whose rules are meant; asked below.
    scopes: ClassVar = {"GET": None, "POST": None}

    @extend_schema(
        operation_id="list_never_rules",
        parameters=[never_bodies.NeverQuery],
        responses={200: never_bodies.NeverRules},
    )
    def get(self, request: Request) -> Response:
        """A person's own rules (memories:read), or without a person everybody's (settings:read)."""
        serializer = never_bodies.NeverQuery(data=request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        refs = _asked_of(serializer.validated_data)
        need(request, Scope.READ if refs else Scope.READ_SETTINGS)
        found = forbidding.every(refs, namespace_id=opened(request).namespace.pk)
        return Response({"results": [never_bodies.shown(one) for one in found]})

    @extend_schema(
        operation_id="add_never_rule",
        request=never_bodies.NeverBody,
        responses={201: never_bodies.NeverShape, 200: never_bodies.NeverShape},
    )
    def post(self, request: Request) -> Response:
        """Add one for a person (memories:write), or without a person for everybody
        (settings:write). 200: it was there already. What is kept already stays until forgotten."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        body = bodies.read(never_bodies.NeverBody, request)
        refs = bodies.refs(body)
        need(request, Scope.REMEMBER if refs else Scope.CONFIGURE)
        wanted = Wanted(body["kind"], body["value"], refs)
        return partial(self._add, wanted, caller(request))

    def _add(self, wanted: Wanted, who: dict[str, Any]) -> Answer:
        rule, is_new = forbidding.forbid(wanted, **who)
        made = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Answer(made, never_bodies.shown(rule), rule.subject_id)


class NeverDetail(APIView):
    """One rule."""

    scopes: ClassVar = {"DELETE": None}

    @extend_schema(operation_id="remove_never_rule", responses={200: never_bodies.NeverRemoved})
    def delete(self, request: Request, rule_id: uuid.UUID) -> Response:
        """Take it away: a person's needs memories:write, one for everybody settings:write."""
        who = caller(request)
        rule = forbidding.get(rule_id, namespace_id=who["namespace"].pk)
        need(request, Scope.REMEMBER if rule.subject_id else Scope.CONFIGURE)
        forbidding.allow(rule_id, **who)
        return Response({"id": rule_id, "removed": True})


def _asked_of(query: dict[str, Any]) -> tuple[IdentityRef, ...]:
    found = []
    if "user_id" in query:
        found.append(IdentityRef(DEFAULT_CHANNEL, query["user_id"]))
    if "channel" in query:
        found.append(IdentityRef(query["channel"], query["id"]))
    return tuple(found)
