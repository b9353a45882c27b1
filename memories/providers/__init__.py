"""The only code that talks to language and embedding models."""
