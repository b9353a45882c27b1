"""What a local run shows: one line a step, then where everything is."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

console = Console(highlight=False)


def say(words: str) -> None:
    """One line, as it is: wrapped by the window, if at all, so that it can be copied whole."""
    console.print(Text(words), soft_wrap=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that something is under way, and how long it took."""
    started = time.monotonic()
    with console.status(Text(f"{title} …")):
        yield
    _done(title, started)


@contextmanager
def counted(title: str, *, total: int) -> Iterator[Callable[[], None]]:
    """Show how many of `total` are done; the caller says when one is."""
    started = time.monotonic()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task(title, total=total)
        yield lambda: progress.advance(task)
    _done(title, started)


def _done(title: str, started: float) -> None:
    line = Text.assemble(("✓ ", "green"), title, (f"  {time.monotonic() - started:.1f} s", "dim"))
    console.print(line)


def trouble(words: str) -> None:
    """What went wrong, for whoever has to put it right."""
    console.print(Text(words, style="red"), soft_wrap=True)


def whereabouts(demo: dict[str, Any]) -> None:
    """The addresses, the key, the accounts, and a first question to ask."""
    url = demo["url"]
    table = Table(title="Remembrancer runs", show_header=False, title_justify="left")
    table.add_row("Site", f"{url}/")
    table.add_row("API documentation", f"{url}/api/docs/")
    table.add_row("Admin", f"{url}/admin/")
    table.add_row("API key", Text(f"{demo['api_key']}", overflow="fold"))
    table.add_row("Namespace", Text(f"{demo['namespace']}"))
    for member in demo["staff"]:
        role = f"Staff, {member['role']}"
        table.add_row(Text(role), Text(f"{member['username']}  {member['password']}"))
    console.print(table)
    say("A first question:")
    say(_first_question(url, demo["api_key"]))
    say("Ctrl-C stops everything and keeps the data.")


def _first_question(url: str, api_key: str) -> str:
    return (
        f"curl -s {url}/api/v1/recall/ -H 'Authorization: Bearer {api_key}' "
        "-H 'Content-Type: application/json' "
        """-d '{"user_id": "mara-lindqvist", "query": "Where does she live now?"}'"""
    )
