PYTHON := .venv/bin/python

.PHONY: setup translations
setup:
	@bash dev/setup.sh
translations:
	@true
