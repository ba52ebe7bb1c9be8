"""Processes of this machine as an Executor; a QGIS that cannot start them works in one."""

from __future__ import annotations

import os
import subprocess  # a shell is never asked  # nosec B404
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import Any

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
        done = subprocess.run(  # noqa: S603 - a program of Python's own folders, no input of users  # nosec B603
            [str(program), "-c", "import sys; sys.stdout.write(sys.version)"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


class _Processes(SpawnContext):
    """Starts processes afresh and remembers them, so that they can be stopped.

    Forking a process that holds QGIS's threads can hang; spawned ones start clean.
    """

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **options: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Make a process; the name is that of `multiprocessing`."""
        made = SpawnProcess(*args, **options)
        self.started.append(made)
        return made


@contextmanager
def local_executor(
    tasks: int, *, workers: int | None = None, worth_it: int = _WORTH_IT
) -> Iterator[Executor | None]:
    """Yield a pool of processes for so many tasks, or None where one process does as well.

    Left by an exception (the user cancelled, say), it stops what still runs.

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
    context = _Processes()
    context.set_executable(str(interpreter))
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield pool
    except BaseException:
        for process in context.started:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
