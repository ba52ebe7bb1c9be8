"""The layer ``water``: the river, a lake in each park, ponds in the hills."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..rules.batch import Batch
from .blocks import Network
from .columns import fill
from .names import pairs
from .plan import Quarter


@dataclass(frozen=True)
class Waters:
    """Water areas, the river first."""

    polygons: np.ndarray
    kind: np.ndarray
    name: np.ndarray

    def batch(self, *, crs: str, prefix: str) -> Batch:
        """Return the layer ``water``."""
        n = len(self.polygons)
        return fill(
            "water",
            self.polygons,
            crs=crs,
            water_id=np.array([f"{prefix}W{k:04d}" for k in range(1, n + 1)], dtype=object),
            water_name=self.name,
            kind=self.kind,
        )


def make_waters(rng: np.random.Generator, network: Network, river: shapely.Polygon) -> Waters:
    """Lay a lake into every park and a few ponds into the hills."""
    town = shapely.union_all(network.communities)
    course = shapely.get_parts(shapely.intersection(river, town))
    course = course[shapely.get_dimensions(course) == 2]
    polygons, kinds = list(course), ["river"] * len(course)
    quarter = network.cell_quarter
    for k in np.unique(network.cell_field[quarter == Quarter.PARK]):
        community = network.communities[k]
        centre = shapely.centroid(community)
        room = shapely.distance(centre, community.boundary)
        lake = _blob(rng, centre, 0.55 * room, 48)
        if shapely.distance(lake, river) > 30:
            polygons.append(lake)
            kinds.append("lake")
    hills = np.flatnonzero(quarter == Quarter.HILL)
    for row in hills[rng.random(len(hills)) < 0.015]:
        cell = network.cells[row]
        centre = shapely.point_on_surface(cell)
        room = shapely.distance(centre, cell.boundary)
        if room > 25:
            polygons.append(_blob(rng, centre, 0.6 * room, 24))
            kinds.append("pond")
    kind = np.array(kinds, dtype=object)
    name = pairs(rng, len(kinds)) + np.select(
        [kind == "river", kind == "lake"], ["河", "湖"], "塘"
    ).astype(object)
    name[kind == "river"] = name[0]
    return Waters(np.array(polygons, dtype=object), kind, name)


def _blob(
    rng: np.random.Generator, centre: shapely.Point, radius: float, points: int
) -> shapely.Polygon:
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    reach = np.full(points, 1.0)
    for k in (2, 3, 5):
        reach += 0.16 / k * 2 * np.sin(k * angle + rng.uniform(0, 6.3))
    reach *= radius / reach.max()
    xy = np.stack([centre.x + reach * np.cos(angle), centre.y + reach * np.sin(angle)], axis=1)
    return shapely.Polygon(np.round(xy, 2))
