"""Rules at work in a thread of their own, on the batches that a push reads anyway."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence

from ...plugin.progress import Progress, Silent
from ...plugin.rules.batch import Batch
from ...plugin.rules.context import CheckContext
from ...plugin.rules.engine import run_rules
from ...plugin.rules.result import CheckResult
from ...plugin.rules.rule import Rule, Subject

# Batches waiting to be checked; each may have some tens of megabytes.
_WAITING = 2


class CheckAside:
    """Checks batches while their giver goes on with them; use it as a context manager.

    Whatever the rules say to the user is said in the giver's thread.
    """

    def __init__(
        self, subject: Subject, context: CheckContext, rules: Sequence[Rule], progress: Progress
    ):
        self._waiting: queue.Queue[Batch | None] = queue.Queue(_WAITING)
        self._said: list[tuple[Callable[[str], None], str]] = []
        self._left = threading.Event()
        self._result: CheckResult | None = None
        self._failure: BaseException | None = None
        self._work = lambda: run_rules(
            subject, self._batches(), context, rules=rules, progress=_Aside(self, progress)
        )
        self._thread = threading.Thread(target=self._run, name="wangge-check", daemon=True)

    def __enter__(self) -> CheckAside:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._left.set()
        while self._thread.is_alive():
            self._put(None)
            self._thread.join(0.05)

    def give(self, batch: Batch) -> None:
        """Have a batch checked; raises what stopped the rules."""
        while not self._put(batch):
            self._raise()

    def result(self) -> CheckResult:
        """Return what the rules found in all batches given; call it once, after the last."""
        while self._thread.is_alive() and not self._put(None):
            pass
        self._thread.join()
        for say, message in self._said:
            say(message)
        self._raise()
        assert self._result is not None  # noqa: S101 - the thread ended without failure
        return self._result

    def _put(self, batch: Batch | None) -> bool:
        try:
            self._waiting.put(batch, timeout=0.1)
        except queue.Full:
            return False
        return True

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _batches(self) -> Iterator[Batch]:
        while (batch := self._waiting.get()) is not None:
            yield batch

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:
            self._failure = error


class _Aside(Silent):
    def __init__(self, aside: CheckAside, progress: Progress):
        self._aside = aside
        self._progress = progress

    def tell(self, message: str) -> None:
        self._aside._said.append((self._progress.tell, message))

    def warn(self, message: str) -> None:
        self._aside._said.append((self._progress.warn, message))

    def is_cancelled(self) -> bool:
        return self._aside._left.is_set() or self._progress.is_cancelled()
