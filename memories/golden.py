"""The only writer of golden cases and quality runs."""
