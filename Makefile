# A machine with Python 3.11 (with venv) and git needs nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := .venv/bin/python -m pip install -q --disable-pip-version-check
LOCK := uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11

.PHONY: help demo test lint types contract docs bench bench-locate mutate lock clean
.DEFAULT_GOAL := help

help:            ## this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /make \1\t/' | expand -t 16

demo: .venv/run  ## set up, then check a sample account
	@$(BIN)/fiscal check data/sample-final-accounts.txt || [ $$? -eq 1 ]

test: lint types contract  ## all that CI does: lint, types, import contract, doctests, tests
	$(BIN)/pytest

lint: .venv/test  ## style
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/test  ## static types
	$(BIN)/mypy

contract: .venv/test  ## imports go one way
	$(BIN)/lint-imports --no-cache

docs: .venv/test  ## write the generated pages of docs/ anew, and the reference to docs/reference/
	$(BIN)/python docs/generate.py
	$(BIN)/fiscal glossary --all -o docs/reference

bench: .venv/test  ## what it costs, each as a ratio taken in one run
	$(BIN)/python tests/bench.py
	$(BIN)/python -m tests.bench_reading
	$(BIN)/python -m tests.bench_rules

bench-locate: .venv/test  ## how often the wrong figure is named first
	$(BIN)/python -m tests.bench_locate

mutate: .venv/test  ## which small changes of the code no test notices (half an hour)
	$(BIN)/python -m tests.mutation

soak: .venv/test  ## the laws on new random examples, for as many minutes as MINUTES says
	@end=$$(( $$(date +%s) + 60 * $${MINUTES:-30} )); while [ $$(date +%s) -lt $$end ]; do \
	  HYPOTHESIS_PROFILE=soak $(BIN)/pytest -q -x tests/laws || exit 1; done

lock:            ## pin every dependency with its hashes (needs the uv package)
	$(LOCK) pyproject.toml requirements/build.in -o requirements/run.txt
	$(LOCK) --extra test pyproject.toml requirements/build.in -o requirements/test.txt

clean:           ## forget the environment
	rm -rf .venv build dist *.egg-info

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements/run.txt pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: requirements/test.txt .venv/run
	$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@
