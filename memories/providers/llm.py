"""A language model at any endpoint that speaks OpenAI's chat protocol."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
import openai
from django.conf import settings

# An answer of more bytes is none that was asked for.
MAX_ANSWER_BYTES = 2_000_000
# What the answer's form is called; some endpoints show it in their logs.
_SCHEMA_NAME = "memories"

Message = Mapping[str, str]


class ModelUnavailable(Exception):
    """The model does not answer now, or not us; the work waits and is tried again.

    Its text is the type of the error: an endpoint may repeat what it was sent.
    """


class RequestRefused(Exception):
    """The endpoint answers, and will not have this request, now or later: too long, or a parameter
    that it does not know (see LANGUAGE_MODEL_OMITS). Its text is the type of the error."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said ("" for a refusal), and what it cost; 0 where the endpoint does not say.

    `is_cut_off`: it ran into LANGUAGE_MODEL_MAX_TOKENS.
    """

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    is_cut_off: bool = False


class LanguageModel:
    """One model at LANGUAGE_MODEL_BASE_URL. Raises ModelUnavailable when there is none set up."""

    def __init__(self, name: str) -> None:
        self.name = name or settings.LANGUAGE_MODEL
        if not self.name or not (
            settings.LANGUAGE_MODEL_API_KEY or settings.LANGUAGE_MODEL_BASE_URL
        ):
            raise ModelUnavailable("NotConfigured")

    def chat(self, messages: Sequence[Message], *, schema: Mapping[str, Any]) -> Reply:
        """The reply, in the form of the schema where the endpoint enforces one.

        Takes LANGUAGE_MODEL_TIMEOUT seconds at most, however slowly the bytes come. Raises
        ModelUnavailable, RequestRefused.
        """
        deadline = time.monotonic() + settings.LANGUAGE_MODEL_TIMEOUT
        create: Any = _client().chat.completions.with_streaming_response.create
        try:
            with create(**self._request(messages, schema)) as answer:
                body = _read(answer.iter_bytes(), deadline)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise RequestRefused(type(error).__name__) from None
        except openai.APIStatusError as error:
            if error.status_code == 413:  # noqa: PLR2004 - Content Too Large
                raise RequestRefused("ContentTooLarge") from None
            raise ModelUnavailable(type(error).__name__) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, ValueError) as error:
            raise ModelUnavailable(type(error).__name__) from None
        return _reply(body)

    def _request(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> dict[str, Any]:
        omitted = set(settings.LANGUAGE_MODEL_OMITS)
        form = {"name": _SCHEMA_NAME, "strict": True, "schema": dict(schema)}
        length = settings.LANGUAGE_MODEL_MAX_TOKENS
        asked: dict[str, Any] = {
            "model": self.name,
            "messages": list(messages),
            "response_format": {"type": "json_schema", "json_schema": form},
            "temperature": 0,
            "max_tokens": length,
            # The conversation is not the endpoint's to keep.
            "store": False,
        }
        if "max_tokens" in omitted:
            asked["max_completion_tokens"] = length
        return {name: value for name, value in asked.items() if name not in omitted}


def _client() -> openai.OpenAI:
    return _connected(
        settings.LANGUAGE_MODEL_API_KEY or "none",
        settings.LANGUAGE_MODEL_BASE_URL or None,
        settings.LANGUAGE_MODEL_TIMEOUT,
    )


@cache
def _connected(api_key: str, base_url: str | None, timeout: float) -> openai.OpenAI:
    # No retries here: the episode is put back and tried later, without holding a worker.
    return openai.OpenAI(api_key=api_key, base_url=base_url, timeout=timeout, max_retries=0)


def _read(chunks: Any, deadline: float) -> Any:
    """The JSON of an answer. Raises ModelUnavailable, and ValueError for what is none."""
    read = bytearray()
    for chunk in chunks:
        read += chunk
        if len(read) > MAX_ANSWER_BYTES:
            raise ModelUnavailable("AnswerTooLong")
        # The client's own limit is for each read: one byte at a time would never end.
        if time.monotonic() > deadline:
            raise ModelUnavailable("AnswerTooSlow")
    try:
        return json.loads(bytes(read))
    except RecursionError:
        raise ModelUnavailable("AnswerUnfit") from None


def _reply(body: Any) -> Reply:
    """What stands in an answer; an endpoint may answer anything."""
    try:
        choice = body["choices"][0]
        text = choice["message"].get("content")
        ending = choice.get("finish_reason")
    except (AttributeError, IndexError, KeyError, TypeError):
        raise ModelUnavailable("AnswerUnfit") from None
    usage = body.get("usage")
    counted = usage if isinstance(usage, dict) else {}
    return Reply(
        text if isinstance(text, str) else "",
        _count(counted.get("prompt_tokens")),
        _count(counted.get("completion_tokens")),
        ending == "length",
    )


def _count(given: Any) -> int:
    is_count = isinstance(given, int) and not isinstance(given, bool)
    return given if is_count and 0 <= given < 2**40 else 0
