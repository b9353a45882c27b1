"""Compose what is known into a block for a prompt."""
