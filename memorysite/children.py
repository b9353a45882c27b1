"""The processes a local run starts: each has a log, an orderly end, and never outlives the run."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

# Stands in the environment of each child with its data folder: whose it is can be told later.
MARK = "REMEMBRANCER_DATA_FOLDER"
_TETHER = Path(__file__).with_name("tether.py")
_POLL_SECONDS = 0.05
_LOG_BYTES_TO_KEEP = 10_000_000
_LEFT_OVER_PATIENCE = 30.0

# Called while something is waited for; raises to give up the wait.
Heed = Callable[[], None]
Endings = tuple[tuple[signal.Signals, float], ...]


class CannotRunError(RuntimeError):
    """Something a local run needs is not there; the message tells its reader what to do."""


@dataclass(frozen=True)
class Command:
    """What to run, and which signals end it, each with the seconds it is given to obey."""

    name: str
    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    user: str | None = None
    endings: Endings = ((signal.SIGTERM, 10.0),)


@dataclass(frozen=True)
class Child:
    """A command that was started."""

    command: Command
    process: subprocess.Popen[bytes]
    log: Path

    def has_ended(self) -> bool:
        """Whether it no longer runs, for whatever reason."""
        return self.process.poll() is not None

    def refuse_if_ended(self) -> None:
        """Raise, with the end of its log, when it no longer runs."""
        if self.has_ended():
            raise CannotRunError(f"{self.command.name} has ended.\n{tail(self.log)}")


def start(command: Command, *, log: Path, data_folder: Path, output: int | None = None) -> Child:
    """Start a command in a session of its own: a terminal's Ctrl-C reaches only the parent.

    To be called from the main thread: Linux ends the child with the thread that started it.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    _begin_anew_if_large(log)
    tether = [sys.executable, "-I", "-S", str(_TETHER)]
    terms = [str(os.getpid()), command.endings[0][0].name, command.user or "-"]
    with log.open("ab") as log_file:
        process = subprocess.Popen(  # noqa: S603 - every command is ours, and no shell reads it
            [*tether, *terms, *command.arguments],
            stdin=subprocess.DEVNULL,
            stdout=log_file if output is None else output,
            stderr=log_file,
            cwd=command.folder,
            env={**command.environment, MARK: str(data_folder)},
            start_new_session=True,
        )
    return Child(command=command, process=process, log=log)


def run(command: Command, *, log: Path, data_folder: Path, heed: Heed) -> str:
    """Run a command to its end and return what it printed."""
    with tempfile.TemporaryFile() as output:
        child = start(command, log=log, data_folder=data_folder, output=output.fileno())
        try:
            while not child.has_ended():
                heed()
                time.sleep(_POLL_SECONDS)
        finally:
            stop([child])
        if child.process.returncode:
            raise CannotRunError(f"{command.name} failed.\n{tail(log)}")
        output.seek(0)
        return output.read().decode()


def wait_until(ready: Callable[[], bool], *, child: Child, seconds: float, heed: Heed) -> None:
    """Wait for a child's service, but not for a child that has ended."""
    deadline = time.monotonic() + seconds
    while not ready():
        heed()
        child.refuse_if_ended()
        if time.monotonic() > deadline:
            raise CannotRunError(
                f"{child.command.name} was not ready after {seconds:.0f} seconds.\n"
                f"{tail(child.log)}"
            )
        time.sleep(_POLL_SECONDS)


def stop(children: Iterable[Child]) -> None:
    """End children together: each in its own way first, by force when it does not obey."""
    started = time.monotonic()
    children = list(children)
    for child in children:
        _signal(child, child.command.endings[0][0])
    for child in children:
        try:
            _wait_for_end(child, since=started)
        finally:
            # What it started itself, or all of it when it obeyed nothing.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def _wait_for_end(child: Child, *, since: float) -> None:
    for index, (ending, patience) in enumerate(child.command.endings):
        if index:
            _signal(child, ending)
            since = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, since + patience - time.monotonic()))
            return


def _signal(child: Child, ending: signal.Signals) -> None:
    if not child.has_ended():
        child.process.send_signal(ending)


def end_left_overs(data_folder: Path) -> int:
    """End what an earlier run on this data folder left behind when it was killed."""
    left = [process for process in psutil.process_iter() if _belongs_to(process, data_folder)]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            # SIGINT is PostgreSQL's "fast": SIGTERM would wait for its clients.
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
    for process in _still_there(left, patience=_LEFT_OVER_PATIENCE):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _still_there(left, patience=5.0)
    return len(left)


def _still_there(processes: list[psutil.Process], *, patience: float) -> list[psutil.Process]:
    deadline = time.monotonic() + patience
    while processes and time.monotonic() < deadline:
        processes = [process for process in processes if _lives(process)]
        time.sleep(_POLL_SECONDS)
    return processes


def _lives(process: psutil.Process) -> bool:
    try:
        # In a container nobody may collect a dead orphan: it would be there for ever.
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _belongs_to(process: psutil.Process, data_folder: Path) -> bool:
    if process.pid == os.getpid():
        return False
    try:
        if process.environ().get(MARK) == str(data_folder):
            return True
        # PostgreSQL's backends write their titles over their environment.
        return process.name() == "postgres" and data_folder in Path(process.cwd()).parents
    except (psutil.Error, OSError):
        return False


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log, for whoever must find out what went wrong."""
    try:
        last = log.read_text(errors="replace").splitlines()[-lines:]
    except OSError:
        last = []
    return "\n".join([f"The end of {log}:", *last])


def _begin_anew_if_large(log: Path) -> None:
    if log.exists() and log.stat().st_size > _LOG_BYTES_TO_KEEP:
        log.replace(log.with_suffix(".old.log"))
