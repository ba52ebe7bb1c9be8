# Everything a newcomer needs: `make demo`, `make test`.
PYTHON := .venv/bin/python
RUFF := .venv/bin/ruff
TS := resources/i18n/wangge_zh_CN.ts
# A real window without a screen; -noreset keeps the server while QGIS restarts.
XVFB := xvfb-run -a -s "-screen 0 1600x1000x24 -dpi 96 -noreset"

.PHONY: help setup demo demo-gui test pytest test-matrix test-faults test-histories bench lint format \
        typecheck zip link docs strings translations screenshots clean

help:
	@echo "make demo        sample city -> unit grids -> census -> risks -> platform database"
	@echo "make demo-gui    the same results in QGIS"
	@echo "make test        set-up, lint, types, all tests"
	@echo "make bench       peers side by side"
	@echo "make zip         dist/wangge.zip for 'Install from ZIP'"
	@echo "make link        link this checkout into your own QGIS profile"
	@echo "also: setup test-matrix test-faults test-histories lint format typecheck strings translations docs screenshots"

setup:
	@bash dev/setup.sh

demo: setup
	@$(PYTHON) dev/demo.py

demo-gui: setup
	@[ -f .demo/wangge-demo.qgz ] || $(PYTHON) dev/demo.py
	@.venv/bin/qgis .demo/wangge-demo.qgz

test: setup lint typecheck pytest

pytest:
	@$(XVFB) $(PYTHON) -m pytest $(PYTEST_ARGS)

test-faults: setup
	@WANGGE_FAULTS=200 $(PYTHON) -m pytest --hypothesis-profile=search tests/database $(PYTEST_ARGS)

# Thousands of census histories; goes on where it was broken off.
test-histories: setup
	@nice $(PYTHON) dev/histories.py $(HISTORIES_ARGS)

test-matrix: setup
	@bash dev/matrix.sh $(PYTEST_ARGS)

bench: setup
	@PYTHONPATH=.dev $(PYTHON) -P -m wangge.benchmarks $(BENCH)

lint:
	@$(RUFF) check .
	@$(RUFF) format --check .
	@QT_QPA_PLATFORM=offscreen $(PYTHON) dev/qt6.py

format:
	@$(RUFF) check --fix .
	@$(RUFF) format .

typecheck:
	@cd .dev && ../$(PYTHON) -m mypy --config-file ../pyproject.toml --cache-dir ../.mypy_cache \
	  -p wangge.plugin -p wangge.processing

# Collect new texts into the catalogue; then translate what is unfinished in it.
strings:
	@$(PYTHON) dev/strings.py

translations:
	@PATH="$$PATH:/usr/lib/qt5/bin" lrelease -silent $(TS) -qm resources/i18n/.new.qm
	@mv -f resources/i18n/.new.qm resources/i18n/wangge_zh_CN.qm  # a QGIS that runs keeps its own

zip: translations
	@bash dev/zip.sh

# The reference pages of the guide, from the algorithms and rules themselves.
docs: translations
	@$(PYTHON) dev/docs.py

link:
	@bash dev/link.sh

screenshots: setup
	@$(PYTHON) dev/screenshots.py

clean:
	@rm -rf .demo dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .histories
