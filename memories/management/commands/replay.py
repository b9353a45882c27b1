"""`manage.py replay`: ask the question of a trace again, then and now, and say what differs."""

import uuid
from argparse import ArgumentTypeError
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from governance import namespaces
from governance.audit import SYSTEM
from governance.errors import NotFound, SubjectNotAccepting
from governance.models import Namespace
from memories import replay
from memories.replay import Replay
from memories.rules.replays import Run

WIDTH = 110


class Command(BaseCommand):
    """Prints ids and numbers; what was asked and remembered only with --with-content."""

    help = "Ask the question of a trace again, of the store as it was and as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """`replay TRACE [--namespace ORGANIZATION/NAMESPACE] [--with-content]`."""
        parser.add_argument("trace", type=_id)
        parser.add_argument("--namespace", help="organization/namespace; else all are looked in")
        parser.add_argument(
            "--with-content", action="store_true", help="print the query and what memories say"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replay the trace, and print both answers and their difference."""
        found = self._replay(options["trace"], options["namespace"])
        told = StringIO()
        _print(found, Console(file=told, width=WIDTH), options["with_content"])
        self.stdout.write(told.getvalue())

    def _replay(self, trace_id: uuid.UUID, path: str | None) -> Replay:
        for namespace in _namespaces(path):
            try:
                prepared = replay.prepare(trace_id, namespace=namespace)
                return replay.replay(prepared, actor=SYSTEM, now=timezone.now())
            except NotFound:
                continue
            except SubjectNotAccepting as error:
                raise CommandError(str(error)) from None
        raise CommandError(f"There is no trace {trace_id}{f' in {path}' if path else ''}.")


def _namespaces(path: str | None) -> Iterator[Namespace]:
    if path is None:
        yield from (Namespace.objects.get(pk=pk) for pk in namespaces.all_ids())
        return
    try:
        yield namespaces.by_path(path)
    except Namespace.DoesNotExist:
        raise CommandError(f"There is no namespace {path}.") from None


def _id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ArgumentTypeError("write a trace's id") from None


def _print(found: Replay, console: Console, with_content: bool) -> None:
    console.print(f"trace {found.trace.pk} of {found.trace.at:%Y-%m-%d %H:%M:%S %Z}", markup=False)
    if with_content:
        console.print(f"asked: {found.trace.asked['query']}", markup=False)
    console.print(_verdict(found), markup=False)
    for change in found.changes:
        console.print(f"changed: {change}", markup=False)
    for code in found.degraded:
        console.print(f"degraded: {code}", markup=False)
    console.print(_runs(found, with_content))
    console.print(_differences(found) if found.differences else "Both answers are the same.")


def _verdict(found: Replay) -> str:
    if found.matches_trace:
        return "The replay of the past gives the recorded answer."
    lost = [f"{pk} ({reason.says})" for pk, reason in found.lost.items()]
    why = f" Cannot be shown: {', '.join(lost)}." if lost else ""
    places = ", ".join(f"{one.what} {one.id}" for one in found.mismatches)
    return f"The replay of the past differs from the recorded answer: {places}.{why}"


def _runs(found: Replay, with_content: bool) -> Table:
    table = _table("", "memory", "version", "type", "score", *(["says"] if with_content else []))
    for name, run, said in (
        ("then", found.then, found.said_then),
        ("now", found.now, found.said_now),
    ):
        for rank, one in enumerate(run.kept, 1):
            cells = [f"{name} {rank}", str(one.id), str(one.version), one.type, f"{one.score:.4f}"]
            _row(table, [*cells, said.get(one.id, "")] if with_content else cells)
        table.add_section()
    return table


def _differences(found: Replay) -> Table:
    table = _table("difference", "memory", "then", "now", "why")
    for one in found.differences:
        then, now = _rank(one.id, found.recorded), _rank(one.id, found.now)
        _row(table, [one.change, str(one.id), then, now, one.reason])
    return table


def _rank(memory_id: uuid.UUID, run: Run) -> str:
    rank = run.rank(memory_id)
    return "" if rank is None else f"#{rank}"


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for name in columns:
        # An id is copied whole or is of no use.
        table.add_column(name, no_wrap=name == "memory", overflow="fold")
    return table


def _row(table: Table, cells: list[str]) -> None:
    table.add_row(*(Text(cell) for cell in cells))
