"""How often one address may ask."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_ADDRESSES = 2_000


class RateLimit:
    """A bucket for each address, emptied by asking and refilled by time.

    Parameters
    ----------
    burst : float
        How many times an address may ask at once.
    per_second : float
        How many times a second in the long run.
    clock : callable
        Seconds that never run back.
    """

    def __init__(
        self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ):
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str, cost: float = 1.0) -> bool:
        """Return True and take ``cost`` when the address may ask; 0 only looks."""
        with self._lock:
            moment = self._clock()
            left, since = self._buckets.pop(address, (self._burst, moment))
            left = min(self._burst, left + (moment - since) * self._per_second)
            allowed = left >= max(cost, 1.0)
            self._buckets[address] = (left - cost if allowed else left, moment)
            while len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
            return allowed
