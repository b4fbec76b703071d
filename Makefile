# `make run` needs make, Python 3.10 to 3.13 and a package index. Everything else goes into .venv.

PYTHON ?=
ARGS ?=
WORKERS := -n logical --maxprocesses 4 --dist worksteal
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SUITABLE := import sys; sys.exit(not (3, 10) <= sys.version_info[:2] < (3, 14))

.DEFAULT_GOAL := help
.PHONY: help run test test-gradio check bench bench-peers bench-forms bench-check bench-retrieval bench-lists bench-scale bench-load bench-start page-picture lock wheel clean

help: ## list these targets
	@echo "paperchat: ask a set of research papers in the browser"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'
	@echo
	@echo "PYTHON=/path/to/python chooses what .venv is made with; ARGS='...' goes to paperchat, pytest, a bench or uv."

run: $(READY) ## install into .venv if needed, index the papers, open the page
	@$(BIN)/paperchat $(ARGS)

test: $(READY) ## run the whole test suite on all cores; what needs Chromium or Ollama skips where they are not
	@$(BIN)/python -m pytest $(WORKERS) $(ARGS) || { [ $$? -eq 1 ] && \
	  echo "What failed beside other tests is run once more, alone." && \
	  $(BIN)/python -m pytest --last-failed --last-failed-no-failures none $(ARGS); }

test-gradio: $(READY) ## the look of the page on the lowest and the newest Gradio that pyproject.toml allows
	@$(BIN)/python -m tests.gradios $(ARGS)

check: $(READY) ## lint, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: bench-peers bench-forms bench-check bench-retrieval bench-lists bench-scale bench-load bench-start ## run all benchmarks, into vectorstore/bench (hours the first time)

bench-peers: $(READY) ## paperchat beside LlamaIndex, Chroma and BM25 on the same questions, and with a model
	@$(BIN)/python -m tests.bench peers $(ARGS)

bench-forms: $(READY) ## citations held to a schema beside citations written freely, with a model
	@$(BIN)/python -m tests.bench forms $(ARGS)

bench-check: $(READY) ## claims checked beside word overlap and two published checkers, without a model
	@$(BIN)/python -m tests.bench check $(ARGS)

bench-retrieval: $(READY) ## LitSearch over 20,000 and 60,000 papers, and SciFact
	@$(BIN)/python -m tests.bench retrieval $(ARGS)

bench-lists: $(READY) ## lists over 20,000 papers against topics labelled by hand, without a model
	@$(BIN)/python -m tests.bench lists $(ARGS)

bench-scale: $(READY) ## index time, memory, disk, start-up and query time at 1,000 to 100,000 papers
	@$(BIN)/python -m tests.bench scale $(ARGS)

bench-load: $(READY) ## 50 readers at once and 500 questions one after another, without a model and with a scripted one
	@$(BIN)/python -m tests.bench load $(ARGS)

bench-start: $(READY) ## a question from the shell beside the import of Chroma alone
	@$(BIN)/python -m tests.bench start $(ARGS)

page-picture: $(READY) ## take .github/page.png, the README's picture of the page (needs Chromium)
	@$(BIN)/python -m tests.picture $(ARGS)

lock: ## rewrite requirements.txt from pyproject.toml (needs uv; ARGS=--upgrade for newer versions)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.10 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.txt $(ARGS)

wheel: $(READY) ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build

clean: ## remove .venv, dist and caches; never the store
	rm -rf $(VENV) .venv-gradio dist .pytest_cache .mypy_cache .ruff_cache
	find paperchat tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so an interrupted install starts again; pip keeps what it already has.
$(READY): requirements.txt pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { $(make_venv); }
	@echo "Installing paperchat into $(VENV): once, and it takes a few minutes."
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(READY)

# A Python counts only when it runs: a pyenv shim may be there for a version that is not. Debian has venv apart.
define make_venv
  found=; without_venv=; \
  for python in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3.10 python3 python); do \
    "$$python" -c '$(SUITABLE)' >/dev/null 2>&1 || continue; \
    if "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$python; break; fi; \
    without_venv=$$python; \
  done; \
  if [ -n "$$found" ]; then \
    echo "Making $(VENV) with $$("$$found" -c 'import sys; print("Python", sys.version.split()[0], "at", sys.executable)')."; \
    rm -rf $(VENV) && "$$found" -m venv $(VENV); \
  elif [ -n "$$without_venv" ]; then \
    echo "$$without_venv cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
  else \
    echo "$(if $(PYTHON),$(PYTHON) does not run as,Found no working) Python 3.10 to 3.13." \
      "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; exit 1; \
  fi
endef
