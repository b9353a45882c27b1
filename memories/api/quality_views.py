"""Golden cases and quality runs over HTTP."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from django.db import transaction
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from memories import golden_cases, quality, tasks
from memories.answers import Answer
from memories.api import bodies, once, quality_bodies, quality_presenting, quality_shapes
from memories.api.authentication import caller, need, opened

# To ask whether words come back of a person tells whether they are remembered.
TELLING = frozenset({"query", "must", "must_not", "user_id", "identity"})


class CaseList(APIView):
    """The golden cases of a namespace."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS, "POST": Scope.CONFIGURE}

    @extend_schema(operation_id="list_golden_cases", responses={200: quality_shapes.Cases})
    def get(self, request: Request) -> Response:
        """All of them, oldest first; their words only with memories:read."""
        found = golden_cases.every(namespace_id=opened(request).namespace.pk)
        return Response({"results": [_shown(one, request) for one in found]})

    @extend_schema(
        operation_id="add_golden_case",
        request=quality_bodies.CaseBody,
        responses={201: quality_shapes.CaseShape},
    )
    def post(self, request: Request) -> Response:
        """Add one. About a person (`user_id` or `identity`, with memories:read), or about the
        statements of its `fixture`, which are kept apart from everybody's memories."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        fields = _fields(bodies.read(quality_bodies.CaseBody, request), request)
        if fields.get("subject_id") is not None:
            _refuse_unless_reader(request)
        return lambda: _added(golden_cases.add(fields=fields, **caller(request)), request)


class CaseDetail(APIView):
    """One golden case."""

    scopes: ClassVar = {
        "GET": Scope.READ_SETTINGS,
        "PATCH": Scope.CONFIGURE,
        "DELETE": Scope.CONFIGURE,
    }

    @extend_schema(operation_id="read_golden_case", responses={200: quality_shapes.CaseShape})
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        """As it is; its words only with memories:read."""
        found = golden_cases.get(case_id, namespace_id=opened(request).namespace.pk)
        return Response(_shown(found, request))

    @extend_schema(
        operation_id="change_golden_case",
        request=quality_bodies.CaseChanges,
        responses={200: quality_shapes.CaseShape},
    )
    def patch(self, request: Request, case_id: uuid.UUID) -> Response:
        """Change it. Its statements are kept anew before it is asked again."""
        body, who = bodies.read(quality_bodies.CaseChanges, request), caller(request)
        namespace_id = who["namespace"].pk
        known = golden_cases.get(case_id, namespace_id=namespace_id)
        fields = _fields(body, request)
        if fields.get("subject_id", known.subject_id) is not None and TELLING & body.keys():
            _refuse_unless_reader(request)
        changed = golden_cases.change(
            case_id, fields, namespace_id=namespace_id, actor=who["actor"], now=who["now"]
        )
        return Response(_shown(changed, request))

    @extend_schema(operation_id="remove_golden_case", responses={200: quality_shapes.RemovedCase})
    def delete(self, request: Request, case_id: uuid.UUID) -> Response:
        """Remove it, with the statements that were kept for it."""
        who = caller(request)
        golden_cases.remove(
            case_id, namespace_id=who["namespace"].pk, actor=who["actor"], now=who["now"]
        )
        return Response({"id": case_id, "deleted": True})


class TraceCase(APIView):
    """A golden case from a recall."""

    scopes: ClassVar = {"POST": Scope.CONFIGURE}

    @extend_schema(
        operation_id="make_golden_case",
        request=quality_bodies.TraceCaseBody,
        responses={201: quality_shapes.CaseShape},
    )
    def post(self, request: Request, trace_id: uuid.UUID) -> Response:
        """Ask again each night what this recall asked. Without `must`, the memories that it gave
        must come again, as far as they still hold. Needs memories:read besides."""
        return once.answer(request, partial(self._prepare, request, trace_id))

    def _prepare(self, request: Request, trace_id: uuid.UUID) -> Callable[[], Answer]:
        _refuse_unless_reader(request)
        chosen = bodies.read(quality_bodies.TraceCaseBody, request)
        return lambda: _added(golden_cases.from_trace(trace_id, chosen, **caller(request)), request)


class Quality(APIView):
    """How recall did."""

    scopes: ClassVar = {"GET": Scope.READ_SETTINGS}

    @extend_schema(
        operation_id="read_quality",
        parameters=[quality_bodies.RunsBody],
        responses={200: quality_shapes.QualityShape},
    )
    def get(self, request: Request) -> Response:
        """The last runs, newest first, with their counters and what each counter means."""
        asked = quality_bodies.RunsBody(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        found = quality.overview(opened(request).namespace.pk, limit=asked.validated_data["limit"])
        return Response(quality_presenting.overview(found))


class RunNow(APIView):
    """Ask the golden cases now."""

    scopes: ClassVar = {"POST": Scope.CONFIGURE}

    @extend_schema(
        operation_id="run_quality",
        request=bodies.NothingBody,
        responses={200: quality_shapes.RunShape, 202: quality_shapes.RunStarted},
    )
    def post(self, request: Request) -> Response:
        """Up to 50 active cases are asked while you wait (200); of more, a worker asks them (202)
        and the run appears at `result_url`."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        bodies.read(bodies.NothingBody, request)
        who = caller(request)
        namespace_id = who["namespace"].pk
        if not quality.at_once(namespace_id):
            return partial(_start, namespace_id)
        return partial(_keep, quality.gather(namespace_id, now=who["now"]), who["actor"])


def _keep(measured: quality.Measured, actor: Any) -> Answer:
    run, fall = quality.keep(measured, actor=actor)
    transaction.on_commit(partial(quality.tell, run, fall))
    return Answer(status.HTTP_200_OK, quality_presenting.run(run))


def _start(namespace_id: uuid.UUID) -> Answer:
    transaction.on_commit(partial(tasks.start_measuring, namespace_id))
    told = {"status": "started", "result_url": reverse("api:quality")}
    return Answer(status.HTTP_202_ACCEPTED, told)


def _fields(body: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """A body as the verbs take it: whoever it names as a subject, in place of a fixture."""
    fields = {name: value for name, value in body.items() if name not in ("user_id", "identity")}
    if "fixture" in fields:
        fields["fixture"] = [dict(one) for one in fields["fixture"]]
    refs = bodies.refs(body)
    if refs:
        found = golden_cases.subject_of(refs, namespace_id=opened(request).namespace.pk)
        return {**fields, "subject_id": found, "fixture": []}
    return {**fields, "subject_id": None} if fields.get("fixture") else fields


def _refuse_unless_reader(request: Request) -> None:
    why = f"A case about a person tells what is remembered: it needs {Scope.READ.value} too."
    need(request, Scope.READ, why=why)


def _shown(case: Any, request: Request) -> dict[str, Any]:
    return quality_presenting.case(case, content=opened(request).allows(Scope.READ))


def _added(case: Any, request: Request) -> Answer:
    return Answer(status.HTTP_201_CREATED, _shown(case, request), case.subject_id)
