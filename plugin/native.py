"""Load Shapely's and fiona's compiled parts so that they use the libraries they were built with.

QGIS has its own GEOS and GDAL loaded for everybody to see. On Linux a wheel's extension would
take its functions from those instead of from the newer ones beside it, and a call between the
two versions fails or crashes. ``RTLD_DEEPBIND`` (dlopen(3)) makes a library look at its own
dependencies first. Shapely is imported by QGIS itself, too early for that: it must have been
built for QGIS's GEOS, which `is_consistent` finds out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_libraries() -> Iterator[None]:
    """Let extensions imported within use their own dependencies; no effect outside Linux."""
    deep = getattr(os, "RTLD_DEEPBIND", 0)
    if not deep or not hasattr(sys, "setdlopenflags"):
        yield
        return
    flags = sys.getdlopenflags()
    sys.setdlopenflags(flags | deep)
    try:
        yield
    finally:
        sys.setdlopenflags(flags)


def is_consistent() -> bool:
    """Return False when Shapely works on another version of GEOS than it was built for."""
    import shapely

    try:
        return shapely.to_wkb(shapely.points(0.0, 0.0)) is not None
    except shapely.errors.GEOSException:
        return False
