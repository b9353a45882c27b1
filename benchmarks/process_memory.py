"""How much memory each kind of process takes."""

from collections import defaultdict
from collections.abc import Iterator

import psutil  # type: ignore[import-untyped]

from benchmarks import summary

KINDS = ("gunicorn", "celery", "postgres", "valkey")
_MEGABYTE = 1024 * 1024


def table() -> str:
    """RSS of the processes that this one started; PSS counts shared pages once."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for process in psutil.Process().children(recursive=True):
        for kind in _kind(process):
            found[kind].append(_sizes(process))
    rows = [
        (
            kind,
            len(sizes),
            f"{max(rss for rss, _ in sizes):.0f}",
            f"{sum(rss for rss, _ in sizes):.0f}",
            f"{sum(pss for _, pss in sizes):.0f}",
        )
        for kind, sizes in sorted(found.items())
    ]
    head = ("process", "number", "largest RSS, MB", "RSS in all, MB", "PSS in all, MB")
    return summary.table(head, rows)


def _kind(process: psutil.Process) -> Iterator[str]:
    try:
        command = " ".join([process.name(), *process.cmdline()])
    except psutil.Error:
        return
    for kind in KINDS:
        if kind in command:
            beat = kind == "celery" and " beat " in command
            yield "celery beat" if beat else kind
            return


def _sizes(process: psutil.Process) -> tuple[float, float]:
    try:
        told = process.memory_full_info()
    except psutil.Error:
        return 0.0, 0.0
    return told.rss / _MEGABYTE, getattr(told, "pss", told.uss) / _MEGABYTE
