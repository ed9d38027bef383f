# The whole project in thin lines. "make book" and "make test" need Python 3.11 or newer, nothing else.
PYTHON ?= python3
# Both editions of a chapter hold the same code and outputs, or test-fast fails: so one run of nbval tells it of both.
# "make test EDITIONS=book" runs it over both all the same; .ci/run does.
EDITIONS ?= book/ko
BIN := .venv/bin
RUN := $(BIN)/python -m
INSTALLED := .venv/installed
SITE := _build/html/index.html

.PHONY: book test test-fast test-browser chapters lint bench lock clean

book: $(SITE)            # the site, in _build/html
	@echo && echo "Open $(SITE)"

# --all: each page shows the chapters around it, which Sphinx would leave as they were.
$(SITE): $(INSTALLED) _config.yml _toc.yml $(shell find book -type f -not -name "*.pyc" -not -path "*/.*")
	$(BIN)/jupyter-book build . --all -W --keep-going
	@touch $@

test: test-fast          # the library, the editions, and nbval over every chapter
	$(RUN) pytest --numprocesses 2 --dist loadscope --nbval --nbval-current-env $(EDITIONS)

test-fast: $(INSTALLED)  # the library and the editions, without running the chapters
	$(RUN) pytest --numprocesses 2 --dist worksteal --cov --ignore tests/browser

test-browser: book       # the site in Chromium or Chrome, if the machine has one
	$(RUN) pytest --numprocesses 2 -rs tests/browser

chapters: $(INSTALLED)   # run the chapter sources, rewrite both editions
	$(BIN)/python book/make_notebooks.py

lint: $(INSTALLED)
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

bench: $(INSTALLED)      # against PyTorch and scikit-learn, which are installed for this alone; about 15 minutes
	$(RUN) pip install --quiet --requirement benchmarks/requirements.txt
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python book/make_notebooks.py a3_benchmarks

lock:                    # after a change of dependencies in pyproject.toml; needs uv
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.txt

clean:
	rm -rf .venv _build *.egg-info

$(INSTALLED): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(RUN) pip install --quiet --requirement requirements.txt
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
