"""Buildings: each quarter's own kind, laid out inside its blocks and clear of every street."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from ..rules.batch import Batch
from .blocks import Network
from .columns import fill
from .names import numbers
from .plan import Quarter
from .streets import Streets
from .subdivision import box_frames

SETBACK = 5.0


@dataclass(frozen=True)
class Buildings:
    """Footprints, what they are for, their floors and the cell each stands in."""

    polygons: np.ndarray
    kind: np.ndarray
    floors: np.ndarray
    cell: np.ndarray


@dataclass(frozen=True)
class _Frame:
    """Boxes of cells: centre (n, 2), unit vector along (n, 2), length and width (n,)."""

    centre: np.ndarray
    along: np.ndarray
    length: np.ndarray
    width: np.ndarray
    cell: np.ndarray

    def rectangles(
        self, row: np.ndarray, u0: np.ndarray, u1: np.ndarray, v0: np.ndarray, v1: np.ndarray
    ) -> np.ndarray:
        """Return rectangles given in the frames' own coordinates, ``row`` says whose."""
        across = np.stack([-self.along[:, 1], self.along[:, 0]], axis=1)
        corners = [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
        xy = np.stack(
            [
                self.centre[row] + u[:, None] * self.along[row] + v[:, None] * across[row]
                for u, v in corners
            ],
            axis=1,
        )
        return shapely.polygons(np.round(xy, 3))


def _frames(cells: np.ndarray, rows: np.ndarray, *, level: bool) -> _Frame:
    """Frames of the cells ``rows``; ``level`` takes the direction nearest to east."""
    centre, angle, length, width = box_frames(cells[rows])
    if level:
        turned = np.abs(np.sin(angle)) > np.sqrt(0.5)
        angle = np.where(turned, angle - np.pi / 2, angle)
        length, width = np.where(turned, width, length), np.where(turned, length, width)
    flipped = np.cos(angle) < 0
    angle = np.where(flipped, angle + np.pi, angle)
    return _Frame(centre, np.stack([np.cos(angle), np.sin(angle)], axis=1), length, width, rows)


def _raster(
    frame: _Frame, pitch_u: np.ndarray, pitch_v: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return frame number and lower left corner of every place of a regular raster."""
    nu = np.maximum((frame.length / pitch_u).astype(int), 0)
    nv = np.maximum((frame.width / pitch_v).astype(int), 0)
    total = nu * nv
    row = np.repeat(np.arange(len(total)), total)
    k = np.arange(total.sum()) - np.repeat(np.cumsum(total) - total, total)
    i, j = k % np.maximum(nu[row], 1), k // np.maximum(nu[row], 1)
    u = -nu[row] * pitch_u[row] / 2 + i * pitch_u[row]
    v = -nv[row] * pitch_v[row] / 2 + j * pitch_v[row]
    return row, u, v


def _slabs(rng: np.random.Generator, frame: _Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Long slabs facing south, in rows."""
    n = len(frame.cell)
    usable = _Frame(frame.centre, frame.along, frame.length - 14, frame.width - 14, frame.cell)
    half = rng.random(n) < 0.5
    pitch_u = np.where(half, usable.length / 2, np.minimum(usable.length, 78))
    pitch_v = np.maximum(usable.width / np.maximum(usable.width // 25, 1), 22)
    row, u, v = _raster(usable, np.maximum(pitch_u - 1e-9, 20), pitch_v - 1e-9)
    depth = 12.0
    polygons = usable.rectangles(
        row, u + 4, u + pitch_u[row] - 4, v + pitch_v[row] / 2 - depth / 2,
        v + pitch_v[row] / 2 + depth / 2,
    )  # fmt: skip
    floors = rng.choice([6, 6, 7, 11, 18], n)[row]
    return row, polygons, floors


def _towers(rng: np.random.Generator, frame: _Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Point towers with room between them."""
    n = len(frame.cell)
    usable = _Frame(frame.centre, frame.along, frame.length - 16, frame.width - 16, frame.cell)
    row, u, v = _raster(usable, np.full(n, 40.0), np.full(n, 38.0))
    size = rng.uniform(18, 26, len(row))
    u0, v0 = u + (40 - size) / 2, v + (38 - size * 0.85) / 2
    floors = rng.integers(18, 34, n)[row]
    return row, usable.rectangles(row, u0, u0 + size, v0, v0 + size * 0.85), floors


def _terraces(rng: np.random.Generator, frame: _Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of houses wall to wall, narrow alleys between the rows."""
    n = len(frame.cell)
    usable = _Frame(frame.centre, frame.along, frame.length - 10, frame.width - 10, frame.cell)
    pitch_u, pitch_v = rng.uniform(8, 12, n), rng.uniform(15, 19, n)
    row, u, v = _raster(usable, pitch_u, pitch_v)
    column = np.round((u - u.min(initial=0)) / pitch_u[row]).astype(int) if len(row) else row
    # An alley crosses the row now and then; houses between two alleys share their walls.
    alley = (column + row) % 6 == 0
    keep = ~alley & (rng.random(len(row)) > 0.06)
    row, u, v = row[keep], u[keep], v[keep]
    polygons = usable.rectangles(row, u, u + pitch_u[row], v + 1.5, v + pitch_v[row] - 2.5)
    return row, polygons, rng.integers(1, 4, len(row))


def _sheds(rng: np.random.Generator, frame: _Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Large halls."""
    n = len(frame.cell)
    usable = _Frame(frame.centre, frame.along, frame.length - 16, frame.width - 16, frame.cell)
    pitch_u = np.maximum(usable.length / rng.integers(1, 3, n), 30)
    pitch_v = np.maximum(usable.width / rng.integers(1, 3, n), 25)
    row, u, v = _raster(usable, pitch_u - 1e-9, pitch_v - 1e-9)
    polygons = usable.rectangles(row, u + 5, u + pitch_u[row] - 5, v + 5, v + pitch_v[row] - 5)
    return row, polygons, np.full(len(row), 1)


def _farms(rng: np.random.Generator, frame: _Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hamlets: a handful of houses close together in a few of the blocks."""
    n = len(frame.cell)
    inhabited = rng.random(n) < 0.16
    small = _Frame(
        frame.centre, frame.along, np.where(inhabited, 62.0, 0), np.where(inhabited, 48.0, 0),
        frame.cell,
    )  # fmt: skip
    row, u, v = _raster(small, np.full(n, 18.0), np.full(n, 17.0))
    keep = rng.random(len(row)) < 0.7
    row, u, v = row[keep], u[keep], v[keep]
    width, depth = rng.uniform(9, 13, len(row)), rng.uniform(8, 11, len(row))
    u, v = u + rng.uniform(0, 5, len(row)), v + rng.uniform(0, 5, len(row))
    return row, small.rectangles(row, u, u + width, v, v + depth), rng.integers(1, 4, len(row))


_Layout = Callable[[np.random.Generator, _Frame], tuple[np.ndarray, np.ndarray, np.ndarray]]
_LAYOUTS: dict[Quarter, tuple[_Layout, bool, str]] = {
    Quarter.OLD: (_terraces, False, "residential"),
    Quarter.NEW: (_slabs, True, "residential"),
    Quarter.TOWERS: (_towers, True, "office"),
    Quarter.INDUSTRY: (_sheds, False, "industrial"),
    Quarter.HILL: (_farms, False, "residential"),
}


def _courtyards(inner: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return perimeter blocks around a court, and their cells."""
    yard = shapely.buffer(inner[rows], -13.0, join_style="mitre", mitre_limit=2.0)
    ring = shapely.difference(inner[rows], yard)
    good = (shapely.get_type_id(ring) == 3) & (shapely.area(yard) > 600)
    return shapely.set_precision(ring[good], 0.001), rows[good]


def _fitted(inner: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shrink what does not fit into its block, and say what fits in the end."""
    fits = shapely.contains_properly(inner, shapes)
    for _ in range(2):
        rest = np.flatnonzero(~fits)
        corners = shapely.get_coordinates(shapes[rest]).reshape(-1, 5, 2)
        middle = corners[:, :4].mean(axis=1)[:, None]
        # Only the longer sides give way: a house keeps its depth.
        first = corners[:, 1] - corners[:, 0]
        unit = first / np.hypot(*first.T)[:, None]
        along = ((corners - middle) * unit[:, None]).sum(axis=-1)[..., None] * unit[:, None]
        shapes = shapes.copy()
        shapes[rest] = shapely.polygons(np.round(corners - 0.28 * along, 3))
        fits[rest] = shapely.contains_properly(inner[rest], shapes[rest])
    return shapes, fits


def _rooms(network: Network) -> np.ndarray:
    """Return how far each cell's widest street reaches into it, metres."""
    reach = np.array([18.5, 13.5, 8.0, 5.0, 2.5, *[0.0] * 5])[network.rank]
    middle = shapely.line_interpolate_point(network.edges, 0.5, normalized=True)
    edge, cell = shapely.STRtree(network.cells).query(middle, predicate="dwithin", distance=0.05)
    room = np.zeros(len(network.cells))
    np.maximum.at(room, cell, reach[edge])
    return room


def raise_buildings(
    rng: np.random.Generator, network: Network, streets: Streets, water: np.ndarray
) -> Buildings:
    """Build up the blocks of a network."""
    cells = network.cells
    inner = shapely.buffer(cells, -SETBACK - 2, join_style="mitre", mitre_limit=2.0)
    shapely.prepare(inner)
    quarter = network.cell_quarter
    court = (quarter == Quarter.OLD) & (rng.random(len(cells)) < 0.22)
    shops = (quarter == Quarter.NEW) & (rng.random(len(cells)) < 0.18)
    polygons, kinds, floors, homes = [], [], [], []
    for kind, (layout, level, use) in _LAYOUTS.items():
        rows = np.flatnonzero((quarter == kind) & ~court & ~shops)
        if not len(rows):
            continue
        row, shapes, height = layout(rng, _frames(cells, rows, level=level))
        cell = rows[row]
        shapes, fits = _fitted(inner[cell], shapes)
        polygons.append(shapes[fits])
        floors.append(height[fits])
        homes.append(cell[fits])
        kinds.append(np.full(fits.sum(), use, dtype=object))
    apart = _rooms(network) + SETBACK
    core = shapely.buffer(cells, -apart, join_style="mitre", mitre_limit=2.0)
    ring, rows = _courtyards(core, np.flatnonzero(court | shops))
    polygons.append(ring)
    homes.append(rows)
    floors.append(rng.integers(3, 7, len(ring)))
    kinds.append(np.where(shops[rows], "commercial", "residential").astype(object))
    built = Buildings(*(np.concatenate(part) for part in (polygons, kinds, floors, homes)))
    return _clear(rng, built, streets, water)


def _clear(
    rng: np.random.Generator, built: Buildings, streets: Streets, water: np.ndarray
) -> Buildings:
    """Drop what stands on a street or in the water, and tidy the kinds."""
    keep = np.ones(len(built.polygons), bool)
    for rank in np.unique(streets.rank):
        lines = streets.lines[streets.rank == rank]
        room = streets.width[streets.rank == rank][0] / 2 + 2.0
        near, _ = shapely.STRtree(lines).query(built.polygons, predicate="dwithin", distance=room)
        keep[near] = False
    near, _ = shapely.STRtree(water).query(built.polygons, predicate="dwithin", distance=8.0)
    keep[near] = False
    keep &= shapely.area(built.polygons) > 40
    kind = built.kind.copy()
    kind[rng.random(len(kind)) < 0.03] = "public"
    return Buildings(built.polygons[keep], kind[keep], built.floors[keep], built.cell[keep])


def building_batch(buildings: Buildings, *, crs: str, prefix: str) -> Batch:
    """Return the layer ``building``."""
    n = len(buildings.polygons)
    return fill(
        "building",
        buildings.polygons,
        crs=crs,
        building_id=(f"{prefix}B" + numbers(np.arange(1, n + 1), 7)),
        kind=buildings.kind,
        floors=buildings.floors,
    )
