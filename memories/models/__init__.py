"""Tables of the data plane."""

from memories.models.answer import StoredAnswer
from memories.models.episode import Episode
from memories.models.memory import Memory, MemoryIndex, MemoryVersion
from memories.models.strategy import RecallStrategy
from memories.models.trace import RecallTrace

__all__ = [
    "Episode",
    "Memory",
    "MemoryIndex",
    "MemoryVersion",
    "RecallStrategy",
    "RecallTrace",
    "StoredAnswer",
]
