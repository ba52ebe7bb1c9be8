"""Peers that run in processes and environments of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from wangge.plugin.grid.partition import PartitionInput

from .simple import parts_of, streets_polygonized

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parents[1] / ".peers"
# Of one method on one town; what takes longer is told and left out of the table.
LONGEST = 3600


class PeerFailedError(Exception):
    """A peer could not be had, or gave nothing."""


def environment() -> Path:
    """Return the Python of the peers' own environment, which is made where it is missing."""
    python, wanted = ENVIRONMENT / "bin" / "python", HERE / "requirements.txt"
    stamp = ENVIRONMENT / ".requirements"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return python
    print(f"Installing the peers in {ENVIRONMENT.name}/ …", flush=True)
    # None of the system's packages: its pyproj does not find its data from there.
    subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", wanted]
    done = subprocess.run(pip, capture_output=True, text=True, env=_clean())
    if done.returncode:
        raise PeerFailedError(f"pip could not install the peers: {done.stderr[-300:]}")
    stamp.write_text(wanted.read_text())
    return python


def regions(method: str) -> Callable[[PartitionInput], np.ndarray]:
    """Return a method of ``regions.py``."""

    def cut(town: PartitionInput) -> np.ndarray:
        return _run([environment(), HERE / "regions.py", method], town, _clean())

    return cut


def polygon_divider(plugin: Path, *, blocks: bool) -> Callable[[PartitionInput], np.ndarray]:
    """Return Polygon Divider on communities, or on the blocks that streets make of them."""

    def cut(town: PartitionInput) -> np.ndarray:
        if blocks:
            town = replace(town, communities=streets_polygonized(town))
        program = [sys.executable, "-P", HERE / "polygon_divider.py", plugin]
        return _run(program, town, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    return cut


def _run(program: list, town: PartitionInput, variables: dict[str, str]) -> np.ndarray:
    with tempfile.TemporaryDirectory(prefix="wangge-peer-") as folder:
        given, made = Path(folder) / "town", Path(folder) / "cells"
        columns = (parts_of(town.communities), shapely.get_parts(_lines(town.barriers)))
        given.write_text("\n\n".join("\n".join(shapely.to_wkb(c, hex=True)) for c in columns))
        try:
            done = subprocess.run(
                [*program, given, made],
                env=variables, cwd=folder, capture_output=True, text=True, timeout=LONGEST,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise PeerFailedError(f"not finished within {LONGEST} s") from error
        for line in done.stdout.splitlines():
            print(f"  {line}")
        if done.returncode or not made.exists():
            raise PeerFailedError(done.stderr.strip().rpartition("\n")[2])
        return parts_of(shapely.from_wkb(made.read_text().split()))


def _lines(barriers: np.ndarray) -> np.ndarray:
    # Streets are lines, lakes areas: what counts is the line.
    area = np.isin(shapely.get_type_id(barriers), (3, 6))
    return np.where(area, shapely.boundary(barriers), barriers)


def _clean() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
