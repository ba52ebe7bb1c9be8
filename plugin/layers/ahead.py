"""Items of an iterator fetched in a thread while those before them are worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")
_END = object()


def ahead(items: Iterable[T]) -> Generator[T, None, None]:
    """Yield the items; the next one is being fetched meanwhile.

    All of the iterable's work is done in one other thread, which has ended when this
    generator has, whether it was read to its end or closed before.
    """
    ready: queue.Queue = queue.Queue(1)
    left = threading.Event()
    failure: list[BaseException] = []

    def put(item) -> bool:
        while not left.is_set():
            try:
                ready.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def fetch() -> None:
        try:
            source = iter(items)
            for item in source:
                if not put(item):
                    if hasattr(source, "close"):
                        source.close()
                    return
        except BaseException as error:
            failure.append(error)
        finally:
            put(_END)

    thread = threading.Thread(target=fetch, name="wangge-read", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not _END:
            yield item
    finally:
        left.set()
        thread.join()
    if failure:
        raise failure[0]
