"""A bot's side of the API: one kept-alive connection, each answer with its time."""

import http.client
import json
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

REQUEST_SECONDS = 300.0
# A server may drop a connection that has been idle for longer; then a new one is opened first.
IDLE_SECONDS = 1.0
_REFUSED = 400


class Refusal(RuntimeError):
    """The server answered a request that should have succeeded with an error."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the first byte sent to the last received."""

    body: dict[str, Any]
    seconds: float


def written(body: dict[str, Any]) -> bytes:
    """A body as it is sent."""
    return json.dumps(body, separators=(",", ":")).encode()


class Client:
    """Calls one site with one key over one connection; not for two threads at a time."""

    def __init__(self, url: str, api_key: str) -> None:
        parts = urlsplit(url)
        make = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = make(parts.hostname or "", parts.port, timeout=REQUEST_SECONDS)
        self._prefix = parts.path.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}
        self._last_use = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def recall(self, body: dict[str, Any]) -> Answer:
        """POST one recall."""
        return self.post("/api/v1/recall/", body)

    def remember(self, memories: list[dict[str, Any]]) -> Answer:
        """POST memories in one request."""
        return self.post("/api/v1/memories/", {"memories": memories})

    def post(self, path: str, body: dict[str, Any] | bytes) -> Answer:
        """POST a body, as JSON or written before. Raises Refusal unless the answer is 2xx."""
        return self._call("POST", path, body if isinstance(body, bytes) else written(body))

    def patch(self, path: str, body: dict[str, Any]) -> Answer:
        """PATCH a path. Raises Refusal unless the answer is 2xx."""
        return self._call("PATCH", path, written(body))

    def get(self, path: str) -> Answer:
        """GET a path. Raises Refusal unless the answer is 2xx."""
        return self._call("GET", path, None)

    def _call(self, method: str, path: str, body: bytes | None) -> Answer:
        if time.perf_counter() - self._last_use > IDLE_SECONDS:
            self._connection.close()
            self._connection.connect()
        started = time.perf_counter()
        self._connection.request(method, self._prefix + path, body=body, headers=self._headers)
        response = self._connection.getresponse()
        content = response.read()
        self._last_use = time.perf_counter()
        if response.status >= _REFUSED:
            said = content[:500].decode(errors="replace")
            raise Refusal(f"{method} {path} answered {response.status}: {said}")
        return Answer(json.loads(content), self._last_use - started)
