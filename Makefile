# Every target sets up what it needs; `make` alone lists them.
# Plain sh and any GNU make from 3.81 on; the checkout may stand under a path with spaces.

PY = .venv/bin/python

.PHONY: help setup brief check test format golden docs browser quality bench requirements clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s%s\n", $$1, $$2 }' Makefile

setup: .venv/.ready ## make .venv, with the system libraries it needs

.venv/.ready: requirements.txt pyproject.toml scripts/setup scripts/system-packages
	@PYTHON="$(PYTHON)" sh scripts/setup

brief: setup ## build the shipped example into out/; ARGS="…" goes to `brief build`
	@.venv/bin/brief build $(ARGS)

check: setup ## all that a change must pass: lint, format, types, tests with coverage
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest --cov --numprocesses auto --dist worksteal

test: setup ## the quick tests; ARGS="…" goes to pytest
	$(PY) -m pytest -m "not slow" --numprocesses auto $(ARGS)

format: setup ## put the code in order
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

golden: setup ## write the golden briefs anew; read the diff before you commit it
	$(PY) -m pytest -m golden --write-golden

docs: setup ## write docs/configuration.md anew, from the code that checks a configuration
	.venv/bin/brief schema --markdown > docs/configuration.md

browser: setup ## install what the tests in a browser need, besides Chromium itself
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.txt

quality: setup ## measure against the floors in tests/quality
	$(PY) -m tests.quality.measure

bench: setup ## time and memory of whole runs on this machine
	$(PY) -m bench.analysis
	$(PY) -m bench.runs
	$(PY) -m bench.endurance 3 2

requirements: setup ## resolve requirements.txt anew, for every platform, with hashes
	sh scripts/requirements

clean: ## remove caches, build results and editions; .venv stays
	rm -rf dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis out/*
	find briefing bench tests scripts -name __pycache__ -prune -exec rm -rf {} +
