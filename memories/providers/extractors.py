"""Who reads conversations: a language model, or an extractor of sentences that needs none."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, runtime_checkable

from django.conf import settings as site
from django.utils.module_loading import import_string

from governance.rules.namespace_settings import NamespaceSettings
from memories.providers.embeddings import EmbeddingModel
from memories.providers.kinds import Embed
from memories.rules.candidates import Candidate, Turn
from memories.rules.readings import Meter, Proposed, Reading


class Extractor(Protocol):
    """Reads turns and proposes candidates."""

    # On the episode: which extractor, which model, which version of the prompt; "" where none.
    name: str
    model: str
    prompt_version: str
    # What stands on the memories it made.
    made_by: str
    # Whether one reading of several posts costs less than one of each, and it reads neighbours.
    reads_batches: bool

    def read(self, reading: Reading, meter: Meter) -> Proposed:
        """Candidates and why others fell; `meter` counts what it cost, whatever happens.

        Raises EmbeddingUnavailable, ModelUnavailable, RequestRefused, Malformed.
        """


@runtime_checkable
class OfSentences(Protocol):
    """An extractor that needs an embedding model only."""

    def propose(
        self, turns: Sequence[Turn], *, types: Collection[str], embed: Embed, model: str = ""
    ) -> list[Candidate]:
        """Candidates of these types."""


class SentenceExtractor:
    """Lets an extractor of sentences read as any other does."""

    model = prompt_version = ""
    reads_batches = False

    def __init__(self, inner: OfSentences, embedding: EmbeddingModel) -> None:
        self.name = type(inner).__name__
        self.made_by = str(getattr(inner, "name", self.name))
        self._inner, self._embedding = inner, embedding

    def read(self, reading: Reading, meter: Meter) -> Proposed:
        """Calls no language model. Raises EmbeddingUnavailable."""
        del meter
        return Proposed(
            self._inner.propose(
                reading.turns,
                types=frozenset(reading.guides),
                embed=self._embedding.embed,
                model=self._embedding.name,
            )
        )


def path(settings: NamespaceSettings) -> str:
    """Where the namespace's extractor stands: its own choice, else the deployment's."""
    chosen: str = site.MEMORIES_EXTRACTOR
    return site.EXTRACTORS[settings.extractor] if settings.extractor else chosen


def is_model(settings: NamespaceSettings) -> bool:
    """Whether a language model reads this namespace's conversations."""
    return path(settings) == site.EXTRACTORS["model"]


def serving(settings: NamespaceSettings, embedding: EmbeddingModel) -> Extractor:
    """The namespace's extractor."""
    made: Any = import_string(path(settings))
    if is_model(settings):
        extractor: Extractor = made(settings.extraction_model)
        return extractor
    inner = made()
    if isinstance(inner, OfSentences):
        return SentenceExtractor(inner, embedding)
    own: Extractor = inner
    return own
