"""What needs more than the requirements to be installed: see `make smoke`."""
