"""`make bench`: latency, profile, extraction, screening, decay and, when RECALL_DATA names a file
of conversations, the quality of recall.

Some minutes each, with a small store. The figures of larger ones are in RESULTS.md.
"""

import os
import subprocess
import sys

from benchmarks.summary import tell


def main() -> int:
    """Run one benchmark after another; each starts and ends a site of its own."""
    runs = [
        ["benchmarks.latency", "--total", "10000"],
        ["benchmarks.profile_recall"],
        ["benchmarks.extraction"],
        ["benchmarks.screening"],
        ["benchmarks.decay"],
    ]
    if data := os.environ.get("RECALL_DATA"):
        runs.append(["benchmarks.recall_quality", "--data", data])
    else:
        tell("RECALL_DATA names no file in LoCoMo's format: the quality of recall is not measured.")
    return max(_run(*run) for run in runs)


def _run(*module_and_options: str) -> int:
    # A process of its own: Django can be set up for one database only.
    command = [sys.executable, "-m", *module_and_options]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - the command is ours


if __name__ == "__main__":
    sys.exit(main())
