# Two commands on a fresh machine: `make demo` and `make test`. Both set up all they need; a second run takes seconds.
# Of the machine only Python 3.11, 3.12 or 3.13 with venv is needed: Node.js comes with the environment.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
UV_VERSION := 0.13.9
STAMP := .made/installed
NPM_STAMP := .made/npm
# The Node.js of the environment, whatever else is installed.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: test-spark demo test test-all lint docs page wheel check check-all web e2e screenshots bench attack attack-short clean help

help:
	@echo "make demo      set up, and code the samples"
	@echo "make page      set up, and build the page that dateline serve shows"
	@echo "make wheel     set up, and make a wheel to install elsewhere (dist/)"
	@echo "make test      set up, lint, check types and layers, build docs and page, run the tests but for the slow ones"
	@echo "make test-all  all of them, and the page in Chromium; what CI runs"
	@echo "make test-spark  fetch Spark (430 MB) and test on it; needs Java"
	@echo "make attack    try to break it for ten minutes (make attack-short: for two)"
	@echo "make bench     speed against the bare spaCy pipeline, and what the gate saves"

demo: $(STAMP)
	@$(BIN)/dateline demo
	@echo; echo "In this folder the command is $(BIN)/dateline (or first: . $(BIN)/activate)."

# Each step is named as it begins, and its time is told as it ends.
define steps
@n=0; for step in $(1); do n=$$((n + 1)); began=$$(date +%s); \
	echo; echo "== step $$n of $(words $(1)): $$step"; \
	$(MAKE) --no-print-directory $$step || { echo "== $$step failed"; exit 1; }; \
	echo "== $$step: $$(($$(date +%s) - began)) s"; done
endef

test: $(STAMP)
	$(call steps,lint docs page web check)
	@echo; echo "Not run: the slow tests (processes killed at chosen moments, the time of each expression, damage of each column, the evaluation sets) and the page in Chromium; make test-all runs them."

test-all: $(STAMP)
	$(call steps,lint docs page web check-all e2e attack-short)

lint: $(STAMP)
	$(BIN)/ruff check src tests benchmarks training hatch_build.py build_page.py docs/conf.py
	$(BIN)/ruff format --check src tests benchmarks training hatch_build.py build_page.py docs/conf.py
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/sphinx-build -q -W --keep-going docs docs/_build/html

check: $(STAMP)
	$(BIN)/python -m pytest -m "not slow and not quality" --durations=15

check-all: $(STAMP)
	$(BIN)/python -m pytest

page: $(STAMP) $(NPM_STAMP)
	@$(BIN)/python build_page.py

# The sources with the page built, and from them a wheel with page and gazetteer, which needs no Node.js.
wheel: page
	@rm -rf dist
	$(BIN)/uv build --quiet --out-dir dist
	@ls -sh dist/*
	@echo "To install it: pip install '$$(ls $(CURDIR)/dist/*.whl)[serve]' (also: spark, postgres)."

# The page's own checks: types, form, unit tests; and that its types are those of the API.
web: $(STAMP) $(NPM_STAMP)
	$(BIN)/python -m tests.openapi --check
	cd web && npm run --silent types:check && npm run --silent check && npm test --silent

# The page in a real browser (Debian: apt-get install chromium).
e2e: page
	cd web && npm run --silent e2e

screenshots: page
	cd web && npm run --silent screenshots

# The engines on Spark. Java: apt-get install openjdk-17-jre-headless.
test-spark: $(STAMP)
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --active --quiet --group spark
	$(BIN)/python -m pytest tests/volume/test_spark.py

# What somebody would do who wants to break it, in ten minutes, or in two; fails where anything does.
attack: $(STAMP)
	$(BIN)/python -m tests.attack

attack-short: $(STAMP)
	$(BIN)/python -m tests.attack --short

bench: $(STAMP)
	$(BIN)/python -m benchmarks.coding_speed
	$(BIN)/python -m benchmarks.gate

# The environment is made from the lock file alone. uv lies inside it, so nothing outside is needed but Python.
# Modules are compiled at once: where Python is told to keep none (in containers), each command would compile them anew.
$(STAMP): pyproject.toml uv.lock hatch_build.py src/dateline/where/areas.py src/dateline/where/build.py src/dateline/where/drafting.py src/dateline/where/own_places.py $(wildcard src/dateline/where/knowledge/*.yaml src/dateline/where/knowledge/quarters/*.yaml)
	@test -x $(BIN)/python || test -n "$(PYTHON)" || { \
		echo "Python 3.11, 3.12 or 3.13 with venv is needed: apt-get install python3-venv, or make PYTHON=..."; exit 1; }
	@echo "== setting up .venv from the lock file"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip -q
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv sync --frozen --active --quiet --compile-bytecode
	@$(BIN)/python -c "import sys; from dateline.where import build; build.is_current() or build.build()"
	@mkdir -p $(@D) && touch $@

$(NPM_STAMP): web/package.json web/package-lock.json | $(STAMP)
	@echo "== fetching what builds the page"
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && touch $@

clean:
	rm -rf dist web/node_modules src/dateline/service/page .venv .made docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis src/dateline/where/gazetteer.sqlite
