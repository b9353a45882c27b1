"""The data plane: receive, extract, recall; the doors for bots and for people."""
