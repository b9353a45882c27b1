"""Ask for what is known as a part of a prompt."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from memories import context
from memories.answers import Answer
from memories.api import bodies, context_bodies, context_presenting, once
from memories.api.authentication import with_key
from memories.api.context_shapes import ContextShape
from memories.callers import Caller
from memories.gathering import Wanted
from memories.looking import Thinking


class Context(APIView):
    """Compose a context."""

    scopes: ClassVar = {"POST": Scope.RECALL}

    @extend_schema(
        operation_id="compose_context",
        request=context_bodies.ContextBody,
        responses={200: ContextShape},
    )
    def post(self, request: Request) -> Response:
        """What is known that matters for a message, as one block for a prompt within a budget."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        body = bodies.read(context_bodies.ContextBody, request)
        wanted = context_bodies.wanted(body)
        who = with_key(request)
        thinking = context.think(wanted, namespace=who.namespace)
        return partial(self._compose, wanted, thinking, who, explain=body["explain"])

    def _compose(self, wanted: Wanted, thinking: Thinking, who: Caller, *, explain: bool) -> Answer:
        found = context.compose(wanted, thinking, caller=who)
        told = context_presenting.context(found, explain=explain)
        return Answer(status.HTTP_200_OK, told, found.subject_id)
