"""What a run starts has a log, an orderly end, and never outlives the run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from memorysite import children

PROJECT = Path(__file__).parents[2]
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""
STARTS_ANOTHER_AND_WAITS = """
import pathlib, sys, time
from memorysite import children
folder = pathlib.Path(sys.argv[1])
command = children.Command("sleep", ("sleep", "60"), folder, {"PATH": "/usr/bin:/bin"})
child = children.start(command, log=folder / "sleep.log", data_folder=folder)
print(child.process.pid, flush=True)
time.sleep(60)
"""


def command(*arguments, endings=((signal.SIGTERM, 10.0),)):
    return children.Command(
        name="the child",
        arguments=(sys.executable, "-c", *arguments),
        folder=PROJECT,
        environment=dict(os.environ),
        endings=endings,
    )


@pytest.fixture
def start(tmp_path):
    started = []

    def start(command):
        child = children.start(command, log=tmp_path / "child.log", data_folder=tmp_path)
        started.append(child)
        return child

    yield start
    children.stop(started)


def wait_for(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_child_has_a_session_of_its_own(start):
    child = start(command("import time; time.sleep(60)"))

    assert os.getsid(child.process.pid) == child.process.pid != os.getsid(0)


def test_deaf_child_is_ended_by_force(start):
    child = start(command(DEAF, endings=((signal.SIGTERM, 0.2),)))
    assert wait_for(lambda: "deaf" in child.log.read_text())

    children.stop([child])

    assert child.process.returncode == -signal.SIGKILL


def test_end_of_a_child_is_told_with_its_last_words(start):
    child = start(command("print('the roof is on fire', flush=True); raise SystemExit(3)"))
    assert wait_for(child.has_ended)

    with pytest.raises(children.CannotRunError, match=r"the child has ended[^*]*roof is on fire"):
        child.refuse_if_ended()


def test_wait_is_given_up_when_its_caller_is_told_to_stop(start):
    child = start(command("import time; time.sleep(60)"))

    def heed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        children.wait_until(lambda: False, child=child, seconds=60, heed=heed)


def test_run_returns_what_was_printed_and_refuses_a_failure(tmp_path):
    places = {"log": tmp_path / "log", "data_folder": tmp_path, "heed": lambda: None}

    assert children.run(command("print('word')"), **places) == "word\n"
    with pytest.raises(children.CannotRunError, match="the child failed"):
        children.run(command("raise SystemExit(1)"), **places)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child's end to its parent's")
def test_child_dies_with_a_parent_that_is_killed(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_ANOTHER_AND_WAITS, str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert wait_for(lambda: psutil.Process(child).name() == "sleep")

    parent.kill()
    parent.communicate()

    assert wait_for(lambda: not lives(child))


def test_left_overs_of_one_folder_are_ended_and_no_others(tmp_path, start):
    mine = start(command("import time; time.sleep(60)"))
    other = subprocess.Popen(
        ["sleep", "60"],  # noqa: S607 - any of that name will do
        env={**os.environ, children.MARK: "elsewhere"},
    )
    assert wait_for(lambda: psutil.Process(mine.process.pid).environ().get(children.MARK))

    ended = children.end_left_overs(tmp_path)

    assert (ended, mine.has_ended(), other.poll()) == (1, True, None)
    other.kill()
    other.wait()


def test_large_log_begins_anew(tmp_path, start, monkeypatch):
    monkeypatch.setattr(children, "_LOG_BYTES_TO_KEEP", 10)
    (tmp_path / "child.log").write_text("the long story of an earlier run")

    child = start(command("pass"))
    assert wait_for(child.has_ended)

    assert (tmp_path / "child.log").read_text() == ""
    assert "long story" in (tmp_path / "child.old.log").read_text()
