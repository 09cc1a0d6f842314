# Needs Python 3.11 or newer and make; everything else is installed into .venv from hashed pins.

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes
WORKERS ?= 2
PYTEST_ARGS ?=
OPENAPI = $(BIN)/python manage.py spectacular --format openapi-json --validate --fail-on-warn \
	--custom-settings api.schema.SETTINGS --generator-class
export DEMO ?= 1
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test test-services check bench format openapi help
.DEFAULT_GOAL := help

help:  ## lists the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.made requirements/base.txt
	$(PIP) -r requirements/base.txt
	@touch $@

.venv/.dev: .venv/.made requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	@touch $@ .venv/.run

run: .venv/.run  ## everything on http://127.0.0.1:8000 with a demo world; Ctrl-C ends it
	@exec $(BIN)/python manage.py serve

test: .venv/.dev  ## the whole suite on the embedded defaults
	env -u DATABASE_URL -u REDIS_URL -u DEMO $(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

test-services: .venv/.dev  ## what a database can change, on PostgreSQL and Redis
	env -u DEMO $(BIN)/python -m tests.services -n $(WORKERS) $(PYTEST_ARGS)

check: export DEMO = 0
check: .venv/.dev  ## format, lint, types, floors, migrations, templates, plans, OpenAPI
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_templates
	$(BIN)/python manage.py load_plans --check
	@mkdir -p var
	$(OPENAPI) api.schema.ForClients --file var/openapi.json && diff -u api/openapi.json var/openapi.json
	$(OPENAPI) api.schema.ForStaff --file var/openapi-staff.json && diff -u api/openapi-staff.json var/openapi-staff.json

openapi: .venv/.dev  ## writes the OpenAPI documents anew
	$(OPENAPI) api.schema.ForClients --file api/openapi.json
	$(OPENAPI) api.schema.ForStaff --file api/openapi-staff.json

bench: .venv/.dev  ## the benchmarks, with a table at the end
	env -u DEMO $(BIN)/python -m benchmarks

format: .venv/.dev  ## writes what check would ask for
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
