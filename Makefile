# make run    environment, samples, http://localhost:8000
# make test   format, lint, strict types, import rules, every test, the installed wheel
# make bench  extraction against the stock spaCy pipeline, cost of each stage, query latencies
# make budgets DATA=dir  what each page over a data directory costs in Chromium, against benchmarks/budgets/budgets.toml
# make deep   every property on thirty times as many examples as make test, fifty kills, fifty odd requests an address
# make faults SIGKILL at fifty random instants (docs/reliability.md)
# make fuzz   files of every format, changed in thousands of ways, to every reader; FUZZ=200 times as many as make test tries
# make screenshots  the pictures of docs/pictures, of the bundled samples, in Chromium
# make train  the models of extract/models, from the annotated texts (training/README.md)
# make docs   generated references (docs/cli.md, docs/settings.md, deploy/delibgraph.toml)
# make scripts  third-party scripts of the pages (service/static/vendor), from npm by package-lock.json
# make lock   writes the hashed locks anew
# make sbom   sbom.cdx.json, the bill of materials of what runs, from the locks
# make test-lowest test-newest  the oldest and the newest versions that pyproject.toml admits; needs the network (docs/dependencies.md)
# make audit  known vulnerabilities of what the locks name; needs the network (docs/dependencies.md)
# PYTHON=/path/to/python chooses the interpreter.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: run test check style deep faults fuzz bench budgets screenshots scores train docs scripts lock sbom audit \
	test-lowest test-newest clean

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 3
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c '$(ENOUGH)' >/dev/null 2>&1 && { command -v "$$p"; break; }; done)
# Hashes are asked for in every install: a package that the lock does not know is refused. The locks are whole, so nothing
# is resolved; Python compiles what is used when it is used, pip would compile all. uv takes a fifth of the time that pip takes;
# where it is not to be had, or reaches no index (it reads no pip.conf), pip does all.
UV := $(VENV)/uv/bin/uv
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --no-deps
INSTALL := install() { $(UV) pip install --quiet --no-deps --python $(BIN)/python "$$@" || $(PIP) "$$@"; }; install

# Where a machine is told to keep nothing that Python compiles, each of the hundreds of processes that tests start would
# compile anew what it imports (2.7 to 6 s of processor, 2.3 once it is kept).
export PYTHONDONTWRITEBYTECODE :=

run: $(VENV)/.run
	$(BIN)/delibgraph demo

# Types and imports are checked by tests (tests/test_architecture.py), beside the others. Each process has a third of the
# tests, in their order, and takes of the others' when it is done: what a module or a folder shares is made once. Three on
# two cores, since tests wait for browsers, servers and deadlines half of the time. What they write is in memory where that
# can be, and gone at the end.
test: $(VENV)/.dev style tests/__pycache__
	TMPDIR=$$(.ci/workplace); export TMPDIR; trap 'rm -rf "$$TMPDIR"' EXIT; $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

# In a fresh clone nothing is compiled: each of the three processes would take 40 s of processor to compile the same, before
# its first test. One does, while the other core fills the cache of mypy, which a test asks; what either finds, tests tell.
tests/__pycache__: $(VENV)/.dev
	if ! [ -d $@ ]; then \
		$(BIN)/python -m pytest --collect-only -qq >/dev/null & $(BIN)/mypy >/dev/null || true; wait $$! || true; fi

check: style
	$(BIN)/mypy
	$(BIN)/lint-imports

style: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

deep: $(VENV)/.dev
	DEEP=30 FAULTS=50 EXAMPLES=50 $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "hypothesis or slow" tests

faults: $(VENV)/.dev
	FAULTS=50 $(BIN)/python -m pytest tests/service/faults

FUZZ ?= 200
fuzz: $(VENV)/.dev
	DEEP=$(FUZZ) $(BIN)/python -m pytest -n $(JOBS) tests/fuzz

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.bench

DATA ?= delibgraph-data
budgets: $(VENV)/.dev
	$(BIN)/python -m benchmarks.budgets $(DATA)

screenshots: $(VENV)/.dev
	$(BIN)/python -m benchmarks.pictures

# What /quality shows of the scores on gold.
scores: $(VENV)/.dev
	$(BIN)/python -m tests.acts.scores

train: $(VENV)/.dev
	$(BIN)/python -m training.train

docs: $(VENV)/.dev
	$(BIN)/python -m service.cli.reference > docs/cli.md
	$(BIN)/python -m service.settings > docs/settings.md
	$(BIN)/python -m service.setting_sources > deploy/delibgraph.toml

# Yasqe is published as one file with what it is made of, and without their licences: they are put together here.
YASQE := yasgui-utils codemirror dompurify lodash-es query-string decode-uri-component filter-obj split-on-first strict-uri-encode store

scripts:
	npm ci --ignore-scripts --no-audit --no-fund
	cp node_modules/cytoscape/dist/cytoscape.esm.min.mjs service/static/vendor/
	cp node_modules/cytoscape/LICENSE service/static/vendor/cytoscape.LICENSE
	cp node_modules/@zazuko/yasqe/build/yasqe.min.js node_modules/@zazuko/yasqe/build/yasqe.min.css service/static/vendor/
	{ echo "yasqe: MIT, Triply, Zazuko GmbH (its package.json). It contains, each under its licence:"; \
	for name in $(YASQE); do printf '\n=== %s\n' "$$name"; \
		cat node_modules/$$name/LICENSE* node_modules/$$name/license* 2>/dev/null || \
		grep '"license"' node_modules/$$name/package.json node_modules/@zazuko/$$name/package.json 2>/dev/null || true; done; \
	} > service/static/vendor/yasqe.LICENSE
	cd service/static/vendor && sha256sum cytoscape.* yasqe.* > SHA256SUMS
	cp node_modules/axe-core/axe.min.js tests/vendor/
	cp node_modules/axe-core/LICENSE tests/vendor/axe.LICENSE
	cd tests/vendor && sha256sum axe.* > SHA256SUMS

# --- environments: the stamp is newer than the locks it was made from

$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then \
		echo "delibgraph needs Python 3.11 or newer: none of python3.11, python3, python is one." >&2; \
		echo "Install it (Debian: apt-get install python3.11 python3.11-venv) or say make PYTHON=/path/to/python." >&2; \
		exit 2; fi
	@"$(PYTHON)" -c '$(ENOUGH)' || { echo "$(PYTHON) is older than Python 3.11." >&2; exit 2; }
	"$(PYTHON)" -m venv $(VENV)

$(UV): requirements-uv.lock | $(VENV)/bin/pip
	$(PIP) --require-hashes --only-binary :all: --upgrade --target $(VENV)/uv -r requirements-uv.lock
	touch $@

$(VENV)/.uv: requirements-uv.lock | $(VENV)/bin/pip
	$(MAKE) --no-print-directory $(UV) || echo "uv cannot be had here: pip installs, which takes a minute longer"
	touch $@

$(VENV)/.run: $(VENV)/.uv requirements.lock requirements-build.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock -r requirements-build.lock
	$(INSTALL) --no-build-isolation -e .
	touch $@

# requirements-dev.lock holds what requirements.lock does.
$(VENV)/.dev: $(VENV)/.uv requirements.lock requirements-dev.lock requirements-build.lock requirements-ftm.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements-dev.lock -r requirements-build.lock
	$(INSTALL) --no-build-isolation -e .
	CXXFLAGS="-O0 -g0" $(PIP) --require-hashes -r requirements-ftm.lock || echo "followthemoney cannot be built here (Debian: libicu-dev pkg-config g++): its test is skipped"
	touch $(VENV)/.run $@

# --- locks: uv resolves

COMPILE = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --python-version 3.11

lock: $(UV)
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --all-extras pyproject.toml -o requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock requirements-build.in -o requirements-build.lock
	$(COMPILE) --constraint requirements-dev.lock requirements-ftm.in -o requirements-ftm.lock
	$(COMPILE) requirements-uv.in -o requirements-uv.lock

# After `make lock`: licences are those that the installed packages tell.
sbom: $(VENV)/.dev
	$(BIN)/python -m dependencies.sbom > sbom.cdx.json.new
	mv sbom.cdx.json.new sbom.cdx.json

audit: $(VENV)/.dev
	$(BIN)/python -m dependencies.audit

# What pyproject.toml admits, at both ends: resolved anew, in environments of their own (build/lowest, build/newest). The
# tests use every dependency once at least, as docs/dependencies.md tells; TESTS=tests has them all run.
FITS := tests/extract/read tests/acts/test_samples.py tests/graph/export tests/graph/test_organisations.py \
	tests/ontology/test_reasoning.py tests/shapes/test_gate.py tests/service/sparql/test_protocol.py \
	tests/service/test_uploads.py tests/service/test_negotiation.py tests/service/test_slow_clients.py \
	tests/service/test_operation.py tests/service/test_backup.py tests/service/pages/test_pages.py \
	tests/service/pages/test_picture.py tests/service/pages/test_browser.py tests/service/cli/test_usage.py \
	tests/service/linked_data/test_dumps.py tests/service/remote/test_load.py tests/service/openapi \
	tests/service/ingest/test_cluster.py::test_two_workers_make_what_one_machine_makes \
	tests/test_sbom.py::test_the_validator_of_the_standard_accepts_it
TESTS ?= $(FITS)
test-lowest: RESOLUTION := lowest-direct
test-newest: RESOLUTION := highest

test-lowest test-newest: test-%: $(UV)
	mkdir -p build
	$(UV) pip compile --quiet --resolution $(RESOLUTION) --all-extras --python "$(PYTHON)" pyproject.toml -o build/$*.txt
	$(UV) venv --quiet --clear --python "$(PYTHON)" build/$*
	$(UV) pip install --quiet --python build/$*/bin/python -r build/$*.txt
	$(UV) pip install --quiet --python build/$*/bin/python --no-deps -e .
	build/$*/bin/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
