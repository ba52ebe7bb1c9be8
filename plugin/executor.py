"""Processes of this machine as an Executor; a QGIS that cannot start them works in one."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

# Starting a process and loading the libraries takes about a second.
_WORTH_IT = 4


def _interpreter() -> Path | None:
    """Return Python's own program: inside QGIS ``sys.executable`` may be QGIS itself."""
    names = ("python3.exe", "python.exe", "python3")
    places = [Path(sys.executable).parent, Path(sys.prefix), Path(sys.prefix) / "bin"]
    if Path(sys.executable).stem.lower().startswith("python"):
        return Path(sys.executable)
    return next((p / n for p in places for n in names if (p / n).is_file()), None)


@contextmanager
def local_executor(tasks: int, *, workers: int | None = None) -> Iterator[Executor | None]:
    """Yield a pool of processes for so many tasks, or None where one process does as well.

    Parameters
    ----------
    tasks : int
        How many independent pieces of work there are.
    workers : int, optional
        Most processes; all cores by default.
    """
    count = min(tasks, workers or os.cpu_count() or 1)
    interpreter = _interpreter()
    if tasks < _WORTH_IT or count < 2 or interpreter is None:
        yield None
        return
    # Forking a process that holds QGIS's threads can hang; spawned ones start clean.
    context = multiprocessing.get_context("spawn")
    context.set_executable(str(interpreter))
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
