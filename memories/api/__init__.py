"""The REST API for bots."""
