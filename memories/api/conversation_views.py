"""A bot's loop over HTTP: post a conversation, ask what is known, see why."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from memories import extraction, ingestion, looking, retrieval, tasks
from memories.answers import Answer
from memories.api import asking, bodies, once, presenting, shapes
from memories.api.authentication import caller, opened, with_key
from memories.callers import Caller
from memories.drafts import Place
from memories.ingestion import Received
from memories.questions import Ask


class EpisodeList(APIView):
    """Receive conversations."""

    scopes: ClassVar = {"POST": Scope.REMEMBER}

    @extend_schema(
        operation_id="receive_episode",
        request=bodies.EpisodeBody,
        responses={202: shapes.EpisodeReceipt},
    )
    def post(self, request: Request) -> Response:
        """Store the messages; memories are extracted from them by a worker, soon."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        body = bodies.read(bodies.EpisodeBody, request)
        given = Received(
            refs=bodies.refs(body),
            place=_place(body),
            messages=[_message(message) for message in body["messages"]],
            metadata=body.get("metadata", {}),
        )
        given = ingestion.screened(given, **caller(request))
        return partial(self._receive, given, caller(request), opened(request).key_id)

    def _receive(self, given: Received, who: dict[str, Any], key_id: uuid.UUID) -> Answer:
        episode = ingestion.receive(given, key_id=key_id, **who)
        transaction.on_commit(
            partial(
                tasks.wake_worker,
                episode.pk,
                episode.namespace_id,
                due=episode.next_attempt_at,
            )
        )
        told = presenting.episode(episode)
        body = {name: told[name] for name in ("id", "status", "status_url", "subject_id")}
        return Answer(status.HTTP_202_ACCEPTED, body, episode.subject_id)


class EpisodeDetail(APIView):
    """One episode."""

    scopes: ClassVar = {"GET": Scope.READ}

    @extend_schema(operation_id="read_episode", responses={200: shapes.EpisodeShape})
    def get(self, request: Request, episode_id: uuid.UUID) -> Response:
        """Where it stands, and the memories that rest on it."""
        found, kept = ingestion.status(episode_id, namespace_id=opened(request).namespace.pk)
        return Response(presenting.episode(found, kept))


class EpisodeRetry(APIView):
    """Try again."""

    scopes: ClassVar = {"POST": Scope.REMEMBER}

    @extend_schema(operation_id="retry_episode", request=None, responses={202: shapes.EpisodeShape})
    def post(self, request: Request, episode_id: uuid.UUID) -> Response:
        """Let an episode that FAILED be read once more, by itself, while its messages are kept."""
        return once.answer(request, partial(self._prepare, request, episode_id))

    def _prepare(self, request: Request, episode_id: uuid.UUID) -> Callable[[], Answer]:
        bodies.read(bodies.Body, request)
        return partial(self._retry, episode_id, caller(request))

    def _retry(self, episode_id: uuid.UUID, who: dict[str, Any]) -> Answer:
        namespace_id = who["namespace"].pk
        episode = extraction.retry(
            episode_id, namespace_id=namespace_id, actor=who["actor"], now=who["now"]
        )
        transaction.on_commit(partial(tasks.wake_worker, episode.pk, namespace_id))
        told = presenting.episode(episode)
        return Answer(status.HTTP_202_ACCEPTED, told, episode.subject_id)


class Recall(APIView):
    """Ask what is known."""

    scopes: ClassVar = {"POST": Scope.RECALL}

    @extend_schema(
        operation_id="recall", request=bodies.RecallBody, responses={200: shapes.RecallShape}
    )
    def post(self, request: Request) -> Response:
        """The memories that matter for a message, best first, and the trace that explains them."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        body = bodies.read(bodies.RecallBody, request)
        ask = asking.asked(body, query=body["query"])
        who = with_key(request)
        thinking = looking.think(ask, namespace=who.namespace)
        return partial(self._recall, ask, thinking, who, explain=body["explain"])

    def _recall(
        self, ask: Ask, thinking: looking.Thinking, who: Caller, *, explain: bool
    ) -> Answer:
        found = retrieval.recall(ask, thinking, caller=who)
        told = presenting.recall(found, explain=explain)
        return Answer(status.HTTP_200_OK, told, found.subject_id)


def _place(body: dict[str, Any]) -> Place:
    return Place(body.get("agent_id", ""), body.get("app_id", ""), body.get("run_id", ""))


def _message(message: dict[str, Any]) -> dict[str, Any]:
    time = message.get("time")
    return {**message, "time": time.isoformat()} if time else dict(message)
