# Kefu's commands. Each sets up what it needs by itself; `make help` lists them.
# PYTHON=/path/to/python3 names the Python to begin with; PORT, SIM_PORT and KEFU_DATA are for `make run`.

SETUP := sh config/setup/start.sh
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test test-services bench bench-compare faults soak import-large mutations fuzz setup client lint format types layers generated generate migrations-check seed reset lock check

run: ## start Kefu on this machine: installs, builds, migrates, seeds an empty database, serves
	@$(SETUP) run

test: ## all tests on the embedded default, browser tests included (ARGS="-k ticks" for pytest's own arguments)
	@$(SETUP) test $(ARGS)

test-services: ## the same Python tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@$(SETUP) test-services $(ARGS)

bench: ## the table of figures, each with its reference (ROW=a for one row; ARGS="--profile embedded --json FILE")
	@$(SETUP) bench $(if $(ROW),--row $(ROW)) $(ARGS)

bench-compare: ## this version against BASE=<git ref>, in turn (ROW=a)
	@$(SETUP) bench-compare $(BASE) $(if $(ROW),--row $(ROW)) $(ARGS)

faults: ## every fault, the long ones too, on both profiles, and what was lost (ARGS="-k redis"; needs both services)
	@$(SETUP) faults $(ARGS)

soak: ## a day of 80 messages a second within KEFU_SOAK_MINUTES=10: nothing lost, nothing doubled (both profiles)
	@$(SETUP) soak $(ARGS)

import-large: ## a file of KEFU_IMPORT_LINES=200000 through the wizard in a browser, and back: lines a second, the worker's memory
	@$(SETUP) import-large $(ARGS)

mutations: ## take each guard out once: a test must notice (ARGS="lease" for those whose name holds a word)
	@$(SETUP) mutations $(ARGS)

fuzz: ## the fuzz tests for minutes, with a new seed (SEED, KEFU_FUZZ_TIMES; DATABASE_URL for PostgreSQL)
	@$(SETUP) fuzz $(ARGS)

setup: ## install everything for development, without starting anything
	@$(SETUP) develop

client: ## build the browser client when its source changed
	@$(SETUP) client

lint: ## ruff and biome
	@$(SETUP) tool ruff check .
	@$(SETUP) tool ruff format --check .
	@$(SETUP) npm run --silent lint

format: ## let ruff and biome rewrite what they can
	@$(SETUP) tool ruff check --fix .
	@$(SETUP) tool ruff format .
	@$(SETUP) npm run --silent format

types: ## mypy and tsc
	@$(SETUP) tool mypy .
	@$(SETUP) npm run --silent types

layers: ## imports go one way only
	@$(SETUP) script lint-imports

generated: ## are the generated files current?
	@$(SETUP) develop
	@$(SETUP) manage generate --check
	@$(SETUP) schema --check

generate: ## write the generated files anew
	@$(SETUP) develop
	@$(SETUP) manage generate
	@$(SETUP) schema

migrations-check: ## is a migration missing?
	@$(SETUP) manage makemigrations --check --dry-run

check: lint types layers migrations-check generated test ## everything that CI does on one machine without services

seed: ## fill an empty database with the demo world
	@$(SETUP) manage prepare --verbosity 0
	@$(SETUP) manage seed_demo

reset: ## delete the database and files in the data folder, then seed anew
	@$(SETUP) reset
	@$(MAKE) --no-print-directory seed

lock: ## compile the hashed locks from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(SETUP) lock $(ARGS)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
