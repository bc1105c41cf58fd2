# Two commands on a fresh machine: `make demo` and `make test`. Both set up all they need; a second run takes seconds.
PYTHON ?= python3.11
BIN := .venv/bin
UV_VERSION := 0.13.9
STAMP := .made/installed

NPM_STAMP := .made/npm

.PHONY: demo test lint docs page check web e2e screenshots bench attack attack-short clean help

help:
	@echo "make demo   set up, and code the samples"
	@echo "make page   set up, and build the page that dateline serve shows (needs Node.js 20.19 or newer)"
	@echo "make test   set up, lint, check types and layers, build docs and page, run the tests, also in Chromium"
	@echo "make attack try to break it for ten minutes (make attack-short: for two)"
	@echo "make bench  speed against the bare spaCy pipeline, and what the gate saves"

demo: $(STAMP)
	@$(BIN)/dateline demo
	@echo; echo "In this folder the command is $(BIN)/dateline (or first: . $(BIN)/activate)."

test: $(STAMP) lint docs page web check e2e

lint: $(STAMP)
	$(BIN)/ruff check src tests benchmarks training hatch_build.py build_page.py docs/conf.py
	$(BIN)/ruff format --check src tests benchmarks training hatch_build.py build_page.py docs/conf.py
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/sphinx-build -q -W --keep-going docs docs/_build/html

check: $(STAMP)
	$(BIN)/python -m pytest

page: $(STAMP) $(NPM_STAMP)
	@$(BIN)/python build_page.py

# The page's own checks: types, form, unit tests; and that its types are those of the API.
web: $(STAMP) $(NPM_STAMP)
	$(BIN)/python -m tests.openapi --check
	cd web && npm run --silent types:check && npm run --silent check && npm test --silent

# The page in a real browser (Debian: apt-get install chromium).
e2e: page
	cd web && npm run --silent e2e

screenshots: page
	cd web && npm run --silent screenshots

# What somebody would do who wants to break it, in ten minutes, or in two; fails where anything does.
attack: $(STAMP)
	$(BIN)/python -m tests.attack

attack-short: $(STAMP)
	$(BIN)/python -m tests.attack --short

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

$(NPM_STAMP): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js and npm build the page: apt-get install nodejs npm (20.19 or newer)"; exit 1; }
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && touch $@

clean:
	rm -rf web/node_modules src/dateline/service/page .venv .made docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis src/dateline/where/gazetteer.sqlite
