"""The rules of governance: no database, no clock."""
