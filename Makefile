# `make help` lists the targets. PYTHON=/path/to/python3.12 chooses the interpreter for .venv.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
GOALKIT := $(BIN)/goalkit -C sample-vault

.DEFAULT_GOAL := help
.PHONY: help setup chromium demo test format lint types layers unit site bench dist lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Set everything up in .venv (quick when nothing changed)

$(STAMP): pyproject.toml constraints.txt
	@echo "Setting up $(VENV) …"
	@sh .ci/python $(BIN)/python >/dev/null 2>&1 || \
		{ python=$$(sh .ci/python $(PYTHON)) && "$$python" -m venv --clear $(VENV); }
	@$(PIP) install --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

chromium: $(STAMP) ## Find a Chromium for the page tests, or install Debian's
	@$(BIN)/python -m tests.browser

demo: $(STAMP) ## Try it: serve a copy of sample-vault, of this week
	@$(BIN)/goalkit demo

test: lint types layers unit ## Check everything: format, lint, types, layers, tests

format: $(STAMP) ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(STAMP) ## Check format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP) ## Check the types
	$(BIN)/mypy

layers: $(STAMP) ## Check which module may import which
	$(BIN)/lint-imports --no-logo

unit: $(STAMP) chromium ## Run the tests, those in a browser included
	$(BIN)/pytest -n 2 --dist worksteal

site: $(STAMP) ## Build site/ from sample-vault again
	$(GOALKIT) build --out $(CURDIR)/site

bench: $(STAMP) ## Time goalkit beside Hugo, MkDocs, Pelican and Eleventy (takes a while)
	$(BIN)/python -m tests.bench

dist: $(STAMP) ## Build the wheel and the source archive
	$(BIN)/hatchling build

lock: $(STAMP) ## Pin the newest releases, with hashes, in constraints.txt
	$(BIN)/python -m venv build/lock
	build/lock/bin/pip --disable-pip-version-check --quiet install uv
	build/lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --quiet --custom-compile-command 'make lock' --output-file constraints.txt

clean: ## Remove everything made here, .venv included
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find goalkit tests -name __pycache__ -type d -prune -exec rm -rf {} +
