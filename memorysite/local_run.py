"""`make run`: the whole site on this machine, from an empty folder, until Ctrl-C.

PORT (8000) and DATA_DIR (.local/data) say where. Nothing that was started outlives this process.
"""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from memorysite import (
    children,
    demo,
    demo_conversations,
    embedded,
    embedded_database,
    local_screen,
    local_site,
    private_files,
)

DEMO_FILE = local_site.PROJECT / ".local" / "demo.json"
_LARGEST_PORT = 65535
_SITE_SECONDS = 180.0
_DEMO_SECONDS = 600.0
_LOOK_SECONDS = 0.2


class StopRequested(Exception):
    """Somebody asked this run to end."""


class Stop:
    """Remembers that an end was asked for.

    Signals only raise a flag: an exception out of nowhere could come between the start of a child
    and the note that it must be stopped, and a second Ctrl-C would interrupt the stopping itself.
    """

    def __init__(self) -> None:
        self.requested = False

    def listen(self) -> None:
        """Take over the signals that end a run."""
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        # Under nohup it is ignored, and stays so.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._note)

    def heed(self) -> None:
        """Raise when an end was asked for."""
        if self.requested:
            raise StopRequested

    def _note(self, signal_number: int, _frame: FrameType | None) -> None:
        self.requested = True
        if signal_number == signal.SIGHUP:
            # The terminal is gone; writing to it would fail.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.dup2(nowhere, sys.stderr.fileno())


def main() -> int:
    """Run until asked to stop; 0 then, 1 when something is amiss."""
    stop = Stop()
    stop.listen()
    try:
        place = _place(os.environ)
        with embedded.owned(place.data_folder):
            _refuse_taken_port(place)
            DEMO_FILE.unlink(missing_ok=True)
            _run(place, stop)
    except StopRequested:
        return 0
    except children.CannotRunError as problem:
        local_screen.trouble(str(problem))
        return 1
    return 0


def _place(environment: Mapping[str, str]) -> local_site.Place:
    port = environment.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) <= _LARGEST_PORT:
        raise children.CannotRunError(
            f"PORT must be a number from 1 to {_LARGEST_PORT}, not {port!r}."
        )
    folder = environment.get("DATA_DIR") or local_site.PROJECT / ".local" / "data"
    return local_site.Place(port=int(port), data_folder=Path(folder).expanduser().resolve())


def _refuse_taken_port(place: local_site.Place) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As gunicorn binds: what a stopped run left in TIME_WAIT does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((local_site.HOST, place.port))
        except OSError as problem:
            raise children.CannotRunError(
                f"Port {place.port} cannot be used ({problem.strerror}). "
                f"Choose another: PORT={place.port + 1} make run"
            ) from None


def _run(place: local_site.Place, stop: Stop) -> None:
    with ExitStack() as ends:
        ends.callback(local_screen.say, "Stopped; the data is kept.")
        with local_screen.step("PostgreSQL"):
            database = ends.enter_context(embedded.postgres(place.data_folder, heed=stop.heed))
        with local_screen.step("Valkey"):
            broker = ends.enter_context(embedded.valkey(place.data_folder, heed=stop.heed))
        ends.callback(local_screen.say, "Stopping …")
        site = local_site.Site(
            place=place,
            environment=local_site.environment(
                place, database_url=database.url(embedded_database.APP_ROLE), broker_url=broker.url
            ),
            owner_database_url=database.url(embedded_database.OWNER_ROLE),
        )
        told = _prepare(site, stop)
        with local_screen.step("Web server, worker and clock"):
            serving = local_site.start_all(site)
            ends.callback(children.stop, serving)
            heed = partial(_heed, [database.child, broker.child, *serving], stop)
            ready = partial(demo.answers, f"{place.url}/healthz")
            children.wait_until(ready, child=serving[0], seconds=_SITE_SECONDS, heed=heed)
        _tell_the_demo(place, told, heed)
        _publish(place, told)
        while True:
            heed()
            time.sleep(_LOOK_SECONDS)


def _heed(running: list[children.Child], stop: Stop) -> None:
    stop.heed()
    for child in running:
        child.refuse_if_ended()


def _prepare(site: local_site.Site, stop: Stop) -> dict[str, Any]:
    with local_screen.step("Database tables"):
        local_site.migrate(site, heed=stop.heed)
    with local_screen.step("Static files"):
        local_site.collect_static_files(site, heed=stop.heed)
    with local_screen.step("Demo accounts"):
        return local_site.set_up_demo(site, heed=stop.heed)


def _tell_the_demo(place: local_site.Place, told: dict[str, Any], heed: children.Heed) -> None:
    """Post the demo conversations, once in the life of a store."""
    state = place.data_folder / "demo-state.json"
    if told.get("fresh"):
        state.unlink(missing_ok=True)
    if not state.exists():
        # Told again after an interruption, they must have the same dates: they have the same keys.
        begun = datetime.now(UTC).date()  # noqa: TID251 - this is the edge
        private_files.write(state, json.dumps({"today": begun.isoformat(), "told": False}))
    now = json.loads(state.read_text())
    if now["told"]:
        return
    site = demo.Site(url=place.url, api_key=told["api_key"])
    total = len(demo_conversations.in_order())
    with local_screen.counted("Demo conversations posted", total=total) as step:
        today = date.fromisoformat(now["today"])
        status_urls = demo.post_all(site, today=today, heed=heed, step=step)
    with local_screen.counted("Demo conversations remembered", total=total) as step:
        all_done = demo.wait_until_done(
            site, status_urls, seconds=_DEMO_SECONDS, heed=heed, step=step
        )
    if all_done:
        demo.watch_quality(site)
        private_files.write(state, json.dumps({**now, "told": True}))
    else:
        local_screen.trouble(
            f"Some demo conversations were not remembered; see {place.log('worker')}."
        )


def _publish(place: local_site.Place, told: dict[str, Any]) -> None:
    facts = {
        "url": place.url,
        "api_key": told["api_key"],
        "namespace": told["namespace"],
        "staff": told["staff"],
    }
    local_screen.whereabouts(facts)
    private_files.write(DEMO_FILE, json.dumps(facts, indent=2))


if __name__ == "__main__":
    sys.exit(main())
