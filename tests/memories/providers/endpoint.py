"""An endpoint that speaks OpenAI's embedding protocol, on this machine."""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

SIZE = 64


def vector_of(text: str, size: int = SIZE) -> list[float]:
    """Words counted into places: enough that texts with common words are near each other."""
    row = [0.0] * size
    for word in text.casefold().replace(":", " ").replace("?", " ").split():
        row[zlib.crc32(word.encode()) % size] += 1.0
    return row


class Endpoint:
    """What it was asked, and how it behaves from now on."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.leaves_out = 0
        self.says: bytes | None = None

    def answer(self, body: dict[str, Any]) -> bytes:
        """The protocol's answer; backwards, since it gives each row its index and no order."""
        if self.says is not None:
            return self.says
        texts, size = body["input"], body.get("dimensions") or SIZE
        rows = [
            {"object": "embedding", "index": index, "embedding": vector_of(text, size)}
            for index, text in enumerate(texts)
        ]
        data = rows[::-1][self.leaves_out :]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        told = {"object": "list", "data": data, "model": body["model"], "usage": usage}
        return json.dumps(told).encode()

    @property
    def texts(self) -> list[str]:
        """Every text it was sent, in order."""
        return [text for body in self.asked for text in body["input"]]


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append({**body, "path": self.path, "key": self.headers["Authorization"]})
            told = endpoint.answer(body) if endpoint.status == 200 else b'{"error": "x"}'
            self.send_response(endpoint.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown()
            thread.join()
