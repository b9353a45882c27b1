"""The only writer of never-remember rules."""
