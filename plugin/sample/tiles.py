"""A large city as a stream of districts, so that memory holds one of them at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..progress import SILENT, Part, Progress, stop_if_cancelled
from .areas import Numberer
from .city import ASPECT, ORIGIN, Partitioner, Setting, build, fit_plan, generate
from .model import City, CityOptions
from .names import district_name

_PER_PREFECTURE = 99
_TOWN_KM2 = 100.0
_TOWN_COMPONENTS = 1_000_000
_DISTRICT_KM2 = 40.0
_DISTRICT_COMPONENTS = 250_000


def generate_districts(options: CityOptions, *, progress: Progress = SILENT) -> Iterator[City]:
    """Invent one town, or a large city as districts of which one is in memory at a time.

    A single district codes at most 999,999 components of a class, so many components make
    districts of a small city too.
    """
    if options.area_km2 < _TOWN_KM2 and options.components < _TOWN_COMPONENTS:
        yield generate(options, progress=progress)
        return
    wanted = max(options.area_km2 / _DISTRICT_KM2, options.components / _DISTRICT_COMPONENTS)
    yield from generate_tiles(options, tile_km2=options.area_km2 / wanted, progress=progress)


def generate_tiles(
    options: CityOptions,
    *,
    tile_km2: float = 20.0,
    number: Numberer | None = None,
    partition: Partitioner | None = None,
    progress: Progress = SILENT,
) -> Iterator[City]:
    """Invent a large city district by district.

    The districts are rectangles side by side; rivers run on from one to the next and borders
    coincide. Each has codes of its own, so that all keys are unique over the whole city.

    Parameters
    ----------
    options : CityOptions
        Of the whole city: its area, and its components to the last one.
    tile_km2 : float
        Usual area of a district.
    number, partition : callable, optional
        As for `city.generate`.

    Yields
    ------
    City
        One district with all its layers.
    """
    n = max(round(options.area_km2 / tile_km2), 1)
    columns = max(round((n / ASPECT) ** 0.5), 1)
    height = (options.area_km2 * 1e6 / n / ASPECT) ** 0.5
    width = ASPECT * height
    share, rest = divmod(options.components, n)
    for k in range(n):
        stop_if_cancelled(progress)
        row, column = divmod(k, columns)
        setting = Setting(
            width,
            height,
            origin=(ORIGIN[0] + column * width, ORIGIN[1] + row * height),
            district_code=_district_code(k),
            district_name=district_name(k),
            is_tile=True,
        )
        own = replace(options, area_km2=options.area_km2 / n, components=share + (k < rest))
        terrain, plan = fit_plan(own, setting)
        yield build(
            own, setting, terrain, plan, number, partition, Part(progress, k / n, (k + 1) / n)
        )


def _district_code(k: int) -> str:
    return f"50{99 - k // _PER_PREFECTURE:02d}{k % _PER_PREFECTURE + 1:02d}"
