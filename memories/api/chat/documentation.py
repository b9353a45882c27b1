"""What the generated schema tells of the chat: the members read here, and that more pass."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from memories.api.chat.bodies import TEMPORARY
from memories.api.documentation import Schema
from memories.api.shapes import Problem

TAGS = ["chat"]
MEDIA, EVENTS = "application/json", "text/event-stream"


class ErrorShape(serializers.Serializer[None]):
    """What OpenAI's clients show."""

    message = serializers.CharField()
    type = serializers.CharField()
    param = serializers.CharField(allow_null=True)
    code = serializers.CharField()


class ChatProblem(Problem):
    """An error as everywhere, and once more as OpenAI's clients read it."""

    error = ErrorShape()


class ChatSchema(Schema):
    """Errors have the member `error` besides."""

    def _get_response_bodies(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = super()._get_response_bodies(*args, **kwargs)
        problem = self._get_response_for_code(  # type: ignore[no-untyped-call]
            ChatProblem, "default", ["application/problem+json"]
        )
        return {**found, "default": {**found["default"], "content": problem["content"]}}


class OpenBody(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Members that are not listed are passed on."""

    target_class = "memories.api.chat.bodies.ChatBody"

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        """The listed members, and any other."""
        found = auto_schema._map_serializer(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        return {**found, "additionalProperties": True}


class OpenMessage(OpenBody):  # type: ignore[no-untyped-call]
    """A message holds more than its role."""

    target_class = "memories.api.chat.bodies.ChatMessageBody"


def _told(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(
        name, str, OpenApiParameter.HEADER, description=description, response=[200]
    )


PARAMETERS = [
    OpenApiParameter(
        TEMPORARY,
        bool,
        OpenApiParameter.HEADER,
        description="true: neither read nor write, as `remembrancer.temporary`.",
    ),
    OpenApiParameter(
        "Idempotency-Key",
        str,
        OpenApiParameter.HEADER,
        description="Same key and body: remembered once; the answer is asked for anew."
        " Same key, other body: 409.",
    ),
    _told("X-Remembrancer-Memory", "on, or off when nothing was read and nothing is written."),
    _told("X-Remembrancer-Trace", "The trace of what was recalled."),
    _told("X-Remembrancer-Episode", "The episode that was received; not on a stream."),
]
COMPLETION = {
    (200, MEDIA): OpenApiResponse(
        OpenApiTypes.OBJECT,
        "The upstream's answer as it came: a chat completion, or with `stream` its events.",
    ),
    (200, EVENTS): OpenApiResponse(OpenApiTypes.STR, "Its events as they come."),
}
MODELS = {(200, MEDIA): OpenApiResponse(OpenApiTypes.OBJECT, "A list of models, as OpenAI's.")}
