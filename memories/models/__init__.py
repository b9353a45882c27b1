"""Tables of the data plane."""

from memories.models.answer import StoredAnswer
from memories.models.count import DailyCount
from memories.models.episode import Episode
from memories.models.memory import Memory, MemoryIndex, MemoryVersion
from memories.models.never import NeverRemember
from memories.models.outcome import MemoryFeedback, TraceOutcome
from memories.models.quality import GoldenCase, QualityRun
from memories.models.review import ReviewItem
from memories.models.strategy import RecallStrategy
from memories.models.trace import RecallTrace
from memories.models.use import MemoryUse

__all__ = [
    "DailyCount",
    "Episode",
    "GoldenCase",
    "Memory",
    "MemoryFeedback",
    "MemoryIndex",
    "MemoryUse",
    "MemoryVersion",
    "NeverRemember",
    "QualityRun",
    "RecallStrategy",
    "RecallTrace",
    "ReviewItem",
    "StoredAnswer",
    "TraceOutcome",
]
