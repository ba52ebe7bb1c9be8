"""Python packages that Wangge builds on: which are missing here, and how this platform gets them."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from .translation import translate

#: Package -> the oldest version that serves.
NEEDED = {
    "numpy": "1.22",
    "shapely": "2.0",
    "scipy": "1.7",
    "psycopg2": "2.9",
    "fiona": "1.8",
    "openpyxl": "3.0",
}
#: Without these nothing works.
ESSENTIAL = ("numpy", "shapely")


@dataclass(frozen=True)
class Lack:
    """A package that is absent or too old.

    Attributes
    ----------
    name : str
    found : str
        The version that is there, empty when there is none.
    needed : str
    """

    name: str
    found: str
    needed: str


def lacks() -> list[Lack]:
    """Return the packages that are absent or too old; nothing is imported for it."""
    found = []
    for name, needed in NEEDED.items():
        there = _version(name)
        if there is None or _older(there, needed):
            found.append(Lack(name, there or "", needed))
    return found


def _version(name: str) -> str | None:
    try:
        if find_spec(name) is None:
            return None
    except ImportError:
        return None
    for distribution in (name, f"{name}-binary"):
        try:
            return version(distribution)
        except PackageNotFoundError:
            continue
    # Some systems ship a package without saying its version: taken as it is.
    return ""


def _older(there: str, needed: str) -> bool:
    if not there:
        return False
    return _numbers(there) < _numbers(needed)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", text)[:3])


def purpose(name: str) -> str:
    """Return what a package is needed for."""
    return {
        "numpy": translate("Wangge", "everything"),
        "shapely": translate("Wangge", "everything"),
        "scipy": translate("Wangge", "cutting, checking and comparing unit grids"),
        "psycopg2": translate("Wangge", "the platform database"),
        "fiona": translate("Wangge", "the import of components from files"),
        "openpyxl": translate("Wangge", "Excel workbooks"),
    }[name]


def how_to_install(names: list[str]) -> str:
    """Return the exact step that brings packages to this platform's QGIS."""
    wanted = " ".join(f'"{name}>={NEEDED[name]}"' for name in names)
    if sys.platform == "win32":
        return translate(
            "Wangge",
            "Close QGIS, open the OSGeo4W Shell from the start menu and enter:\n{command}",
        ).format(command=f"python -m pip install {wanted}")
    if sys.platform == "darwin":
        python = Path(sys.prefix) / "bin" / "python3"
        return translate("Wangge", "Close QGIS, open Terminal and enter:\n{command}").format(
            command=f'"{python}" -m pip install {wanted}'
        )
    packages = " ".join(f"python3-{name}" for name in names)
    command = f"sudo apt install {packages}"
    if not Path("/etc/debian_version").exists():
        command = f"{_python()} -m pip install --user {wanted}"
    elif "shapely" in names:
        # Debian 12 has Shapely 1.8; a wheel's GEOS would get mixed with QGIS's own.
        command += (
            "\nsudo apt install libgeos-dev python3-dev g++\n"
            f"{_python()} -m pip install --user --break-system-packages --no-binary shapely "
            f'"shapely>={NEEDED["shapely"]}"'
        )
    return translate("Wangge", "Close QGIS, open a terminal and enter:\n{command}").format(
        command=command
    )


def _python() -> str:
    return "/usr/bin/python3" if os.access("/usr/bin/python3", os.X_OK) else "python3"
