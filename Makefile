# The commands people and CI use alike. Each prints what it does and ends in a clear line.

PYTHON ?= $(shell scripts/find-python)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SESSIONS ?= sessions
ONLY ?=
LONG ?=
DATA ?=
ARGS ?=

.PHONY: help demo run test check unit bench bench-switching screenshots format clean

help:
	@echo "make run     open the desk: the desktop app, on the demo show if there is no other"
	@echo "make demo    record the demo show into $(SESSIONS)/ and make a master and highlights of it (no camera)"
	@echo "make test    install what is missing, check the code, run every test"
	@echo "make check   format, lint, types, who may import whom"
	@echo "make bench   measure against the goals; ONLY=name for one row, LONG=1 for the long ones"
	@echo "make bench-switching   is the right person on air? DATA=folder for other shows, ARGS=--help for the options"

$(READY): pyproject.toml constraints.txt
	@echo "== installing into $(VENV)"
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make virtual environments: apt-get install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: $(READY)
	@$(BIN)/director-desk $(if $(ARGS),$(ARGS))

demo: $(READY)
	@folder="$$($(BIN)/director demo --sessions $(SESSIONS))" && \
		$(BIN)/director render "$$folder" --master --highlights --timelines --lower-thirds && \
		echo "$$folder"
	@echo "== done: open overview.png, master.mp4, highlights.mp4 and timeline.kdenlive in the folder above"

check: $(READY)
	@echo "== format and lint"
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --diff . ; exit 1; }
	@$(BIN)/ruff check --quiet .
	@echo "== types"
	@$(BIN)/mypy
	@echo "== who may import whom"
	@$(BIN)/lint-imports --no-logo
	@echo "== check: good"

test: check
	@scripts/system-packages test
	@echo "== tests that may run beside others, three at a time, because they often wait"
	@$(BIN)/python -m pytest -q -n 3 --dist loadgroup -m "not realtime and not light"
	@echo "== tests that must be in time and mostly wait, two at a time"
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "light and not realtime"
	@echo "== tests that must be in time, one at a time"
	@$(BIN)/python -m pytest -q -m realtime
	@echo "== test: good"

unit: $(READY)
	@$(BIN)/python -m pytest -q tests/unit

bench: $(READY)
	@$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(LONG),--long)

bench-switching: $(READY)
	@$(BIN)/python -m tests.bench.switching $(if $(DATA),--data '$(DATA)') $(ARGS)

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

screenshots: $(READY)
	@$(BIN)/python scripts/screenshots docs/screenshots
	@echo "== done: look at docs/screenshots"

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
