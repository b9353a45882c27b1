"""A namespace's settings, judged before they are kept: by their schema, and by who uses them.

An app registers a check for a setting whose value only it can judge, such as a template.
"""

from collections.abc import Callable, Iterable
from typing import Any

from governance.errors import FieldError, InvalidInput
from governance.rules import namespace_settings

# A setting's value to what is wrong with it: (path below the setting, sentence) for each.
Check = Callable[[Any], Iterable[tuple[str, str]]]
_checks: dict[str, Check] = {}


def register(setting: str, check: Check) -> None:
    """Ask this before a value of the setting is kept; called by an app when it is ready."""
    _checks[setting] = check


def check(settings: Any) -> None:
    """Raise InvalidInput with the path of each setting that cannot be used."""
    namespace_settings.check(settings)
    wrong = [
        FieldError(f"settings.{name}.{path}", sentence)
        for name, ask in _checks.items()
        if name in settings
        for path, sentence in ask(settings[name])
    ]
    if wrong:
        raise InvalidInput("A setting cannot be used.", fields=wrong)
