# Two commands are all a new machine needs: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out

.PHONY: demo test check lint types contracts faults mutants bench train screenshots lock clean

$(BIN)/reviewflow: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.tested: requirements-test.lock $(BIN)/reviewflow
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-test.lock
	tests/system-packages
	touch $@

demo: $(BIN)/reviewflow
	mkdir -p $(OUT)
	rm -f $(OUT)/proposals.*
	$(BIN)/reviewflow classify data/samples || test $$? -eq 3
	$(BIN)/reviewflow classify data/samples --quiet -o $(OUT)/proposals.csv 2>/dev/null || test $$? -eq 3
	$(BIN)/reviewflow classify data/samples --quiet -o $(OUT)/proposals.html 2>/dev/null || test $$? -eq 3
	@echo "已写成 $(OUT)/proposals.csv 和 $(OUT)/proposals.html"
	$(BIN)/python docs/demo_month.py

# Two processes, a file of tests each: what a file sets up is set up once, and the whole stays below twenty minutes.
test: $(VENV)/.tested check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint types contracts

lint: $(VENV)/.tested
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

types: $(VENV)/.tested
	$(BIN)/mypy

contracts: $(VENV)/.tested
	$(BIN)/lint-imports

# Two thousand signatures by twelve processes, and fifty kills: some minutes.
faults: $(VENV)/.tested
	$(BIN)/python -m pytest --long tests/integration/test_signing_together.py tests/integration/test_importing.py

# Small faults in domain, rules, review, tidy and the number detectors, and the tests over each: a quarter of an hour.
mutants: $(VENV)/.tested
	$(BIN)/python tests/mutants.py

bench: $(VENV)/.tested
	cd benchmarks && for script in propose sensitive reading memory importing queue_cost desk; do ../$(BIN)/python $$script.py || exit 1; done

screenshots: $(VENV)/.tested demo
	$(BIN)/python docs/make_screenshots.py

train: $(BIN)/reviewflow
	$(BIN)/reviewflow model train --activate
	$(BIN)/reviewflow model report -o models/$$(cat models/ACTIVE)/report.html

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --extra test pyproject.toml --output-file requirements-test.lock

clean:
	rm -rf $(OUT) $(VENV) .pytest_cache .mypy_cache .ruff_cache
