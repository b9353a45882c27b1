"""A running site for the journeys, and namespaces that are really committed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import make_key, make_namespace
from tests.journeys import running
from tests.journeys.running import Bot
from tests.language_model import PlayedModel, playing


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
def reader() -> Iterator[PlayedModel]:
    """The language model that reads for namespaces that ask for one; a test sets its `reply`."""
    with playing(lambda _asked: {"candidates": []}) as model:
        yield model


@pytest.fixture(scope="session")
def site(web, logs, reader) -> Iterator[str]:
    """The address of a site with a worker and beat."""
    reading = {
        "LANGUAGE_MODEL": "played",
        "LANGUAGE_MODEL_BASE_URL": reader.url,
        "LANGUAGE_MODEL_API_KEY": "none",
        "MEMORIES_EXTRACTOR": "memories.providers.offline.OfflineExtractor",
    }
    with ExitStack() as stack:
        stack.enter_context(running.worker(logs / "worker.log", **reading))
        stack.enter_context(running.beat(logs / "beat.log"))
        yield web


@pytest.fixture
def bots(django_db_blocker, django_db_setup) -> Callable[..., Bot]:
    """Makes bots, each in a namespace of its own unless one is given."""

    def make(url: str, namespace=None, **given) -> Bot:
        with django_db_blocker.unblock():
            return Bot(url, make_key(namespace or make_namespace(), **given))

    return make
