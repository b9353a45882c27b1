"""Models that embed, rerank and extract."""
