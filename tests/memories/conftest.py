"""Fixtures of the data plane's tests."""

import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from governance.models import Namespace
from tests.conftest import make_key, make_namespace
from tests.memories.providers.endpoint import Endpoint, serving


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Namespace]:
    """A namespace in a database without a test's transaction around it: what is written stays.

    For what only real transactions show. Each such test has a namespace of its own, so that what
    stays is in nobody's way.
    """
    with django_db_blocker.unblock():
        yield make_namespace()
        connections.close_all()


@pytest.fixture
def committed_key(committed: Namespace) -> str:
    """The text of a key that every thread may use."""
    return make_key(committed)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do the deeds at the same time, each on a connection of its own; what each returned."""
    start = threading.Barrier(len(deeds))
    done: dict[int, Any] = {}

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            start.wait()
            done[number] = deed()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [done[number] for number in range(len(deeds))]


@pytest.fixture
def endpoint(settings: Any) -> Iterator[Endpoint]:
    """An embedding endpoint, and the site's settings that lead to it."""
    with serving() as found:
        settings.EMBEDDING_BASE_URL = found.url
        settings.EMBEDDING_API_KEY = "a-key"
        settings.EMBEDDING_DIMENSIONS = 0
        settings.EMBEDDING_TIMEOUT = 5.0
        yield found


@pytest.fixture
def remote_model(endpoint: Endpoint) -> str:
    """The name of a model at the endpoint; a new one, since a process loads each name once."""
    del endpoint
    return f"openai:test-{uuid.uuid4().hex}"
