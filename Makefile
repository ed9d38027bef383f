# The whole project in thin lines. "make book" and "make test" need Python 3.11 or newer, nothing else.
PYTHON ?= python3
# Both editions of a chapter hold the same code and outputs, or test-fast fails: so one run of nbval tells it of both.
# "make test EDITIONS=book" runs it over both all the same.
EDITIONS ?= book/ko
BIN := .venv/bin
RUN := $(BIN)/python -m
INSTALLED := .venv/installed
SITE := _build/html/index.html

.PHONY: help book serve lab test test-fast test-browser chapters lint bench lock clean

help:                    # this list
	@sed -nE 's/^([a-z-]+):[^#]*# (.*)/make \1	\2/p' Makefile | expand -t 20

book: $(SITE)            # the site, in _build/html

$(SITE): $(INSTALLED) _config.yml _toc.yml mnist_tutorial/data/benchmarks.json $(shell find book mnist_tutorial/widget -type f -not -name "*.pyc" -not -path "*/.*")
	$(BIN)/python book/make_site.py

serve: $(INSTALLED)      # the site at http://127.0.0.1:8000, made anew and reloaded when a source is saved
	$(BIN)/python book/serve.py

lab: $(INSTALLED)        # the chapters in JupyterLab, as copies in _work that may be changed at will
	$(BIN)/python book/lab.py

test: $(INSTALLED)       # the library, the editions, and nbval over every chapter
	$(RUN) pytest --numprocesses 2 --dist worksteal --cov --ignore tests/browser
	$(RUN) pytest --numprocesses 2 --dist loadscope --nbval --nbval-current-env $(EDITIONS)

test-fast: $(INSTALLED)  # the same without what trains for long: neither chapters nor the slow tests
	$(RUN) pytest --numprocesses 2 --dist worksteal --ignore tests/browser -m "not slow and not bench"

test-browser: book       # the site in Chromium or Chrome, if the machine has one
	$(RUN) pytest --numprocesses 2 -rs tests/browser

chapters: $(INSTALLED)   # run the chapter sources, rewrite both editions
	$(BIN)/python book/make_notebooks.py

lint: $(INSTALLED)       # ruff and mypy
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

bench: $(INSTALLED)      # against PyTorch, JAX, and scikit-learn, installed for this alone; trains the shipped networks again; 45 minutes
	$(RUN) pip install --quiet --requirement benchmarks/requirements.txt
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python book/make_notebooks.py a3_speed
	$(RUN) pytest -m bench tests/test_pretrained.py

lock:                    # the exact versions, after a change of dependencies in pyproject.toml; needs uv
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-strip-extras \
		--generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.txt

clean:                   # remove all that make has made; _work stays
	rm -rf .venv _build build dist *.egg-info

$(INSTALLED): requirements.txt pyproject.toml book/ipython_kernel_config.py
	$(PYTHON) -m venv .venv
	$(RUN) pip install --quiet --requirement requirements.txt
	$(RUN) pip install --quiet --no-deps --no-build-isolation --editable .
	mkdir -p .venv/etc/ipython
	cp book/ipython_kernel_config.py .venv/etc/ipython
	@touch $@
