# Two promises on a machine with nothing but Python 3.11, pip, venv and make:
#   make run    set up, start the workbook
#   make test   set up, test
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
JOBS   ?= 2
BIN    := $(VENV)/bin
LIMITED := timeout --kill-after=10 1200 $(BIN)/python -m pytest -m slow
SLOW   := $(addprefix tests/,assessment calibration cli exchange frontend house pages panel planning \
           reports retranslation scoring server store)

.PHONY: run test test-slow test-slow-again lint types floors nb bench wheel clean

run: $(VENV)/.app
	$(BIN)/skillmatrix serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest

# Each part in a process of its own: two browsers do not share one, and none can hold up the rest.
# Two parts run side by side; what a part said is shown when it ends. Ending 5 means that a part has
# no slow test.
test-slow: $(VENV)/.dev
	@rm -rf .slow && mkdir .slow && : > .slow-failed
	@printf '%s\n' tests/browser/test_*.py $(SLOW) | xargs -P $(JOBS) -I PART sh -c '\
	  log=.slow/$$(echo PART | tr / _).log; $(LIMITED) --durations=3 PART > $$log 2>&1; code=$$?; \
	  echo "== PART"; cat $$log; [ $$code -eq 0 ] || [ $$code -eq 5 ] || echo PART >> .slow-failed'
	@rm -rf .slow; test ! -s .slow-failed || { echo "failed in:"; cat .slow-failed; exit 1; }

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
