"""Many districts, one after the other or at once: a failure stops nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass

from ..errors import Cancelled, WanggeError
from ..progress import SILENT, Progress
from ..translation import translate
from .model import DistrictTask, Outcome, State
from .pools import Pool
from .work import answer, answer_elsewhere

_LOOK = 0.3
"""Seconds between two looks at whether the user cancelled."""


@dataclass(frozen=True)
class Pending:
    """A district that waits; its data are read when its turn comes.

    Attributes
    ----------
    district : str
    make : callable
        Reads the data and returns the task.
    """

    district: str
    make: Callable[[], DistrictTask]


@dataclass
class _Sent:
    task: DistrictTask
    alone: bool


def run_districts(
    waiting: Sequence[Pending], pool: Pool, *, progress: Progress = SILENT
) -> Iterator[Outcome]:
    """Yield the outcome of every district, as they come.

    No more than ``pool.width`` districts are in memory at a time. A worker that is killed takes
    nothing with it: its districts are tried again, each alone, and only one that kills a worker
    twice has failed. After a cancel the rest comes out as cancelled.

    Parameters
    ----------
    waiting : sequence of Pending
    pool : Pool
    progress : Progress
        Asked whether to stop; told nothing, that is up to the caller.
    """
    queue = list(reversed(waiting))
    if pool.executor() is None:
        yield from _here(queue, progress)
        return
    again: list[DistrictTask] = []
    running: dict[Future, _Sent] = {}
    while queue or again or running:
        if progress.is_cancelled():
            break
        # What was under way when a worker died: one at a time, so that the culprit is found.
        if again and not running:
            _send(pool, running, again.pop(), alone=True)
        while queue and not again and len(running) < pool.width and not _any_alone(running):
            made = _made(queue.pop())
            if isinstance(made, Outcome):
                yield made
                continue
            try:
                _send(pool, running, made, alone=False)
            except Exception as error:  # a cluster that went away takes nothing more
                yield _no_answer(made.district, error)
        done, _ = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED)
        broken = False
        for future in done:
            sent = running.pop(future)
            try:
                yield future.result()
            except BrokenExecutor:
                broken = True
                if sent.alone:
                    yield _died(sent.task.district)
                else:
                    again.append(sent.task)
            except Exception as error:
                yield _no_answer(sent.task.district, error)
        if running and pool.is_lost():
            for sent in running.values():
                yield _no_answer(sent.task.district, ConnectionError("connection lost"))
            running.clear()
        if broken:
            again += [sent.task for sent in running.values()]
            running.clear()
            pool.renew()
    left = [sent.task.district for sent in running.values()]
    if left or again or queue:
        for future in running:
            future.cancel()
        pool.abandon()
    for district in [*left, *(t.district for t in again), *(p.district for p in reversed(queue))]:
        yield _cancelled(district)


def _here(queue: list[Pending], progress: Progress) -> Iterator[Outcome]:
    while queue and not progress.is_cancelled():
        pending = queue.pop()
        made = _made(pending)
        if isinstance(made, Outcome):
            yield made
            continue
        try:
            yield answer(made, _Deaf(progress))
        except Cancelled:
            yield _cancelled(pending.district)
    for pending in reversed(queue):
        yield _cancelled(pending.district)


class _Deaf:
    """Passes on the cancel alone: the bar counts districts."""

    def __init__(self, progress: Progress):
        self._progress = progress

    def report(self, fraction: float) -> None:
        pass

    def tell(self, message: str) -> None:
        pass

    def warn(self, message: str) -> None:
        pass

    def is_cancelled(self) -> bool:
        return self._progress.is_cancelled()


def _made(pending: Pending) -> DistrictTask | Outcome:
    try:
        return pending.make()
    except Cancelled:
        return _cancelled(pending.district)
    except WanggeError as error:
        return Outcome(pending.district, State.FAILED, message=error.message)


def _send(pool: Pool, running: dict[Future, _Sent], task: DistrictTask, *, alone: bool) -> None:
    executor = pool.executor()
    if executor is None:  # a pool that could not be had anew
        raise RuntimeError("there is no executor")
    try:
        running[executor.submit(answer_elsewhere, task)] = _Sent(task, alone)
    except BrokenExecutor:
        pool.renew()
        executor = pool.executor()
        if executor is None:
            raise
        running[executor.submit(answer_elsewhere, task)] = _Sent(task, alone)


def _any_alone(running: dict[Future, _Sent]) -> bool:
    return any(sent.alone for sent in running.values())


def _cancelled(district: str) -> Outcome:
    return Outcome(district, State.CANCELLED, message=translate("Wangge", "Cancelled."))


def _died(district: str) -> Outcome:
    message = translate(
        "Wangge",
        "The process that worked on this district ended without an answer, twice; often memory "
        "is short. Run it alone, or on a machine with more memory.",
    )
    return Outcome(district, State.FAILED, message=message)


def _no_answer(district: str, error: Exception) -> Outcome:
    if isinstance(error, WanggeError):
        return Outcome(district, State.FAILED, message=error.message)
    message = translate(
        "Wangge",
        "The cluster gave no answer for this district ({kind}). Look after its scheduler and "
        "workers, then run again with RESUME.",
    ).format(kind=type(error).__name__)
    return Outcome(district, State.FAILED, message=message)
