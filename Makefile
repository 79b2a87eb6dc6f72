# A verb for each habit. All of them work in a virtual environment of their own, .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test check format bench screenshots

run: $(READY)
	$(BIN)/trainer

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/session.py
	$(BIN)/python benchmarks/first_picture.py
	$(BIN)/python benchmarks/rate.py
	$(BIN)/python benchmarks/sound.py
	$(BIN)/python -m benchmarks.heard
	$(BIN)/python benchmarks/drawing.py
	$(BIN)/python benchmarks/chart.py
	$(BIN)/python benchmarks/figure.py
	$(BIN)/python benchmarks/moving.py

screenshots: $(READY)
	$(BIN)/python scripts/screenshots.py
	$(BIN)/python scripts/moving_picture.py
	$(BIN)/python scripts/make_drill_pictures.py

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'
	touch $(READY)
