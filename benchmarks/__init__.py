"""How well it recalls and how fast, measured from outside: by hand or by `make bench`."""
