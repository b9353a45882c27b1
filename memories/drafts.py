"""What is about to be kept: checked, indexed, not yet decided on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pgvector import SparseVector

from governance.models import MemoryType
from memories.providers.embeddings import Vectors
from memories.rules import resolution
from memories.rules.candidates import Relation
from memories.rules.resolution import Known, Proposed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a memory comes from besides its owner."""

    agent_id: str = ""
    app_id: str = ""
    run_id: str = ""
    episode_id: uuid.UUID | None = None
    message_index: int | None = None


@dataclass(slots=True)
class Draft:
    """One statement on its way into the store. `vector` None: it waits for its embedding."""

    type: MemoryType
    text: str
    trust: int
    valid_from: datetime
    place: Place
    data: Mapping[str, Any] = field(default_factory=dict)
    slot: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    categories: Sequence[str] = ()
    importance: float = 0.5
    confidence: float = 1.0
    sensitivity: str = "normal"
    speaker: str = ""
    occurred_at: datetime | None = None
    expires_at: datetime | None = None
    relation: Relation = Relation.NEW
    about: uuid.UUID | None = None
    # Model and prompt that proposed it; "" for what was handed over word for word.
    made_by: str = ""
    # Code of why a person must look at it first; "" when nobody need.
    quarantine_for: str = ""
    terms: SparseVector | None = None
    vector: Vectors | None = None
    digest: str = ""

    def __post_init__(self) -> None:
        self.digest = self.digest or resolution.digest(self.text)

    def proposed(self) -> Proposed:
        """What resolution must know of it."""
        return Proposed(
            self.digest, self.slot, self.trust, self.valid_from, self.occurred_at, self.data
        )

    def known(self, memory_id: uuid.UUID) -> Known:
        """What resolution must know of it once it is kept."""
        return Known(
            memory_id,
            self.digest,
            self.slot,
            self.trust,
            self.valid_from,
            self.occurred_at,
            self.data,
        )
