"""The layers of one district after the other, out of layers of a whole city or files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from functools import cached_property
from typing import Protocol

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ..plugin.districts.model import JobKind
from ..plugin.errors import WanggeError
from ..plugin.layers.columns import read_batches, read_columns
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch, concatenate
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.translation import translate
from .grid.barriers import barriers_of
from .inputs import renamed, require_field, require_metric
from .job import Job

#: Layer of the product -> parameter with it.
PARAMETERS = {
    "community": "COMMUNITIES",
    "unit_grid": "GRIDS",
    "component": "COMPONENTS",
    "barrier": "BARRIERS",
    "building": "BUILDINGS",
    "water": "WATER",
    "load": "LOAD",
    "department": "DEPARTMENTS",
    "case": "CASES",
}


class Share(Enum):
    """What a district gets of a layer."""

    OWN = "own"  # what belongs to it, by code or by place
    NEAR = "near"  # what lies in it or close by
    CODE = "code"  # what its codes say
    ALL = "all"


#: Job -> layer -> share; the first layer is the one the job is about.
SHARES: Mapping[JobKind, Mapping[str, Share]] = {
    JobKind.PARTITION: {
        "community": Share.OWN,
        "barrier": Share.NEAR,
        "building": Share.NEAR,
        "load": Share.OWN,
    },
    JobKind.CHECK_GRIDS: {
        "unit_grid": Share.OWN,
        "community": Share.OWN,
        "building": Share.NEAR,
        "barrier": Share.NEAR,
    },
    JobKind.ASSIGN: {
        "component": Share.OWN,
        "unit_grid": Share.NEAR,
        "community": Share.NEAR,
    },
    JobKind.CHECK_COMPONENTS: {
        "component": Share.OWN,
        "unit_grid": Share.NEAR,
        "community": Share.NEAR,
        "department": Share.ALL,
        "building": Share.NEAR,
        "water": Share.NEAR,
    },
    JobKind.EXCHANGE: {
        "component": Share.OWN,
        "unit_grid": Share.OWN,
        "community": Share.OWN,
        "department": Share.ALL,
        "case": Share.CODE,
    },
}

_METRIC = (JobKind.PARTITION, JobKind.CHECK_GRIDS)
_UNDESCRIBED = ("barrier", "building", "water", "load")
_CODES = ("district_code", "street_code", "community_code", "grid_code")
_DISTRICT = 6
# How far beyond its own border a district looks: cells and streets of its neighbours.
_MARGIN_M = 100.0
_MARGIN_DEGREES = 0.001


class DistrictLayers(Protocol):
    """Layers by district."""

    @property
    def names(self) -> Mapping[str, str]:
        """District code -> name."""

    def read(self, kind: JobKind, district: str) -> dict[str, Batch]:
        """Return the layers that a job needs, in the CRS of the first one."""

    def left_over(self) -> dict[str, int]:
        """Return by layer how many rows no district got, once all have been read."""


def main_crs(kind: JobKind, source: LayerSource) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a job; that of cells and communities must have metres."""
    return require_metric(source) if kind in _METRIC else source.layer.crs()


def shapes_of(job: Job, name: str, sources: list[LayerSource]) -> Batch:
    """Return layers that are but shapes; barriers with their ranks."""
    if name == "barrier":
        shapes, ranks = barriers_of(job, sources)
        fields = {} if ranks is None else {"rank": ranks}
        return Batch(fields, shapes, np.arange(1, len(shapes) + 1))
    rows = concatenate([read_columns(s, names=[], progress=job.progress) for s in sources])
    return rows.take(~(shapely.is_missing(rows.shapes) | shapely.is_empty(rows.shapes)))


class CityLayers:
    """Layers that each hold the whole city.

    Communities and unit grids are kept; of everything else one district is read at a time,
    by its bounds.
    """

    def __init__(self, job: Job, kind: JobKind):
        self._job = job
        self._shares = SHARES[kind]
        self._sources = {
            name: job.sources(parameter) if name == "barrier" else [job.required_source(parameter)]
            for name, parameter in PARAMETERS.items()
            if (name in self._shares or name == "community") and job.is_given(parameter)
        }
        lacking = next(iter(self._shares))
        if lacking not in self._sources or "community" not in self._sources:
            missing = "community" if lacking in self._sources else lacking
            raise WanggeError(
                translate(
                    "Wangge",
                    "This job needs the layer {parameter}. Give it, or files by district in LIST "
                    "or DELIVERIES.",
                ).format(parameter=PARAMETERS[missing])
            )
        self._crs = main_crs(kind, self._sources[lacking][0])
        self._kept: dict[tuple[str, str], Batch] = {}
        self._areas: dict[str, tuple[np.ndarray, shapely.STRtree]] = {}
        self.taken: dict[str, int] = {}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """District code -> name."""
        rows = self._whole("community", self._crs)
        source = self._sources["community"][0]
        require_field(rows, source, "community_code")
        codes = [c[:_DISTRICT] for c in rows.text("community_code").tolist()]
        wrong = [c for c in codes if len(c) != _DISTRICT or not (c.isascii() and c.isdigit())]
        if wrong:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Layer “{layer}”: “{value}” does not begin with the 6 digits of a district "
                    "({count} such communities). Correct community_code, then run again.",
                ).format(layer=source.name, value=wrong[0], count=len(wrong))
            )
        named = dict(zip(codes, rows.text("district_name").tolist(), strict=True))
        return {code: named[code] or code for code in sorted(named)}

    def read(self, kind: JobKind, district: str) -> dict[str, Batch]:
        return {
            name: self._share(name, share, district)
            for name, share in self._shares.items()
            if name in self._sources
        }

    def left_over(self) -> dict[str, int]:
        """Return how many rows of layers that are read by place belonged to no district."""
        total = {n: sum(s.count() for s in self._sources[n]) for n in self.taken}
        return {n: t - self.taken[n] for n, t in total.items() if t > self.taken[n]}

    def _share(self, name: str, share: Share, district: str) -> Batch:
        if share is Share.ALL:
            return self._whole(name, self._crs)
        if share is Share.CODE:
            return self._by_code(name, district)
        if name in ("community", "unit_grid"):
            rows = self._whole(name, self._crs)
            if share is Share.NEAR:
                return rows.take(self._near(rows, district))
            return rows.take(
                self._owners(rows, f"{name}_code" if name != "unit_grid" else "grid_code")
                == district
            )
        found = self._within(name, district)
        if share is Share.NEAR:
            return found.take(self._near(found, district))
        mine = found.take(self._places(found) == district)
        self.taken[name] = self.taken.get(name, 0) + len(mine)
        return mine

    def _whole(self, name: str, crs: QgsCoordinateReferenceSystem) -> Batch:
        key = (name, crs.authid() or crs.toWkt())
        if key not in self._kept:
            source = replace(self._sources[name][0], crs=crs)
            self._kept[key] = renamed(self._job.columns(source), layer_spec(name))
        return self._kept[key]

    def _districts(self, crs: QgsCoordinateReferenceSystem) -> tuple[np.ndarray, shapely.STRtree]:
        """Return the districts' areas in the order of their codes, and a tree of them."""
        key = crs.authid() or crs.toWkt()
        if key not in self._areas:
            rows = self._whole("community", crs)
            codes = np.array([c[:_DISTRICT] for c in rows.text("community_code")])
            shapes = shapely.make_valid(rows.shapes)
            areas = np.array([shapely.union_all(shapes[codes == c]) for c in self.names], object)
            shapely.prepare(areas)
            self._areas[key] = areas, shapely.STRtree(areas)
        return self._areas[key]

    def _area(self, district: str, crs: QgsCoordinateReferenceSystem):
        return self._districts(crs)[0][list(self.names).index(district)]

    def _owners(self, rows: Batch, field: str) -> np.ndarray:
        """Return the district of each row: by its code, by its place where that says nothing."""
        codes = np.array([c[:_DISTRICT] for c in rows.text(field).tolist()], dtype=object)
        unknown = ~np.isin(codes.astype(str), list(self.names))
        if unknown.any():
            codes[unknown] = self._places(rows.take(unknown))
        return codes

    def _places(self, rows: Batch) -> np.ndarray:
        """Return the district in which each row lies, "" for none; on a border the first one."""
        found = np.full(len(rows), "", dtype=object)
        if not len(rows):
            return found
        points = shapely.point_on_surface(rows.shapes)
        row, area = self._districts(self._crs)[1].query(points, predicate="intersects")
        best = np.full(len(rows), len(self.names), np.int64)
        np.minimum.at(best, row, area)
        return np.array([*self.names, ""], dtype=object)[best]

    def _near(self, rows: Batch, district: str) -> np.ndarray:
        area = self._area(district, self._crs)
        if not len(rows):
            return np.zeros(0, np.int64)
        distance = _MARGIN_DEGREES if self._crs.isGeographic() else _MARGIN_M
        tree = shapely.STRtree(rows.shapes)
        return np.sort(tree.query(area, predicate="dwithin", distance=distance))

    def _within(self, name: str, district: str) -> Batch:
        sources = []
        for source in self._sources[name]:
            own = source.layer.crs()
            bounds = QgsRectangle(*self._area(district, own).bounds)
            bounds.grow(_MARGIN_DEGREES if own.isGeographic() else _MARGIN_M)
            sources.append(replace(source, crs=self._crs, extent=bounds))
        if name in _UNDESCRIBED:
            return shapes_of(self._job, name, sources)
        return renamed(self._job.columns(sources[0]), layer_spec(name))

    def _by_code(self, name: str, district: str) -> Batch:
        source, spec = self._sources[name][0], layer_spec(name)
        kept: list[Batch] = []
        for rows in read_batches(source, progress=self._job.progress):
            described = renamed(rows, spec)
            field = next((f for f in _CODES if f in described.fields), None)
            if field is None:
                require_field(described, source, _CODES[-1])
            mine = [c.startswith(district) for c in described.text(field or "").tolist()]
            kept.append(described.take(np.array(mine, bool)))
        return concatenate(kept) if kept else renamed(self._job.columns(source), spec)


def districts_asked(text: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the districts that a parameter lists; all when it is empty."""
    wanted = [word for word in text.replace("，", ",").replace(" ", ",").split(",") if word]
    strange = [word for word in wanted if word not in names]
    if strange:
        raise WanggeError(
            translate("Wangge", "There is no district {district}. There are: {districts}.").format(
                district=strange[0], districts=", ".join(names)
            )
        )
    yield from (d for d in names if not wanted or d in wanted)
