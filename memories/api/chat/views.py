"""OpenAI's chat protocol: read the body, converse, pass the answer on."""

from collections.abc import Iterable
from typing import ClassVar

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from governance.rules.scopes import Scope
from memories import conversing, tasks
from memories.api import once
from memories.api.authentication import need, opened, with_key
from memories.api.chat import bodies, documentation
from memories.api.chat.errors import Handler, also_for_openai
from memories.chat_turns import After
from memories.conversing import Answered, Answering
from memories.providers.upstream import Whole


class AnyAccept(DefaultContentNegotiation):
    """What is answered is the upstream's to choose: `Accept: text/event-stream` is no error."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """The one for problems; answers are passed on without any."""
        del request, format_suffix
        first = next(iter(renderers))
        return first, first.media_type


class ChatView(APIView):
    """Errors in both shapes: problem details, and what OpenAI's clients read."""

    content_negotiation_class = AnyAccept
    schema = documentation.ChatSchema()

    def get_exception_handler(self) -> Handler:
        """The site's, with OpenAI's member."""
        return also_for_openai(super().get_exception_handler())


class Completions(ChatView):
    """Chat with a memory."""

    scopes: ClassVar = {"POST": Scope.RECALL}

    @extend_schema(
        operation_id="chat_completion",
        tags=documentation.TAGS,
        request=bodies.ChatBody,
        responses=documentation.COMPLETION,
        parameters=documentation.PARAMETERS,
    )
    def post(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """OpenAI's chat completion, told what is known of `user` and remembered afterwards.

        Forwarded to the configured upstream; its answer comes back unchanged, streamed or whole.
        Needs `memories:write` besides `recall`, unless nothing is to be remembered.
        """
        asked = once.keyed(request)
        chat = bodies.read(request, asked)
        if chat.remember:
            why = f"To remember, this needs a key with the scope {Scope.REMEMBER.value}."
            need(request, Scope.REMEMBER, why=why)
        found = conversing.converse(
            chat,
            caller=with_key(request),
            after=After(clock=timezone.now, wake=tasks.wake_worker),
        )
        return _stream(found) if isinstance(found, Answering) else _answer(found)


class Models(ChatView):
    """What may be asked for."""

    scopes: ClassVar = {"GET": Scope.RECALL}

    @extend_schema(
        operation_id="list_models", tags=documentation.TAGS, responses=documentation.MODELS
    )
    def get(self, request: Request) -> HttpResponse:
        """The models that chats may name."""
        return _whole(conversing.models(opened(request).namespace))


def _whole(answer: Whole) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


def _answer(found: Answered) -> HttpResponse:
    response = _whole(found.answer)
    _tell(response, found)
    if found.episode_id:
        response["X-Remembrancer-Episode"] = str(found.episode_id)
    return response


def _stream(found: Answering) -> StreamingHttpResponse:
    response = StreamingHttpResponse(found, status=found.status, headers=found.headers)
    _tell(response, found)
    response["Cache-Control"] = "no-cache"
    # Proxies that would wait for more are told not to.
    response["X-Accel-Buffering"] = "no"
    return response


def _tell(response: HttpResponse | StreamingHttpResponse, found: Answered | Answering) -> None:
    response["X-Remembrancer-Memory"] = "on" if found.memory else "off"
    if found.trace_id:
        response["X-Remembrancer-Trace"] = str(found.trace_id)
