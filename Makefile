# Every command of README. Each sets up what it needs, on Python 3.11 or newer. `.venv/bin/daily-papers` has more commands.

# Lambda's minor version where this machine has it, so that tests run what runs there; else any from 3.11 on.
PYTHONS = python3.13 $(wildcard $(HOME)/.pyenv/versions/3.13.*/bin/python) python3.12 python3.11 python3.14 python3 \
	$(wildcard $(HOME)/.pyenv/versions/3.1[124].*/bin/python)
PYTHON ?= $(firstword $(foreach python,$(PYTHONS),$(shell $(python) -c '$(USABLE)' 2>/dev/null && echo $(python))))
USABLE = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
OUT ?= out
PORT ?= 8000
SEEDS ?= 200
VARIABLES = OUT DAY WEEK MONTH LISTING MODEL SOURCES PARAMETERS PORT STACK EMAIL SEEDS PYTHON
# A misspelt variable would be passed over, and the sample day made in place of what was asked for.
GIVEN = $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name)))
UNKNOWN := $(filter-out $(VARIABLES) RUN TOOLS SHELL MAKE% -%,$(GIVEN))
$(if $(UNKNOWN),$(error $(UNKNOWN): no such variable. There are $(VARIABLES)))

RUN = .venv/bin/python
CLI = $(RUN) -m local
MAKE_ENVIRONMENT = $(or $(PYTHON),$(error Python 3.11 or newer with venv is needed, and none was found)) .ci/environment.py
# Each worker collects every test. It compiles them all unless it may keep what another run compiled.
PYTEST = PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest -n auto --dist worksteal
TOOLS = .tools/bin
# Values of parameters that add or remove resources: cfn-lint sees the template with each.
COMBINATIONS = Hosting=private 'Hosting=website SignUp=true' 'Hosting=cloudfront SignUp=true'
# A value as one word of the shell, whatever quotes are in it.
quoted = '$(subst ','\'',$(1))'
DEPLOY = PYTHONPATH=. $(RUN) .ci/deploy.py $(call quoted,$(STACK)) $(call quoted,$(EMAIL)) $(call quoted,$(PARAMETERS))

.PHONY: digest site serve mcp test test-extra test-all check build bench simulate deployable deploy emulate audit docs clean

digest: .venv/digest
	@$(CLI) digest --day=$(call quoted,$(DAY)) --week=$(call quoted,$(WEEK)) --month=$(call quoted,$(MONTH)) \
		--listing=$(call quoted,$(LISTING)) --model=$(call quoted,$(MODEL)) --sources=$(call quoted,$(SOURCES)) \
		--out=$(call quoted,$(OUT)) --parameters=$(call quoted,$(PARAMETERS))

site: .venv/digest
	@$(CLI) site --out=$(call quoted,$(OUT)) --parameters=$(call quoted,$(PARAMETERS))

serve: .venv/digest
	@$(CLI) serve --out=$(call quoted,$(OUT)) --port=$(call quoted,$(PORT))

mcp: .venv/mcp
	@echo $(call quoted,The command for an MCP client: $(CURDIR)/.venv/bin/daily-papers mcp)

test: .venv/test
	$(PYTEST) -m 'not extra'

test-extra: .venv/test
	$(PYTEST) -m extra

test-all: test test-extra

check: .venv/test .tools/done
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(RUN) -m mypy
	PATH='$(abspath $(TOOLS))':"$$PATH" $(TOOLS)/actionlint
	[ ! -x $(TOOLS)/shellcheck ] || $(TOOLS)/shellcheck .ci/run .ci/audit
	$(TOOLS)/cfn-lint template.yaml
	$(TOOLS)/python .ci/transform.py template.yaml .tools/transformed.json
	for each in $(COMBINATIONS); do $(TOOLS)/cfn-lint .tools/transformed.json --parameters $$each || exit 1; done
	SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=ap-northeast-2 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
		$(TOOLS)/sam validate --lint

build: .venv/digest .tools/done
	SAM_CLI_TELEMETRY=0 PYTHON='$(abspath $(RUN))' $(TOOLS)/sam build
	.ci/build-check $(RUN)

bench: .venv/test
	$(RUN) -m tests.bench

simulate: .venv/test
	$(RUN) -m tests.simulation --seeds $(call quoted,$(SEEDS))

deployable: .venv/digest
	@$(DEPLOY)

deploy: deployable build
	@SAM_CLI_TELEMETRY=0 $(DEPLOY) $(TOOLS)/sam

emulate: build .emulator/done .venv/test
	$(RUN) -m tests.emulator

audit: .audit/done .venv/test
	.ci/audit

docs: .venv/digest
	PYTHONPATH=. $(RUN) .ci/parameters.py

clean:
	rm -rf .venv .tools .emulator .audit .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/digest: layers/requirements.txt local/requirements.txt
	@$(MAKE_ENVIRONMENT) .venv $@ $^
	@printf '#!/bin/sh\nPYTHONPATH="%s" exec "%s/.venv/bin/python" -m local "$$@"\n' '$(CURDIR)' '$(CURDIR)' >.venv/bin/daily-papers
	@chmod +x .venv/bin/daily-papers

.venv/mcp: local/mcp/requirements.txt | .venv/digest
	@$(MAKE_ENVIRONMENT) .venv $@ $^

.venv/test: tests/requirements.txt local/mcp/requirements.txt | .venv/digest
	@$(MAKE_ENVIRONMENT) .venv $@ $^

.tools/done: .ci/tools.txt
	@$(MAKE_ENVIRONMENT) .tools $@ $^

.emulator/done: .ci/emulator.txt
	@$(MAKE_ENVIRONMENT) .emulator $@ $^

.audit/done: .ci/audit.txt
	@$(MAKE_ENVIRONMENT) .audit $@ $^
