"""What became of a recall."""
