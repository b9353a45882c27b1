"""A language model, played: a local HTTP server that speaks OpenAI's protocol.

with playing(lambda asked: {"candidates": []}) as model:
    settings.LANGUAGE_MODEL_BASE_URL = model.url
    ...
    assert model.requests[0].body["model"] == "gpt-4.1-mini"
"""

import json
import re
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CREATED = 1_770_000_000
NAME_WHEN_NONE_IS_ASKED = "played-model"

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the model answers when words alone do not say it."""

    content: str = ""
    status: int = 200
    # The whole answer as it goes over the wire, in place of a completion.
    body: Json | bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    # Seconds before the first byte.
    delay: float = 0.0
    # The pieces of a streamed answer, seconds between them, and whether it breaks off after them.
    chunks: Sequence[str] | None = None
    pause: float = 0.0
    breaks_off: bool = False
    tool_calls: Sequence[Json] | None = None
    refusal: str | None = None
    finish_reason: str | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it arrived. Header names are in lower case."""

    path: str
    body: Json
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """Every message's words, in order."""
        return "\n".join(_words_of(message) for message in self.body.get("messages", ()))


Answer = Callable[[Json], str | Json | Reply]


class PlayedModel:
    """Serves until `down`; serves on the same port again after `up`."""

    def __init__(self, reply: Answer) -> None:
        self.reply = reply
        self.requests: list[Asked] = []
        self._port = 0
        self._server: _Server | None = None
        self.up()

    @property
    def url(self) -> str:
        """What to give a client as its base URL."""
        return f"http://127.0.0.1:{self._port}/v1"

    def up(self) -> None:
        """Listen. Nothing happens when it listens already."""
        if self._server is not None:
            return
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def down(self) -> None:
        """Close the port: connections are refused from here on."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


@contextmanager
def playing(reply: Answer) -> Iterator[PlayedModel]:
    """A model that answers each request with `reply(body)`: words, an object as JSON, a `Reply`."""
    model = PlayedModel(reply)
    try:
        yield model
    finally:
        model.down()


class _Server(ThreadingHTTPServer):
    """One thread a request, so that a slow answer holds up no other."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], model: PlayedModel) -> None:
        super().__init__(address, _Handler)
        self.model = model

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no error of ours; a failing `reply` is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One request. Connections close after it, so that `down` leaves none that still answers."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """The list of models."""
        self._note({})
        if self.path != "/v1/models":
            return self._unknown()
        model = {"id": NAME_WHEN_NONE_IS_ASKED, "object": "model", "created": CREATED}
        return self._send(200, {"object": "list", "data": [model | {"owned_by": "tests"}]})

    def do_POST(self) -> None:
        """A chat completion, whole or streamed."""
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            asked = json.loads(raw)
        except ValueError:
            return self._send(400, _error(400, "The body is no JSON."))
        self._note(asked)
        if self.path != "/v1/chat/completions":
            return self._unknown()
        if not asked.get("messages"):
            return self._send(400, _error(400, "'messages' is missing."))
        return self._answer(asked, _as_reply(self.server.model.reply(asked)))

    def _answer(self, asked: Json, reply: Reply) -> None:
        time.sleep(reply.delay)
        if reply.body is not None:
            return self._send(reply.status, reply.body, reply.headers)
        if reply.status >= 400:
            name = HTTPStatus(reply.status).phrase
            return self._send(reply.status, _error(reply.status, name), reply.headers)
        if asked.get("stream"):
            return self._stream(asked, reply)
        return self._send(reply.status, _completion(asked, reply), reply.headers)

    def _stream(self, asked: Json, reply: Reply) -> None:
        self._head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        for number, event in enumerate(_events(asked, reply)):
            if number:
                time.sleep(reply.pause)
            self._event(json.dumps(event))
        if not reply.breaks_off:
            self._event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")

    def _event(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        self.wfile.flush()

    def _unknown(self) -> None:
        self._send(404, _error(404, f"Nothing answers at {self.path}."))

    def _send(self, status: int, body: Json | bytes, headers: dict[str, str] | None = None) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        length = {"Content-Type": "application/json", "Content-Length": str(len(raw))}
        self._head(status, length | (headers or {}))
        self.wfile.write(raw)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Connection": "close"}).items():
            self.send_header(name, value)
        self.end_headers()

    def _note(self, body: Json) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.model.requests.append(Asked(self.path, body, headers))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the test that asks `requests` knows more."""


def _as_reply(answer: str | Json | Reply) -> Reply:
    if isinstance(answer, Reply):
        return answer
    return Reply(answer if isinstance(answer, str) else json.dumps(answer))


def _completion(asked: Json, reply: Reply) -> Json:
    content = reply.content or "".join(reply.chunks or ())
    message: Json = {"role": "assistant", "content": content, "refusal": reply.refusal}
    if reply.tool_calls:
        message |= {"content": content or None, "tool_calls": list(reply.tool_calls)}
    choice = {"index": 0, "message": message, "finish_reason": _ending(reply), "logprobs": None}
    return _frame(asked, "chat.completion") | {"choices": [choice], "usage": _usage(asked, content)}


def _events(asked: Json, reply: Reply) -> Iterator[Json]:
    chunks = reply.chunks if reply.chunks is not None else re.findall(r"\S+\s*|\s+", reply.content)
    frame = _frame(asked, "chat.completion.chunk")
    yield frame | {"choices": [_delta({"role": "assistant", "content": ""})]}
    for chunk in chunks:
        yield frame | {"choices": [_delta({"content": chunk})]}
    for number, call in enumerate(reply.tool_calls or ()):
        yield frame | {"choices": [_delta({"tool_calls": [{"index": number} | call]})]}
    if reply.breaks_off:
        return
    yield frame | {"choices": [_delta({}, ending=_ending(reply))]}
    if (asked.get("stream_options") or {}).get("include_usage"):
        yield frame | {"choices": [], "usage": _usage(asked, "".join(chunks))}


def _delta(delta: Json, *, ending: str | None = None) -> Json:
    return {"index": 0, "delta": delta, "finish_reason": ending, "logprobs": None}


def _ending(reply: Reply) -> str:
    return reply.finish_reason or ("tool_calls" if reply.tool_calls else "stop")


def _frame(asked: Json, kind: str) -> Json:
    name = asked.get("model") or NAME_WHEN_NONE_IS_ASKED
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": CREATED, "model": name}


def _usage(asked: Json, answered: str) -> Json:
    """A word is a token here: enough to prove that they are counted."""
    prompt = sum(len(_words_of(message).split()) for message in asked["messages"])
    completion = len(answered.split())
    total = prompt + completion
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": total}


def _words_of(message: Json) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content)


def _error(status: int, message: str) -> Json:
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}
