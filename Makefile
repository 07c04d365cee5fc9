# Two promises on a machine with nothing but Python 3.11, pip, venv and make:
#   make run    set up, start the workbook
#   make test   set up, test
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
LIMITED := timeout --kill-after=10 1200 $(BIN)/python -m pytest -m slow
SLOW   := $(addprefix tests/,assessment calibration cli exchange frontend house pages planning reports \
           retranslation scoring server store)

.PHONY: run test test-slow test-slow-again lint types floors nb bench wheel clean

run: $(VENV)/.app
	$(BIN)/skillmatrix serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest

# Each part in a process of its own: two browsers do not share one, and none can hold up the rest.
# Ending 5 means that a part has no slow test.
test-slow: $(VENV)/.dev
	@failed=; for part in tests/browser/test_*.py $(SLOW); do \
	  $(LIMITED) --durations=3 $$part || [ $$? -eq 5 ] || failed="$$failed $$part"; \
	done; echo "$$failed" > .slow-failed; test -z "$$failed" || { echo "failed in:$$failed"; exit 1; }

# What failed in the last run, once more.
test-slow-again: $(VENV)/.dev
	@for part in $$(cat .slow-failed); do $(LIMITED) $$part || exit 1; done

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

floors: $(VENV)/.dev
	$(BIN)/lint-imports

nb: $(VENV)/.dev
	$(BIN)/python -m pytest --nbval-lax -p no:cacheprovider notebooks

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[app]"
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[app,dev]"
	touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
