# Zveno. `make run` does the main job and serves it; `make test` runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests run in so many processes, a file of them in one, each on one core: threads of several would wait for each other.
JOBS ?= 2
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q --numprocesses $(JOBS) \
  --dist loadfile --no-loadscope-reorder
# The longest files first, so that short ones fill up the end.
TESTS := tests/e2e tests/integration tests/unit models graph matcher client
READY := $(VENV)/.ready

.PHONY: run test test-postgresql demo install machine lint bench clean

run: install ## load the bundled companies, answer, then serve http://127.0.0.1:8000
	$(BIN)/zveno demo
	$(BIN)/zveno serve

test: install machine ## every test, the linters and the architecture
	$(MAKE) --no-print-directory lint
	$(PYTEST) $(TESTS)

test-postgresql: install machine ## what asks a database once more, with PostgreSQL under all that SQLite was under
	ZVENO_TEST_DATABASE=postgresql ZVENO_REQUIRE_POSTGRES=1 $(PYTEST) tests/integration

demo: install ## load the bundled companies and print the answers
	$(BIN)/zveno demo

install: $(READY) ## set up .venv with pinned versions

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zveno needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 install")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

machine: ## a browser and a database server for tests, if they are missing and may be installed
	tools/machine.sh

lint: install ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## speed and memory of the main queries on the bundled companies
	$(BIN)/zveno bench

clean: ## remove the environment and what was built
	rm -rf $(VENV) var build *.egg-info
