"""Memories over HTTP: keep, list, read, change, forget, and their history."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import status
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.errors import FieldError, TooLarge
from governance.rules.scopes import Scope
from memories import browsing, editing, remembering
from memories.answers import Answer
from memories.api import bodies, once, parsing, presenting, shapes
from memories.api.authentication import caller, opened
from memories.browsing import Listing
from memories.drafts import Place
from memories.remembering import Verbatim
from memories.rules import filters


class MemoryList(APIView):
    """Keep statements; page through what is kept."""

    scopes: ClassVar = {"POST": Scope.REMEMBER, "GET": Scope.READ}

    @extend_schema(
        operation_id="remember",
        request=PolymorphicProxySerializer(
            "Statements", [bodies.MemoriesBody, bodies.MemoryBody], None
        ),
        responses={201: shapes.Outcomes},
    )
    def post(self, request: Request) -> Response:
        """Keep one statement, or up to 1,000 in `memories`; recallable when this answers."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        who = caller(request)
        given = [_verbatim(body) for body in _statements(request)]
        prepared = remembering.prepare(given, **who)
        return partial(self._keep, prepared, who)

    def _keep(self, prepared: remembering.Prepared, who: dict[str, Any]) -> Answer:
        outcomes = remembering.remember(prepared, actor=who["actor"], now=who["now"])
        body = {"results": [presenting.outcome(one) for one in outcomes]}
        return Answer(status.HTTP_201_CREATED, body)

    @extend_schema(
        operation_id="list_memories",
        parameters=[bodies.ListBody],
        responses={200: shapes.MemoryPage},
    )
    def get(self, request: Request) -> Response:
        """A page of memories, newest first. `filters` is JSON; lists repeat their name."""
        serializer = bodies.ListBody(data=_query_parameters(request))
        serializer.is_valid(raise_exception=True)
        return Response(_page(request, serializer.validated_data).body)


class MemorySearchList(APIView):
    """The same page, asked by POST: nothing of the filter stands in a URL."""

    scopes: ClassVar = {"POST": Scope.READ}

    @extend_schema(
        operation_id="list_memories_by_post",
        request=bodies.ListBody,
        responses={200: shapes.MemoryPage},
    )
    def post(self, request: Request) -> Response:
        """A page of memories, newest first."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        return partial(_page, request, bodies.read(bodies.ListBody, request))


class MemoryDetail(APIView):
    """One memory."""

    scopes: ClassVar = {"GET": Scope.READ, "PATCH": Scope.REMEMBER, "DELETE": Scope.FORGET}

    @extend_schema(operation_id="read_memory", responses={200: shapes.MemoryShape})
    def get(self, request: Request, memory_id: uuid.UUID) -> Response:
        """The memory as it is now."""
        found = browsing.get(memory_id, namespace_id=opened(request).namespace.pk)
        return Response(presenting.memory(found))

    @extend_schema(
        operation_id="change_memory", request=bodies.PatchBody, responses={200: shapes.MemoryShape}
    )
    def patch(self, request: Request, memory_id: uuid.UUID) -> Response:
        """Change it; the former values stand in its history."""
        changes = bodies.read(bodies.PatchBody, request)
        edit = editing.prepare(memory_id, changes, namespace=opened(request).namespace)
        return Response(presenting.memory(editing.change(edit, **caller(request))))

    @extend_schema(operation_id="forget_memory", responses={200: shapes.Forgotten})
    def delete(self, request: Request, memory_id: uuid.UUID) -> Response:
        """Forget it, with its history."""
        editing.forget(memory_id, **caller(request))
        return Response({"id": memory_id, "deleted": True})


class MemoryHistory(APIView):
    """What became of one memory."""

    scopes: ClassVar = {"GET": Scope.READ}

    @extend_schema(operation_id="read_history", responses={200: shapes.History})
    def get(self, request: Request, memory_id: uuid.UUID) -> Response:
        """Every change, oldest first; and what held before and after it."""
        namespace_id = opened(request).namespace.pk
        found = browsing.history(memory_id, namespace_id=namespace_id)
        lineage = browsing.lineage(memory_id, namespace_id=namespace_id)
        return Response(
            {
                "results": [presenting.version(one) for one in found],
                "lineage": [presenting.memory(one) for one in lineage],
            }
        )


def _statements(request: Request) -> list[dict[str, Any]]:
    data = request.data
    if isinstance(data, dict) and "memories" in data:
        given = data["memories"]
        if isinstance(given, list) and len(given) > bodies.MAX_MEMORIES:
            remedy = f"{len(given)} memories; {bodies.MAX_MEMORIES} fit in one request."
            raise TooLarge(remedy, fields=[FieldError("memories", remedy)])
        return list(bodies.read(bodies.MemoriesBody, request)["memories"])
    return [bodies.read(bodies.MemoryBody, request)]


_AS_GIVEN = (
    "type", "text", "role", "slot", "speaker", "data", "metadata", "categories", "importance",
    "confidence", "sensitivity", "occurred_at", "valid_from", "expires_at", "vector",
)  # fmt: skip


def _verbatim(body: dict[str, Any]) -> Verbatim:
    given = {name: body[name] for name in _AS_GIVEN if name in body}
    place = Place(body.get("agent_id", ""), body.get("app_id", ""), body.get("run_id", ""))
    return Verbatim(refs=bodies.refs(body), place=place, **{"text": "", **given})


def _query_parameters(request: Request) -> dict[str, Any]:
    lists = ("types", "states")
    given: dict[str, Any] = {
        name: request.query_params.getlist(name) if name in lists else value
        for name, value in request.query_params.items()
    }
    if "filters" in given:
        try:
            given["filters"] = parsing.parsed(given["filters"].encode())
        except ParseError as error:
            raise ValidationError({"filters": [error.detail]}) from None
    return given


def _page(request: Request, body: dict[str, Any]) -> Answer:
    asked = Listing(
        refs=bodies.refs(body),
        agent_id=body.get("agent_id", ""),
        app_id=body.get("app_id", ""),
        run_id=body.get("run_id", ""),
        types=tuple(body.get("types", ())),
        states=tuple(body.get("states", ())),
        filters=filters.parse(body["filters"]) if "filters" in body else None,
        limit=body["limit"],
        cursor=body.get("cursor", ""),
    )
    found = browsing.page(asked, namespace_id=opened(request).namespace.pk, now=timezone.now())
    told = {
        "results": [presenting.memory(one) for one in found.memories],
        "next_cursor": found.next_cursor,
    }
    return Answer(status.HTTP_200_OK, told, found.subject_id)
