"""Where the work is done: processes of this machine, a Dask cluster, or this very process."""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Protocol

from ..errors import WanggeError
from ..executor import local_executor
from ..translation import translate

_PATIENCE = 20.0
"""Seconds to wait for the scheduler and for a first worker."""


class Pool(Protocol):
    """An Executor that can be had anew when it broke."""

    width: int

    def executor(self) -> Executor | None:
        """Return the executor; None where this process does the work."""

    def renew(self) -> None:
        """Take a new one after a worker was killed."""

    def abandon(self) -> None:
        """Do not wait for what is running any more."""

    def is_lost(self) -> bool:
        """Return whether nobody answers any more, so that waiting is in vain."""


class LocalPool:
    """Processes of this machine."""

    def __init__(self, stack: ExitStack, tasks: int, workers: int | None):
        self._stack = stack
        self._tasks = tasks
        self._workers = workers
        self._held = stack.enter_context(ExitStack())
        self._pool: Executor | None = None
        self.renew()
        self.width = 1 if self._pool is None else min(tasks, workers or os.cpu_count() or 1) + 1

    def executor(self) -> Executor | None:
        return self._pool

    def renew(self) -> None:
        self._held.close()
        # Districts are few and long: two of them are worth a second process.
        made = local_executor(self._tasks, workers=self._workers, worth_it=2)
        self._pool = self._held.enter_context(made)

    def abandon(self) -> None:
        # Executor has no way to say so before Python 3.14; a district may take minutes.
        for process in list((getattr(self._pool, "_processes", None) or {}).values()):
            process.terminate()

    def is_lost(self) -> bool:
        """No: a process that dies breaks its executor."""
        return False


class DaskPool:
    """Workers of a Dask cluster, through the interface of `concurrent.futures`."""

    def __init__(self, client, workers: int):
        self._client = client
        self._executor = client.get_executor()
        # One waits at each worker while another is worked on.
        self.width = 2 * max(1, workers)
        self._silent_since: float | None = None

    def executor(self) -> Executor | None:
        return self._executor

    def renew(self) -> None:
        """Nothing: the scheduler itself gives a lost worker's tasks to others."""

    def abandon(self) -> None:
        """Nothing: leaving the cluster lets go of all that was asked of it."""

    def is_lost(self) -> bool:
        # What is sent while the client looks for its scheduler gets no answer, ever.
        if self._client.status == "running":
            self._silent_since = None
            return False
        if self._silent_since is None:
            self._silent_since = time.monotonic()
        is_over = self._client.status in ("closing", "closed")
        return is_over or time.monotonic() - self._silent_since > 2 * _PATIENCE


@contextmanager
def open_pool(scheduler: str, tasks: int, *, workers: int | None = None) -> Iterator[Pool]:
    """Yield where to work.

    Parameters
    ----------
    scheduler : str
        Address of a Dask scheduler such as ``tcp://host:8786`` or ``tls://host:8786``; empty
        for processes of this machine.
    tasks : int
        How many districts there are.
    workers : int, optional
        Most processes of this machine; all cores by default, 1 is this process alone.

    Raises
    ------
    WanggeError
        Dask is not installed, the scheduler does not answer, a worker lacks Wangge.
    """
    with ExitStack() as stack:
        if not scheduler:
            yield LocalPool(stack, tasks, workers)
            return
        client = stack.enter_context(_client(scheduler))
        yield DaskPool(client, _ready_workers(client, scheduler))


@contextmanager
def _client(address: str) -> Iterator:
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise WanggeError(
            translate(
                "Wangge",
                "Work on a cluster needs the Python package distributed (Dask), which is not "
                "installed here. Install it with “pip install distributed”, or leave SCHEDULER "
                "empty to work on this machine.",
            )
        ) from None
    with warnings.catch_warnings():
        # A district is large on purpose: data travel with the task, so that any worker can have it.
        warnings.filterwarnings("ignore", message="Sending large graph")
        try:
            client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The scheduler at {address} does not answer. Check address, port and, for "
                    "tls://, the certificates in Dask's configuration.",
                ).format(address=address),
                f"{type(error).__name__}: {error}",
            ) from error
        try:
            yield client
        finally:
            client.close(timeout=5)


def _ready_workers(client, address: str) -> int:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise WanggeError(
            translate(
                "Wangge", "The scheduler at {address} has no workers. Start some, then run again."
            ).format(address=address)
        ) from None
    try:
        found = client.run(about_this_process)
    except Exception as error:
        raise WanggeError(
            translate(
                "Wangge",
                "A worker of the cluster cannot load Wangge. On every worker the folder that holds "
                "the plugin’s folder “wangge” must be on PYTHONPATH, with NumPy, Shapely and SciPy.",
            ),
            f"{type(error).__name__}: {error}",
        ) from error
    mine = about_this_process()
    for worker, theirs in found.items():
        if theirs != mine:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Worker {worker} has Wangge {theirs}, this machine {mine}. Use the same "
                    "version everywhere, or the results would differ.",
                ).format(worker=worker, theirs=" / ".join(theirs), mine=" / ".join(mine))
            )
    return sum(client.nthreads().values())


def about_this_process() -> tuple[str, str, str]:
    """Return the versions of plugin, Python and GEOS, which must agree among those who share work."""
    import shapely

    from ..paths import ROOT

    lines = (ROOT / "metadata.txt").read_text("utf-8").splitlines()
    version = next((line[8:].strip() for line in lines if line.startswith("version=")), "")
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    geos = ".".join(map(str, shapely.geos_version[:2]))
    return version, python, f"GEOS {geos}"
