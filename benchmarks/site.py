"""The site that is measured: one of our own, started and ended here, or somebody else's."""

import argparse
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import django
import environ  # type: ignore[import-untyped]
import psycopg

from benchmarks.summary import tell
from memorysite import children, demo, embedded, local_site

NAMESPACE = "benchmarks/all"
_START_SECONDS = 180.0


@dataclass(frozen=True)
class OwnSite:
    """What is known of a site that was started here, below its API."""

    environment: Mapping[str, str]
    services: embedded.Services
    serving: list[children.Child]

    def connect(self) -> psycopg.Connection[Any]:
        """A connection as the superuser: sees every row, may COPY without triggers."""
        told = environ.Env.db_url_config(self.services.superuser_database_url)
        return psycopg.connect(
            host=told["HOST"],
            port=told["PORT"],
            user=told["USER"],
            dbname=told["NAME"],
            autocommit=True,
        )

    def enter(self) -> None:
        """Set Django up in this process, as the site's own role."""
        # A line for each request would stand between the figures.
        os.environ.update({**self.environment, "LOG_LEVEL": "WARNING"})
        django.setup()


@dataclass(frozen=True)
class Site:
    """Where to call, with which key; `own` is None for a site of somebody else's."""

    url: str
    api_key: str
    own: OwnSite | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that say which site is measured."""
    parser.add_argument("--url", help="a running site; by default one is started and ended")
    parser.add_argument("--api-key", help="a key of that site, with all scopes")
    parser.add_argument(
        "--store",
        type=Path,
        help="where the started site keeps its data; by default a folder that is removed",
    )


@contextmanager
def chosen(options: argparse.Namespace) -> Iterator[Site]:
    """The site that the options name."""
    if options.url:
        if not options.api_key:
            sys.exit("Give --api-key with --url.")
        yield Site(options.url, options.api_key)
        return
    with ExitStack() as ends:
        folder = options.store
        if folder is None:
            made = tempfile.TemporaryDirectory(prefix="remembrancer-bench-")
            # Once nothing uses it any more: entered first, it is left last.
            folder = Path(ends.enter_context(made))
        yield ends.enter_context(_started(folder))


@contextmanager
def _started(folder: Path) -> Iterator[Site]:
    signal.signal(signal.SIGTERM, _end)
    with ExitStack() as ends:
        tell("Starting PostgreSQL and Valkey …")
        services = ends.enter_context(embedded.services(folder))
        place = local_site.Place(port=_free_port(), data_folder=folder.expanduser().resolve())
        run = local_site.Site(
            place=place,
            environment={
                **local_site.environment(
                    place, database_url=services.database_url, broker_url=services.broker_url
                ),
                # Each request is counted, as in production; none is refused.
                "REQUESTS_PER_MINUTE": "1000000000",
            },
            owner_database_url=services.owner_database_url,
        )
        place.static_folder.mkdir(exist_ok=True)
        local_site.migrate(run, heed=_go_on)
        api_key = _new_key(run)
        tell("Starting the web server, the worker and the clock …")
        serving = local_site.start_all(run)
        ends.callback(children.stop, serving)
        children.wait_until(
            partial(demo.answers, f"{place.url}/healthz"),
            child=serving[0],
            seconds=_START_SECONDS,
            heed=_go_on,
        )
        yield Site(place.url, api_key, OwnSite(run.environment, services, serving))


def _new_key(run: local_site.Site) -> str:
    """A key of this run; the namespace is made when the store is new."""
    organization, _, namespace = NAMESPACE.partition("/")
    where = ("--organization", organization, "--namespace", namespace)
    _manage(run, "create_namespace", *where)
    all_of_it = ("--namespace", NAMESPACE, "--name", "benchmark", "--scopes", "all")
    return _manage(run, "create_api_key", *all_of_it).strip()


def _manage(run: local_site.Site, *arguments: str) -> str:
    return children.run(
        children.Command(
            name=f"manage.py {arguments[0]}",
            arguments=(sys.executable, "manage.py", *arguments),
            folder=local_site.PROJECT,
            environment={**run.environment, "OWNER_DATABASE_URL": run.owner_database_url},
        ),
        log=run.place.log("setup"),
        data_folder=run.place.data_folder,
        heed=_go_on,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((local_site.HOST, 0))
        return int(probe.getsockname()[1])


def _go_on() -> None:
    """Nothing is heeded: an end comes as an exception."""


def _end(_signal_number: int, _frame: FrameType | None) -> None:
    sys.exit("Ended by a signal.")
