"""Whose memories: every search and list names an owner, without a default."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Owner:
    """A subject in a namespace, or an agent with memories of its own (then without a subject)."""

    namespace_id: uuid.UUID
    subject_id: uuid.UUID | None
    agent_id: str = ""

    def __post_init__(self) -> None:
        if self.subject_id is None and not self.agent_id:
            raise ValueError("an owner is a subject or an agent")
