"""Files that only their owner may read."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Put `text` at `path`, whole or not at all, readable by the owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    # Created with its mode: a file made first and closed later can be read in between.
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
