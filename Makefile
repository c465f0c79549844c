# Two commands on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup run test check lock vendor clean

setup: $(STAMP)

# Two pip calls: with hashes required pip refuses an editable project. No dependencies: the lock
# has them all, and pip 23 asks in vain for a hash of what a package wants with extras.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; say which: make setup PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

run: setup
	$(BIN)/communique run

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/audit.py

# Exact versions with hashes for every Python we support; no registry's address goes in.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-strip-extras --no-annotate --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --output-file requirements.lock

# The libraries of the site's pages, from the npm registry; they are in git. DuckDB-WASM, 18 MB, is
# not: a package or a working copy made after this has it, and the SQL panel with it.
vendor:
	cd flows/site/vendor && npm ci --no-audit --no-fund && npm run build && npm run build-sql

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache warehouse/build
