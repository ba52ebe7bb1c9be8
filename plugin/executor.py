"""Processes of this machine as an Executor; a QGIS that cannot start them works in one."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

# Starting a process and loading the libraries takes about a second.
_WORTH_IT = 4


@cache
def _interpreter() -> Path | None:
    """Return the program of the very Python that runs here.

    Inside QGIS ``sys.executable`` may be QGIS itself or whatever ``python3`` comes first on
    the path; one of another version could not load the same extensions.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    places = [
        Path(sys.executable).parent,
        Path(sysconfig.get_config_var("BINDIR") or sys.base_exec_prefix),
        Path(sys.base_exec_prefix),
        Path(sys.base_exec_prefix) / "bin",
    ]
    names = (f"python{version}", "python3", "python3.exe", "python.exe")
    candidates = dict.fromkeys(p / n for p in places for n in names if (p / n).is_file())
    return next((c for c in candidates if _version_of(c) == sys.version), None)


def _version_of(program: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program of Python's own folders, no input of users
            [str(program), "-c", "import sys; sys.stdout.write(sys.version)"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


@contextmanager
def local_executor(
    tasks: int, *, workers: int | None = None, worth_it: int = _WORTH_IT
) -> Iterator[Executor | None]:
    """Yield a pool of processes for so many tasks, or None where one process does as well.

    Parameters
    ----------
    tasks : int
        How many independent pieces of work there are.
    workers : int, optional
        Most processes; all cores by default.
    worth_it : int
        From how many tasks on a second process pays: two long ones, four short ones.
    """
    count = min(tasks, workers or os.cpu_count() or 1)
    interpreter = _interpreter()
    if tasks < worth_it or count < 2 or interpreter is None:
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
