"""Put a memory right, over HTTP."""

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
from memories import correcting
from memories.answers import Answer
from memories.api import bodies, once, presenting, shapes
from memories.api.authentication import caller
from memories.api.bodies import NothingBody
from memories.api.correction_bodies import CorrectionBody, UndoneShape, undone


class CorrectMemory(APIView):
    """What a person says against a memory."""

    scopes: ClassVar = {"POST": Scope.REMEMBER}

    @extend_schema(
        operation_id="correct_memory",
        request=CorrectionBody,
        responses={201: shapes.OutcomeShape},
    )
    def post(self, request: Request, memory_id: uuid.UUID) -> Response:
        """Correct a current memory on behalf of the person. A new memory takes its place, and what
        it replaced does not come back, however often it is said again by anybody."""
        return once.answer(request, partial(self._prepare, memory_id, request))

    def _prepare(self, memory_id: uuid.UUID, request: Request) -> Callable[[], Answer]:
        body, who = bodies.read(CorrectionBody, request), caller(request)
        prepared = correcting.prepare(
            memory_id,
            {name: body[name] for name in ("text", "data") if name in body},
            namespace=who["namespace"],
            now=who["now"],
            because=body.get("reason", ""),
            evidence=body.get("evidence"),
        )
        return partial(self._correct, prepared, who)

    def _correct(self, prepared: correcting.Correction, who: dict[str, Any]) -> Answer:
        outcome = correcting.correct(prepared, **who)
        subject_id = outcome.memory.subject_id if outcome.memory else None
        return Answer(status.HTTP_201_CREATED, presenting.outcome(outcome), subject_id)


class UndoMerge(APIView):
    """Take back what a memory superseded."""

    scopes: ClassVar = {"POST": Scope.REMEMBER}

    @extend_schema(operation_id="undo_merge", request=NothingBody, responses={200: UndoneShape})
    def post(self, request: Request, memory_id: uuid.UUID) -> Response:
        """What this memory superseded or elaborated is current again; this one is archived."""
        return once.answer(request, partial(self._prepare, memory_id, request))

    def _prepare(self, memory_id: uuid.UUID, request: Request) -> Callable[[], Answer]:
        bodies.read(NothingBody, request)
        return partial(self._undo, memory_id, request)

    def _undo(self, memory_id: uuid.UUID, request: Request) -> Answer:
        done = correcting.undo(memory_id, **caller(request))
        return Answer(status.HTTP_200_OK, undone(done), done.memory.subject_id)
