"""A person's decision on what waits for review."""
