# What one types here; bare `make` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run stop seed doctor test check load faults faults-see new-game assets translations clean

# What the front end's bundles and the compiled translations are made from.
ASSETS := hatch_build.py $(shell find scrm/fronts/static/src scrm/fronts/static/build.mjs games scrm/translations \
	-type f -not -name '*.py' -not -name '*.mo' -not -path '*/_built/*' 2>/dev/null)

help: ## list what there is
	@echo "make WHAT, where WHAT is one of:"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F '|' '{ printf "  %-12s %s\n", $$1, $$2 }'

run: .venv/.assets ## start everything with the demo brand, and print the addresses (PORT=8000)
	@SCRM_DEMO=$${SCRM_DEMO:-1} exec .venv/bin/scrm up

stop: .venv/.installed ## stop what a `make run` in another terminal, or a killed one, left running
	@.venv/bin/scrm stop

seed: .venv/.installed ## make the demo brand in an empty database (MEMBERS=5000)
	@.venv/bin/scrm seed --members $${MEMBERS:-5000}

doctor: .venv/.installed ## check every invariant and balance of the running installation
	@SCRM_DEMO=$${SCRM_DEMO:-1} .venv/bin/scrm doctor

test: .venv/.assets .venv/.browser ## the whole suite, on real PostgreSQL, Valkey, RQ and Chromium (ARGS="-k wheel")
	@. .venv/.browser && unset PYTHONDONTWRITEBYTECODE && exec .venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/.assets ## linters, types, layers, translations, migrations
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python -m tools.translations
	@.venv/bin/python -m tools.migrations

load: .venv/.assets ## a campaign evening in the pulse shape, and the books compared afterwards
	@exec .venv/bin/python -m loadtests.run load

faults: .venv/.assets ## the same while processes are killed at random
	@exec .venv/bin/python -m loadtests.run faults

faults-see: .venv/.assets ## plant faults into such runs: each must be found
	@exec .venv/bin/python -m loadtests.run see

new-game: .venv/.installed ## start a new game from the template (SLUG=snowball KIND=skill)
	@exec .venv/bin/python -m games.new "$(or $(SLUG),$(slug))" "$(or $(KIND),$(kind),skill)"

assets: .venv/.installed ## build the front end's bundles and the translations anew
	@.venv/bin/python hatch_build.py && touch .venv/.assets

clean: ## remove what was built and installed; the data under var/ stays
	rm -rf .venv scrm/fronts/static/dist scrm/fronts/static/node_modules games/_built
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: pyproject.toml hatch_build.py bin/setup $(wildcard scrm/fronts/static/package-lock.json)
	@bin/setup

.venv/.assets: .venv/.installed $(ASSETS)
	@.venv/bin/python hatch_build.py && touch $@

.venv/.browser: bin/browser .venv/.installed
	@bin/browser
