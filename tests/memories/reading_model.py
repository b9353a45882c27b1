"""A language model that reads conversations as a test wants it to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.language_model import PlayedModel, playing


def candidate(text: str, *, message: int = 1, **given: Any) -> dict[str, Any]:
    """One candidate as a model writes it, whole."""
    return {
        "message": message,
        "text": text,
        "type": "profile",
        "slot": None,
        "value": None,
        "relation": "new",
        "about": None,
        "occurred_at": None,
        "confidence": 0.9,
        "importance": 0.6,
        "sensitivity": "normal",
        **given,
    }


def found(*candidates: dict[str, Any]) -> dict[str, Any]:
    """A reply with these candidates."""
    return {"candidates": list(candidates)}


@contextmanager
def read_by(
    reply: Callable[[dict[str, Any]], Any], settings: Any, **configured: Any
) -> Iterator[PlayedModel]:
    """The deployment's conversations are read by a model that replies so."""
    with playing(reply) as model:
        settings.LANGUAGE_MODEL = "played"
        settings.LANGUAGE_MODEL_BASE_URL = model.url
        settings.LANGUAGE_MODEL_API_KEY = "a-key"
        settings.LANGUAGE_MODEL_TIMEOUT = 5.0
        settings.LANGUAGE_MODEL_OMITS = []
        settings.MEMORIES_EXTRACTOR = settings.EXTRACTORS["model"]
        settings.EXTRACTION_DEBOUNCE_SECONDS = 0
        for name, value in configured.items():
            setattr(settings, name, value)
        yield model
