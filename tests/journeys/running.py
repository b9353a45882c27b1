"""A running site: gunicorn, Celery's worker and beat, as processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Any


@dataclass(frozen=True)
class Bot:
    """A bot with a key, somewhere on the network."""

    url: str
    key: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; errors come back as answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, json.load(answer), answer.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, json.load(error), error.headers)

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """POST some JSON."""
        return self.call("POST", path, body, **headers)

    def get(self, path: str) -> Answer:
        """GET."""
        return self.call("GET", path)

    def say(self, user: str, *contents: str, **fields: Any) -> str:
        """Post what a user says; the episode's id."""
        messages = [{"role": "user", "content": content} for content in contents]
        answer = self.post("/api/v1/episodes/", {"user_id": user, "messages": messages, **fields})
        assert answer.status == 202, answer
        return str(answer.body["id"])

    def finished(self, episode: str) -> Any:
        """The episode's status once a worker is done with it."""
        return eventually(
            lambda: self.get(f"/api/v1/episodes/{episode}/").body,
            lambda told: told["status"] in ("DONE", "FAILED"),
        )

    def ask(self, user: str, query: str, **fields: Any) -> Any:
        """A recall's answer."""
        answer = self.post("/api/v1/recall/", {"user_id": user, "query": query, **fields})
        assert answer.status == 200, answer
        return answer.body


def eventually(look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """Look until it is good, for a minute at most."""
    until = time.monotonic() + PATIENCE
    while True:
        seen = look()
        if good(seen) or time.monotonic() > until:
            assert good(seen), seen
            return seen
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def process(*command: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, ended at the end."""
    with log.open("ab") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
            try:
                running.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait(5)


@contextmanager
def server(log: Path, **environment: str) -> Iterator[str]:
    """A web server; its address once it answers."""
    port = free_port()
    # The site's own gunicorn.conf.py, but one process: the machine has few cores.
    command = ["gunicorn", "memorysite.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1"]
    url = f"http://127.0.0.1:{port}"
    with process(*command, log=log, **environment):
        eventually(lambda: _alive(url), bool)
        yield url


@contextmanager
def worker(log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker."""
    command = ["celery", "-A", "memorysite", "worker", "--pool", "threads", "--concurrency", "2"]
    with process(*command, "--without-mingle", "--without-gossip", log=log, **environment) as run:
        yield run


@contextmanager
def beat(log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Celery's beat."""
    schedule = str(log.with_name("beat-schedule"))
    with process(
        "celery", "-A", "memorysite", "beat", "-s", schedule, log=log, **environment
    ) as run:
        yield run


def _alive(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
