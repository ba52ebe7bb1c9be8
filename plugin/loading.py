"""Import many modules one by one, so that a window can react in between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path

from .paths import ROOT

_IMPORT = re.compile(r"^(?:from|import) ([.\w]+)", re.MULTILINE)


def load_in_steps(modules: Iterable[str]) -> Iterator[None]:
    """Import modules and first what they import, each in a step of its own.

    A module that cannot be imported is left to those who need it.
    """
    met: set[str] = set()
    for module in modules:
        for name in _in_order(module, met):
            with suppress(ImportError):
                import_module(name)
            yield


def _in_order(module: str, met: set[str], within: tuple[str, ...] = ()) -> Iterator[str]:
    if not module or module in met:
        return
    met.add(module)
    if (path := _file(module)) is not None:
        home = module.rpartition(".")[0]
        yield from _in_order(home, met, within)
        package = module if path.name == "__init__.py" else home
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            yield from _in_order(resolve_name(name, package), met, (*within, module))
    # What lies in a package that is still to come would bring all of that package.
    if not any(module.startswith(f"{package}.") for package in within):
        yield module


def _file(module: str) -> Path | None:
    """Return the file of a module of ours; None for others'."""
    home, _, rest = module.partition(".")
    if home != __package__.partition(".")[0]:
        return None
    path = ROOT.joinpath(*rest.split("."))
    candidates = (path / "__init__.py", path.with_suffix(".py"))
    return next((c for c in candidates if c.is_file()), None)
