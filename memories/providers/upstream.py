"""The model that chats are forwarded to: any endpoint that speaks OpenAI's protocol, byte for byte.

`httpx`, not the `openai` package: that would parse the answer and drop what it does not know.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from threading import BoundedSemaphore

import httpx
from django.conf import settings

from governance.errors import DomainError

log = logging.getLogger("remembrancer.upstream")
LONGEST_CONNECT_SECONDS = 10.0
EVENTS = "text/event-stream"
# What a client acts upon. Nothing else is passed on: not cookies, not the account's name.
PASSED_HEADERS = ("content-type", "retry-after", "retry-after-ms", "x-should-retry")
PASSED_PREFIXES = ("x-ratelimit-",)

# However slow the upstream is, the threads that are left go on serving everything else.
_places = BoundedSemaphore(settings.CHAT_AT_ONCE)


class ChatNotConfigured(DomainError):
    """No upstream model is configured."""

    code, http_status, title = "chat_not_configured", 503, "No model is configured to chat with"


class ChatBusy(DomainError):
    """Too many chats wait for the upstream model."""

    code, http_status, title = "chat_busy", 503, "Too many chats wait for the model"


class UpstreamUnreachable(DomainError):
    """The upstream model cannot be reached, or broke off."""

    code, http_status, title = "upstream_unreachable", 502, "The model cannot be reached"


class UpstreamTimedOut(DomainError):
    """The upstream model did not answer in time."""

    code, http_status, title = "upstream_timed_out", 504, "The model did not answer in time"


class UpstreamRefusesUs(DomainError):
    """The upstream model does not accept this site's key or address."""

    code, http_status, title = "upstream_refuses_us", 502, "The model does not accept this site"


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that is there: status, the headers that are passed on, the body as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_answer(self) -> bool:
        """Whether it is no error."""
        return self.status < HTTPStatus.MULTIPLE_CHOICES


class Coming:
    """An answer that is still coming. It must be closed, whether it was read or not."""

    def __init__(self, response: httpx.Response, ends: ExitStack) -> None:
        self.status = response.status_code
        self.headers = _passed(response)
        self._response = response
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        """Each piece as it comes. Raises UpstreamUnreachable, UpstreamTimedOut."""
        try:
            yield from self._response.iter_bytes()
        except httpx.RequestError as error:
            raise _in_words(error) from None

    def close(self) -> None:
        """End the request, finished or not."""
        self._ends.close()


def complete(body: bytes) -> Whole | Coming:
    """The answer to a chat request (JSON): `Coming` for a stream of events, `Whole` for all else.

    Raises ChatNotConfigured, ChatBusy, UpstreamUnreachable, UpstreamTimedOut, UpstreamRefusesUs.
    The upstream's own errors are answers.
    """
    return _ask("POST", "chat/completions", body)


def models() -> Whole:
    """The upstream's list of models. Raises as `complete`."""
    found = _ask("GET", "models")
    if isinstance(found, Coming):
        found.close()
        raise UpstreamUnreachable("The model's endpoint does not list models.")
    return found


def _ask(method: str, path: str, body: bytes | None = None) -> Whole | Coming:
    client = _configured()
    if not _places.acquire(blocking=False):
        raise ChatBusy("As many chats as may (CHAT_AT_ONCE) wait for the model. Try again shortly.")
    with ExitStack() as ends:
        ends.callback(_places.release)
        try:
            response = client.send(client.build_request(method, path, content=body), stream=True)
            ends.callback(response.close)
            _refuse_if_unfit(response)
            if response.is_success and _kind(response) == EVENTS:
                return Coming(response, ends.pop_all())
            return Whole(response.status_code, _passed(response), response.read())
        except httpx.RequestError as error:
            raise _in_words(error) from None


def refuse_unless_configured() -> None:
    """Raises ChatNotConfigured, naming the setting."""
    if not settings.CHAT_BASE_URL:
        raise ChatNotConfigured(
            "Set CHAT_BASE_URL to the base URL of an OpenAI-compatible endpoint, such as"
            " https://api.openai.com/v1, and CHAT_API_KEY to its key."
        )


def _configured() -> httpx.Client:
    refuse_unless_configured()
    try:
        return _client(settings.CHAT_BASE_URL, settings.CHAT_API_KEY, settings.CHAT_TIMEOUT)
    except httpx.InvalidURL:
        raise ChatNotConfigured("CHAT_BASE_URL is not a URL.") from None


@lru_cache(maxsize=4)
def _client(base_url: str, api_key: str, seconds: float) -> httpx.Client:
    """One for all threads of a process: connections are kept and shared."""
    # Whole answers only: a compressed stream comes in lumps.
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if api_key:
        headers["Authorization"] = f"Bearer {api_key}"
    return httpx.Client(
        base_url=base_url,
        headers=headers,
        # `seconds` without a byte, not for the whole answer: a long one may take its time.
        timeout=httpx.Timeout(seconds, connect=min(seconds, LONGEST_CONNECT_SECONDS)),
        # `_places` limits them, and says so.
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=settings.CHAT_AT_ONCE),
    )


def _refuse_if_unfit(response: httpx.Response) -> None:
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        # Not passed on: the caller would take it for its own key's, and some endpoints repeat a
        # part of the key they were sent.
        log.error("the upstream model refuses CHAT_API_KEY")
        raise UpstreamRefusesUs("The model's endpoint does not accept CHAT_API_KEY.")
    if response.is_redirect:
        raise UpstreamRefusesUs("The model's endpoint leads elsewhere. Mend CHAT_BASE_URL.")


def _in_words(error: httpx.RequestError) -> DomainError:
    # Not its text: it may hold the endpoint's address.
    log.warning("no answer from the upstream model", extra={"error": type(error).__name__})
    if isinstance(error, httpx.TimeoutException):
        return UpstreamTimedOut(f"The model was silent for {settings.CHAT_TIMEOUT:g} seconds.")
    return UpstreamUnreachable("The model's endpoint cannot be reached, or broke off.")


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _passed(response: httpx.Response) -> dict[str, str]:
    found = {
        name: value
        for name, value in response.headers.items()
        if name in PASSED_HEADERS or name.startswith(PASSED_PREFIXES)
    }
    if told := response.headers.get("x-request-id"):
        # X-Request-ID is this site's own.
        found["x-upstream-request-id"] = told
    return found
