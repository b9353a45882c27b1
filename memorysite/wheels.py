"""Where installed packages keep the programs they bring."""

import importlib.util
from pathlib import Path

from memorysite import children


def folder_of(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    # One of them warns at its import when the session has no runtime folder.
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise children.CannotRunError(
            f"The package {package} is not installed: pip install -r requirements.txt."
        )
    return Path(spec.submodule_search_locations[0])
