"""A running site for the journeys, and namespaces that are really committed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import make_key, make_namespace
from tests.journeys import running
from tests.journeys.running import Bot


@pytest.fixture(scope="session")
def logs(tmp_path_factory) -> Path:
    """Where the processes write."""
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def web(django_db_setup, logs) -> Iterator[str]:
    """A web server's address. Nobody works on episodes."""
    with running.server(logs / "web.log") as url:
        yield url


@pytest.fixture(scope="session")
def site(web, logs) -> Iterator[str]:
    """The address of a site with a worker and beat."""
    with ExitStack() as stack:
        stack.enter_context(running.worker(logs / "worker.log"))
        stack.enter_context(running.beat(logs / "beat.log"))
        yield web


@pytest.fixture
def bots(django_db_blocker, django_db_setup) -> Callable[..., Bot]:
    """Makes bots, each in a namespace of its own unless one is given."""

    def make(url: str, namespace=None, **given) -> Bot:
        with django_db_blocker.unblock():
            return Bot(url, make_key(namespace or make_namespace(), **given))

    return make
