# Two commands set everything up on a machine with Python 3.11 (and its venv module) and make:
#   make demo     the example case and its release, under demo/
#   make test     the whole test suite that needs no browser and no root
# The only thing fetched is the locked, hash-checked wheels of requirements/, from the package registry that
# pip is set to. `make PYTHON=/path/to/python3.12 demo` picks another Python.

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes --only-binary :all:
SELF := $(PIP) install --quiet --no-deps --no-build-isolation --editable .
PART ?= all
SEED ?= 1

.PHONY: help setup demo test accept proof proof-stale lint bench docs pictures lock clean python-ok

help:
	@echo "make setup | demo | test | accept | proof PART=... | lint | bench | docs    (README.md says what each does)"

python-ok:
	@sh tools/python-ok.sh "$(PYTHON)"

# Each stamp holds what one kind of work needs; a later one contains the earlier.
$(VENV)/.run: requirements/build.txt pyproject.toml | python-ok
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@echo "setup: installing the locked wheels into $(VENV)"
	@$(INSTALL) -r requirements/build.txt
	@$(SELF)
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "setup: installing what the tests need"
	@$(INSTALL) -r requirements/test.txt
	@touch $@

$(VENV)/.accept: requirements/accept.txt $(VENV)/.test
	@echo "setup: installing what the acceptance tests need"
	@$(INSTALL) -r requirements/accept.txt
	@touch $@

setup: $(VENV)/.run
	@echo "setup: done; the command is $(BIN)/bearwitness"

demo: setup
	@$(BIN)/bearwitness demo --out demo --no-open
	@echo
	@echo "Open this file in a browser:  $(CURDIR)/demo/syria-2015/out/release-1/index.html"

test: $(VENV)/.test
	@$(BIN)/python -m pytest --hypothesis-seed=$(SEED)

accept: $(VENV)/.accept
	@$(BIN)/python tools/accept.py

proof: $(VENV)/.test
	@$(BIN)/python tools/proof.py $(PART)

proof-stale: $(VENV)/.test
	@$(BIN)/python tools/proof.py --stale

lint: $(VENV)/.test
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.test
	@$(BIN)/python tools/bench.py

docs: $(VENV)/.test
	@$(BIN)/python tools/docs.py

pictures: $(VENV)/.accept
	@$(BIN)/python tools/pictures.py

# Writes requirements/*.txt anew from pyproject.toml. Needs uv; nobody else does.
lock:
	@sh tools/lock.sh

clean:
	rm -rf $(VENV) demo bench/out
