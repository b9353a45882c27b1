"""The review queue over HTTP."""

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
from memories import reviewing
from memories.answers import Answer
from memories.api import bodies, once, review_bodies
from memories.api.authentication import caller, opened
from memories.api.bodies import NothingBody
from memories.reviewing import Asked, Shown


class ReviewList(APIView):
    """What a person must look at."""

    scopes: ClassVar = {"GET": Scope.REVIEW}

    @extend_schema(
        operation_id="list_reviews",
        parameters=[review_bodies.ReviewQuery],
        responses={200: review_bodies.ReviewPage},
    )
    def get(self, request: Request) -> Response:
        """A page of reviews, newest first. What the memories say, only for memories:read."""
        serializer = review_bodies.ReviewQuery(data=request.query_params.dict())
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        asked = Asked(
            state="" if given["state"] == "ANY" else given["state"],
            reason=given.get("reason", ""),
            limit=given["limit"],
            cursor=given.get("cursor", ""),
        )
        access = opened(request)
        found = reviewing.page(asked, namespace_id=access.namespace.pk)
        return Response(review_bodies.page(found, with_content=access.allows(Scope.READ)))


class _Decide(APIView):
    """One answer to one review."""

    scopes: ClassVar = {"POST": Scope.REVIEW}
    verb: ClassVar[Callable[..., Shown]]

    def answer(self, request: Request, review_id: uuid.UUID) -> Response:
        """Decide once, and say how it stands."""
        return once.answer(request, partial(self._prepare, review_id, request))

    def _prepare(self, review_id: uuid.UUID, request: Request) -> Callable[[], Answer]:
        bodies.read(NothingBody, request)
        return partial(self._decide, review_id, caller(request))

    def _decide(self, review_id: uuid.UUID, who: dict[str, Any]) -> Answer:
        shown = type(self).verb(review_id, **who)
        return Answer(status.HTTP_200_OK, review_bodies.review(shown), shown.item.subject_id)


class AcceptReview(_Decide):
    """It may stand."""

    verb = reviewing.accept

    @extend_schema(
        operation_id="accept_review",
        request=NothingBody,
        responses={200: review_bodies.ReviewShape},
    )
    def post(self, request: Request, review_id: uuid.UUID) -> Response:
        """Let the memory stand: one in quarantine becomes current and takes its slot."""
        return self.answer(request, review_id)


class RejectReview(_Decide):
    """It may not."""

    verb = reviewing.reject

    @extend_schema(
        operation_id="reject_review",
        request=NothingBody,
        responses={200: review_bodies.ReviewShape},
    )
    def post(self, request: Request, review_id: uuid.UUID) -> Response:
        """Refuse the memory: one in quarantine is forgotten, a current one archived."""
        return self.answer(request, review_id)
