"""`make run` says in a sentence what stands in its way, before it starts anything."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from memorysite import children, embedded, local_run

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path):
    def run(**environment):
        return subprocess.run(
            [sys.executable, "-m", "memorysite.local_run"],
            cwd=PROJECT,
            env={**os.environ, "DATA_DIR": str(tmp_path / "data"), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_taken_port_is_refused_before_anything_starts(run, taken_port, tmp_path):
    outcome = run(PORT=str(taken_port))

    assert outcome.returncode == 1
    assert f"Port {taken_port} cannot be used (Address already in use)" in outcome.stdout
    assert not (tmp_path / "data" / "postgres").exists()
    assert outcome.stderr == ""


def test_data_folder_in_use_is_refused_before_anything_starts(run, taken_port, tmp_path):
    with embedded.owned(tmp_path / "data"):
        outcome = run(PORT=str(taken_port))

    assert outcome.returncode == 1
    words = " ".join(outcome.stdout.split())
    assert f"in use by process {os.getpid()}. Stop that run first" in words


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_port_that_is_none_is_refused(port):
    with pytest.raises(children.CannotRunError, match="PORT must be a number from 1 to 65535"):
        local_run._place({"PORT": port})


def test_empty_variables_mean_the_defaults():
    place = local_run._place({"PORT": "", "DATA_DIR": ""})

    assert (place.port, place.data_folder) == (8000, PROJECT / ".local" / "data")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_are_heeded_at_the_next_safe_moment(name):
    # In a process of its own: it takes the signals over.
    script = f"""
import os, signal
from memorysite import local_run
stop = local_run.Stop()
stop.listen()
stop.heed()
os.kill(os.getpid(), signal.{name})
os.kill(os.getpid(), signal.{name})
try:
    stop.heed()
except local_run.StopRequested:
    os._exit(7)
"""

    outcome = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False, timeout=30)

    assert outcome.returncode == 7


def test_hang_up_stays_ignored_under_nohup():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        local_run.Stop().listen()

        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
