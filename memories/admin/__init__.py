"""The admin's pages for what is remembered. Lists never show content."""

from memories.admin import answers, episodes, memories, strategies, traces

__all__ = ["answers", "episodes", "memories", "strategies", "traces"]
