# Everything a developer runs; `make help` lists it. Each target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo dev test check format clip notebooks bench samples lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## Make .venv with the `showroom` command in it

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Showroom needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " + "setup")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.8"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: $(STAMP) ## Run the main job on the samples and show what came of it
	@$(BIN)/showroom demo

dev: $(STAMP) ## Start the app, the Dagster UI, the daemon and the API
	@$(BIN)/showroom up

test: $(STAMP) ## Run the tests
	@$(BIN)/python -m pytest

check: $(STAMP) ## Lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clip: $(STAMP) ## Add OpenCLIP, which compares pictures with words (about 1 to 3 GB)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[clip]'

notebooks: $(STAMP) ## Open the notebooks for analysts
	@$(BIN)/marimo edit --host 127.0.0.1 --skip-update-check notebooks

bench: $(STAMP) ## Measure speed and memory against a bare Pillow loop
	@$(BIN)/python -m benchmarks

samples: $(STAMP) ## Make data/samples anew
	@$(BIN)/python data/samples/make_samples.py

lock: ## Resolve requirements.lock anew from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --group dev --no-header --output-file requirements.lock pyproject.toml

clean: ## Remove .venv and caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
