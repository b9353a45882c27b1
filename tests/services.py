"""A pytest plugin: starts the real PostgreSQL and Valkey of a test run.

At import, not in a hook: pytest-django reads the settings, and those the environment, before any
hook or conftest of ours would run.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from memorysite import embedded

_open = ExitStack()
folder = Path(_open.enter_context(TemporaryDirectory(prefix="remembrancer-tests-")))
running = _open.enter_context(embedded.services(folder, durable=False))
(folder / "static").mkdir()
os.environ.update(
    STATIC_ROOT=str(folder / "static"),
    DATABASE_URL=running.database_url,
    OWNER_DATABASE_URL=running.owner_database_url,
    BROKER_URL=running.broker_url,
    SECRET_KEY="a secret that signs nothing outside the tests, long enough for Django",
    HTTPS="false",
    LOG_LEVEL="WARNING",
    EXTRACTION_LEASE_SECONDS="5",
    REQUESTS_PER_MINUTE="0",
)


def pytest_unconfigure() -> None:
    """Stop them."""
    _open.close()
