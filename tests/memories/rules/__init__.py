"""The rules of the data plane: no database, no clock."""
