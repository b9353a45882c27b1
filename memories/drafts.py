"""What is about to be kept: checked, indexed, not yet decided on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pgvector import SparseVector

from governance.models import MemoryType
from memories.models import Memory
from memories.providers.embeddings import Vectors
from memories.rules import doubts, sameness
from memories.rules.candidates import Relation
from memories.rules.known import Proposed
from memories.rules.owner import Owner


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
    # Whether `occurred_at` tells when it happened. False: only when it was said, so that the same
    # words said of another day are no other event.
    dated: bool = True
    expires_at: datetime | None = None
    relation: Relation = Relation.NEW
    about: uuid.UUID | None = None
    # The words of the retraction before it: kept only where that found nothing to end.
    unless_retracted: bool = False
    # Model and prompt that proposed it; "" for what was handed over word for word.
    made_by: str = ""
    # Why a person corrects, in their words, and what they show for it.
    because: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    # Code of why a person must look at it first; "" when nobody need.
    quarantine_for: str = ""
    terms: SparseVector | None = None
    vector: Vectors | None = None
    digest: str = ""
    # Whether it is shaped as an instruction; found here, before a lock is held.
    instructs: bool = False

    def __post_init__(self) -> None:
        self.digest = self.digest or sameness.digest(self.text)
        self.instructs = doubts.instructs(
            self.text, self.speaker, self.categories, self.data, self.metadata
        )

    def reworded(self, text: str) -> None:
        """Give it another text."""
        self.text, self.digest = text, ""
        self.__post_init__()

    @property
    def retracts(self) -> bool:
        """Whether it ends what is known, and keeps nothing of its own."""
        return self.relation in (Relation.ENDS, Relation.FORGETS)

    def proposed(self) -> Proposed:
        """What resolution must know of it."""
        return Proposed(
            self.digest,
            self.slot,
            self.trust,
            self.valid_from,
            self.occurred_at if self.dated else None,
            self.data,
            self.metadata,
            self.categories,
            text=self.text,
            type_id=self.type.pk,
            precedence=self.type.precedence,
            instructs=self.instructs,
            confidence=self.confidence,
            relation=self.relation,
            quarantine_for=self.quarantine_for,
        )

    def memory(self, owner: Owner, *, identity_id: uuid.UUID | None, now: datetime) -> Memory:
        """The row that it becomes, unsaved."""
        place = self.place
        return Memory(
            namespace_id=owner.namespace_id,
            subject_id=owner.subject_id,
            identity_id=identity_id,
            agent_id=place.agent_id or owner.agent_id,
            app_id=place.app_id,
            run_id=place.run_id,
            type=self.type,
            text=self.text,
            text_digest=self.digest,
            data=dict(self.data),
            slot=self.slot,
            metadata=dict(self.metadata),
            categories=list(self.categories),
            importance=self.importance,
            confidence=self.confidence,
            trust=self.trust,
            sensitivity=self.sensitivity,
            speaker=self.speaker,
            occurred_at=self.occurred_at,
            valid_from=self.valid_from,
            expires_at=self.expires_at,
            made_by=self.made_by,
            episode_id=place.episode_id,
            message_index=place.message_index,
            created_at=now,
            updated_at=now,
        )
