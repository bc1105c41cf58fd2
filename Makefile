# Two commands on a fresh machine: `make demo` and `make test`. Both set up all they need; a second run takes seconds.
PYTHON ?= python3.11
BIN := .venv/bin
UV_VERSION := 0.13.9
STAMP := .made/installed

.PHONY: demo test lint docs check bench clean help

help:
	@echo "make demo   set up, and code the samples"
	@echo "make test   set up, lint, check types and layers, build the docs, run the tests"
	@echo "make bench  speed against the bare spaCy pipeline, and what the gate saves"

demo: $(STAMP)
	@$(BIN)/dateline demo
	@echo; echo "In this folder the command is $(BIN)/dateline (or first: . $(BIN)/activate)."

test: $(STAMP) lint docs check

lint: $(STAMP)
	$(BIN)/ruff check src tests benchmarks training hatch_build.py docs/conf.py
	$(BIN)/ruff format --check src tests benchmarks training hatch_build.py docs/conf.py
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/sphinx-build -q -W --keep-going docs docs/_build/html

check: $(STAMP)
	$(BIN)/python -m pytest

bench: $(STAMP)
	$(BIN)/python -m benchmarks.coding_speed
	$(BIN)/python -m benchmarks.gate

# The environment is made from the lock file alone. uv lies inside it, so nothing outside is needed but Python.
$(STAMP): pyproject.toml uv.lock hatch_build.py src/dateline/where/build.py $(wildcard src/dateline/where/knowledge/*.yaml src/dateline/where/knowledge/quarters/*.yaml)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: apt-get install python3.11 python3.11-venv, or make PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip -q
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --active --quiet
	@$(BIN)/python -c "import sys; from dateline.where import build; build.is_current() or build.build()"
	@mkdir -p $(@D) && touch $@

clean:
	rm -rf .venv .made docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis src/dateline/where/gazetteer.sqlite
