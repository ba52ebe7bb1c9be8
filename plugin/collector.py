"""Make very many objects at once without waking Python's garbage collector.

The collector counts objects made, and looks at all there are every so often: in a QGIS with its
plugins, 65,000 new points cost ten times as long for it. Geometries hold no other objects, so
there is nothing to collect.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_asleep() -> Iterator[None]:
    """Keep the collector from running in the block; for a moment, as it sleeps for everybody."""
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # Where another thread has it asleep, that one wakes it.
        if awake:
            gc.enable()
