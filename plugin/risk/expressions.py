"""A scheme as QGIS expressions, so that forms show score and colour while factors are picked."""

from __future__ import annotations

from .schemes import Scheme


def score_expression(scheme: Scheme) -> str:
    """Return a QGIS expression for the score; NULL where a factor is missing or outside its set."""
    allowed = " AND ".join(
        f'"{f.field}" IN ({", ".join(repr(v) for v in f.allowed)})' for f in scheme.factors
    )
    product = " * ".join(f'"{f.field}"' for f in scheme.factors)
    return f"CASE WHEN {allowed} THEN round({product}, 9) END"


def level_expression(scheme: Scheme) -> str:
    """Return a QGIS expression for the level; NULL where there is no score."""
    value = score_expression(scheme)
    cases = "".join(
        f" WHEN @s {scheme.boundary} {band.lower!r} THEN '{band.level}'"
        for band in scheme.bands[:-1]
    )
    lowest = scheme.bands[-1].level
    return f"with_variable('s', {value}, CASE WHEN @s IS NULL THEN NULL{cases} ELSE '{lowest}' END)"
