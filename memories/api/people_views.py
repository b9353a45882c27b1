"""Who is who, over HTTP."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from governance.subjects import IdentityRef
from memories import identities
from memories.answers import Answer
from memories.api import bodies, once, presenting, shapes
from memories.api.authentication import actor, caller, opened


class ResolveIdentity(APIView):
    """Who is known by this identity?"""

    scopes: ClassVar = {"POST": Scope.READ_SUBJECTS}

    @extend_schema(
        operation_id="resolve_identity",
        request=bodies.ResolveBody,
        responses={200: shapes.SubjectShape},
    )
    def post(self, request: Request) -> Response:
        """The subject and everything that leads to it."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        (ref,) = bodies.refs(bodies.read(bodies.ResolveBody, request))
        return partial(self._resolve, ref, request)

    def _resolve(self, ref: IdentityRef, request: Request) -> Answer:
        every = identities.resolve(ref, namespace_id=opened(request).namespace.pk)
        return Answer(status.HTTP_200_OK, presenting.identities(every), every[0].subject_id)


class LinkIdentity(APIView):
    """Two identities are one person."""

    scopes: ClassVar = {"POST": Scope.LINK}

    @extend_schema(
        operation_id="link_identity", request=bodies.LinkBody, responses={200: shapes.SubjectShape}
    )
    def post(self, request: Request) -> Response:
        """Let an identity, with its memories, lead to the person known by `to`."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        body = bodies.read(bodies.LinkBody, request)
        return partial(self._link, body, request)

    def _link(self, body: dict[str, Any], request: Request) -> Answer:
        (ref,), (to,) = bodies.refs(body), bodies.refs(body["to"])
        who = caller(request)
        every = identities.link(
            ref,
            to=to,
            evidence=body["evidence"],
            namespace_id=who["namespace"].pk,
            actor=who["actor"],
            now=who["now"],
        )
        return Answer(status.HTTP_200_OK, presenting.identities(every), every[0].subject_id)


class UnlinkIdentity(APIView):
    """They are two persons after all."""

    scopes: ClassVar = {"POST": Scope.LINK}

    @extend_schema(
        operation_id="unlink_identity",
        request=bodies.ResolveBody,
        responses={200: shapes.SubjectShape},
    )
    def post(self, request: Request) -> Response:
        """Give the identity, with the memories that came by it, its own subject back."""
        return once.answer(request, partial(self._prepare, request))

    def _prepare(self, request: Request) -> Callable[[], Answer]:
        (ref,) = bodies.refs(bodies.read(bodies.ResolveBody, request))
        return partial(self._unlink, ref, request)

    def _unlink(self, ref: IdentityRef, request: Request) -> Answer:
        now = caller(request)["now"]
        identity = identities.unlink(
            ref, namespace_id=opened(request).namespace.pk, actor=actor(request), now=now
        )
        return Answer(status.HTTP_200_OK, presenting.identities([identity]), identity.subject_id)
