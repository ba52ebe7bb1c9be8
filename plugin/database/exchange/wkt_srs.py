"""What a GeoPackage notes about a coordinate system given as ``"EPSG:4547"`` or as WKT."""

from __future__ import annotations

import re

UNKNOWN_CRS = -1
_AUTHORITY = re.compile(r"([A-Za-z]+):([0-9]{1,9})")


def organisation_of(crs: str) -> tuple[str, int]:
    """Return organisation and code; ``("", 0)`` for WKT."""
    found = _AUTHORITY.fullmatch(crs)
    return (found[1], int(found[2])) if found else ("", 0)


def plain_definition(crs: str) -> str:
    """Return the definition to write: readers look codes up in their own register."""
    return "undefined" if _AUTHORITY.fullmatch(crs) else crs
