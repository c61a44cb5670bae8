# Every recipe is one call of Python, so that nothing but make, a shell and Python >= 3.11 is needed.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SERVE ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint serve worker bench train requirements migrate format secrets schema

help: ## Show this list
	@$(PYTHON) tools/make_help.py $(MAKEFILE_LIST)

$(INSTALLED): requirements/runtime.txt requirements/dev.txt tools/install.py
	@$(if $(PYTHON),,$(error Python 3.11 or newer was not found: install it or call make PYTHON=/path/to/python))
	@$(PYTHON) tools/install.py $(VENV) requirements/runtime.txt requirements/dev.txt

demo: $(INSTALLED) ## Set everything up, read the bundled articles through a Celery worker, serve the desk (SERVE=0: stop after printing)
	@$(BIN)/python manage.py demo $(if $(filter 0,$(SERVE)),--no-serve)

test: $(INSTALLED) ## Run the tests on an embedded PostgreSQL
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(INSTALLED) ## Check style, types, import directions and missing migrations
	@$(BIN)/python tools/lint.py

format: $(INSTALLED) ## Rewrite the code as the linter wants it
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

schema: $(INSTALLED) ## Write docs/openapi.yaml anew, after a change of the API
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

migrate: $(INSTALLED) ## Bring the database up to date
	@$(BIN)/python manage.py migrate

serve: migrate ## Serve the desk on http://127.0.0.1:8000 (PORT=... for another port)
	@$(BIN)/python manage.py runserver $(or $(PORT),8000)

worker: migrate ## Run a Celery worker with the scheduler in it
	@$(BIN)/celery -A factcheck worker --beat --loglevel INFO --concurrency $(or $(CONCURRENCY),2)

bench: $(INSTALLED) ## Run the benchmarks and print their tables
	@$(BIN)/python -m benchmarks

train: ## Train the extraction model anew from ../shared/data, in hours on two cores (ARGS=--help)
	@$(PYTHON) tools/train.py $(ARGS)

requirements: $(INSTALLED) ## Pin requirements/*.in again, with hashes (UPGRADE=1: newest versions)
	@$(BIN)/python tools/compile_requirements.py $(if $(UPGRADE),--upgrade)

secrets: ## Write the secrets of docker-compose.yml into secrets/, once
	@$(PYTHON) tools/make_secrets.py
