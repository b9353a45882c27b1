# Two commands: `make run` starts everything, `make test` proves it. Nothing is needed but Python.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
READY := .venv/.requirements-installed
# Enough for Django to load; nothing is connected to.
UNCONNECTED := LOG_LEVEL=ERROR SECRET_KEY=only-for-the-linters-which-sign-nothing-at-all-with-it DATABASE_URL=postgres://nobody@//nowhere/none DATABASE_POOL_TIMEOUT=1 BROKER_URL=redis://127.0.0.1:1/0

.PHONY: run test lint bench smoke setup
.DEFAULT_GOAL := run

run: $(READY)
	@.venv/bin/python -m memorysite.local_run

test: $(READY)
	.venv/bin/python -m pytest

lint: $(READY)
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	$(UNCONNECTED) .venv/bin/mypy
	.venv/bin/lint-imports
	$(UNCONNECTED) .venv/bin/python manage.py check
	$(UNCONNECTED) .venv/bin/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

bench: $(READY)
	.venv/bin/python -m benchmarks

# A real language model, small enough for any machine, through the whole path.
smoke: $(READY)
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-smoke.txt
	.venv/bin/python -m pytest tests/smoke -rs

setup: $(READY)

$(READY): requirements.txt
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the requirements into .venv; once, it takes a minute or two."
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@
