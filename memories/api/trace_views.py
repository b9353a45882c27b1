"""Recalls that were made, over HTTP: why an answer was what it was, and what became of it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.audit import Actor
from governance.rules.scopes import Scope
from memories import outcomes, replay
from memories.answers import Answer
from memories.api import (
    bodies,
    once,
    replay_presenting,
    trace_bodies,
    trace_presenting,
    trace_shapes,
)
from memories.api.authentication import caller, opened, with_key
from memories.callers import Caller
from memories.outcomes import Judgement, Report, Screened
from memories.replay import Prepared


class TraceDetail(APIView):
    """Why an answer was what it was."""

    scopes: ClassVar = {"GET": Scope.TRACES}

    @extend_schema(operation_id="read_trace", responses={200: trace_shapes.TraceStory})
    def get(self, request: Request, trace_id: uuid.UUID) -> Response:
        """What was asked, found, left out and why; what the bot told of it since."""
        found = outcomes.read(trace_id, namespace_id=opened(request).namespace.pk)
        return Response(trace_presenting.story(found))


class TraceOutcome(APIView):
    """What became of a recall."""

    scopes: ClassVar = {"POST": Scope.FEEDBACK}

    @extend_schema(
        operation_id="record_outcome",
        request=trace_bodies.OutcomeBody,
        responses={200: trace_shapes.OutcomeShape},
    )
    def post(self, request: Request, trace_id: uuid.UUID) -> Response:
        """Tell what answer a recall fed, which memories it used, what it cost. Told again, each
        field that is given takes the place of what was told before; the others stay."""
        return once.answer(request, partial(self._prepare, request, trace_id))

    def _prepare(self, request: Request, trace_id: uuid.UUID) -> Callable[[], Answer]:
        body = bodies.read(trace_bodies.OutcomeBody, request)
        by = with_key(request)
        screened = outcomes.prepare(trace_id, _report(body), namespace=by.namespace)
        return partial(self._record, screened, by)

    def _record(self, screened: Screened, by: Caller) -> Answer:
        told = outcomes.record(screened, by=by)
        return Answer(status.HTTP_200_OK, trace_presenting.outcome(told), told.trace.subject_id)


class TraceFeedback(APIView):
    """How a recall's memories served."""

    scopes: ClassVar = {"POST": Scope.FEEDBACK}

    @extend_schema(
        operation_id="record_feedback",
        request=trace_bodies.FeedbackBody,
        responses={200: trace_shapes.FeedbackShape},
    )
    def post(self, request: Request, trace_id: uuid.UUID) -> Response:
        """Judge the memories that a recall gave: helpful, irrelevant, wrong or harmful. A later
        verdict takes the place of an earlier; wrong and harmful memories go to review."""
        return once.answer(request, partial(self._prepare, request, trace_id))

    def _prepare(self, request: Request, trace_id: uuid.UUID) -> Callable[[], Answer]:
        body = bodies.read(trace_bodies.FeedbackBody, request)
        judged = [Judgement(one["id"], one["verdict"]) for one in body.get("memories", ())]
        return partial(self._judge, trace_id, judged, body.get("verdict", ""), with_key(request))

    def _judge(
        self, trace_id: uuid.UUID, judged: list[Judgement], verdict: str, by: Caller
    ) -> Answer:
        told = outcomes.judge(trace_id, judged, verdict=verdict, by=by)
        return Answer(status.HTTP_200_OK, trace_presenting.feedback(told), told.trace.subject_id)


class TraceReplay(APIView):
    """A recall, once more."""

    scopes: ClassVar = {"POST": Scope.TRACES}

    @extend_schema(
        operation_id="replay_trace",
        request=bodies.NothingBody,
        responses={200: trace_shapes.ReplayShape},
    )
    def post(self, request: Request, trace_id: uuid.UUID) -> Response:
        """Ask again, of the store as it was then and as it is now, and say why the answers differ.
        What the memories say is told to keys with memories:read; no trace is left of it."""
        return once.answer(request, partial(self._prepare, request, trace_id))

    def _prepare(self, request: Request, trace_id: uuid.UUID) -> Callable[[], Answer]:
        bodies.read(bodies.NothingBody, request)
        who = caller(request)
        prepared = replay.prepare(trace_id, namespace=who["namespace"])
        reads = opened(request).allows(Scope.READ)
        return partial(self._replay, prepared, who["actor"], who["now"], with_content=reads)

    def _replay(
        self, prepared: Prepared, actor: Actor, now: datetime, *, with_content: bool
    ) -> Answer:
        found = replay.replay(prepared, actor=actor, now=now)
        told = replay_presenting.replay(found, with_content=with_content)
        return Answer(status.HTTP_200_OK, told, found.trace.subject_id)


def _report(body: dict[str, Any]) -> Report:
    return Report(
        answer=body.get("answer"),
        answer_id=body.get("answer_id"),
        used=tuple(body["used"]) if "used" in body else None,
        tokens=body.get("tokens"),
        latency_ms=body.get("latency_ms"),
    )
