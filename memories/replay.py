"""Run a recall again, as the store was then and as it is now."""
