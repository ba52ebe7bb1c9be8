"""What the one map shows, read once and counted by cell and by area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem

from ..plugin.database.cases.report import Areas, area_code, case_rates
from ..plugin.database.cases.stages import stages
from ..plugin.errors import WanggeError
from ..plugin.facilities.coverage import measure_coverage
from ..plugin.facilities.homes import area_of
from ..plugin.layers.source import LayerSource
from ..plugin.progress import Part
from ..plugin.risk.aggregation import aggregate_risks
from ..plugin.rules.batch import Batch
from ..plugin.standards.extension import extend_domains, extend_layers
from ..plugin.standards.profile import Profile
from ..plugin.translation import translate
from .inputs import active, metric_crs, renamed, require_field
from .job import Job

#: Parameter -> name of the layer, in the order in which they decide on the coordinates.
INPUTS = {
    "COMMUNITIES": "community",
    "GRIDS": "unit_grid",
    "COMPONENTS": "component",
    "CASES": "case",
    "RISKS": "risk",
    "FACILITIES": "facility",
    "MONITORS": "monitor",
    "CAMERAS": "camera",
}
_INTACT = ("完好", "")
_EMPTY = np.empty(0, object)


@dataclass(frozen=True)
class CityTables:
    """Tables of the one map by name, all in one metric CRS."""

    layers: Mapping[str, Batch]
    crs: QgsCoordinateReferenceSystem
    warnings: list[str] = field(default_factory=list)


def read_city(job: Job, profile: Profile, *, pulled: Mapping[str, Batch], crs) -> CityTables:
    """Read every layer that is given, under the names of the profile's descriptions.

    Parameters
    ----------
    pulled : mapping of str to Batch
        What came from the platform, by the layer's name; layers that are given come first.
    crs : QgsCoordinateReferenceSystem or None
        CRS of what was pulled; the first layer's otherwise, in metres.
    """
    specs, domains = extend_layers(profile), extend_domains(profile)
    layers: dict[str, Batch] = {}
    for parameter, name in INPUTS.items():
        source = job.source(parameter)
        if source is not None:
            crs = crs or metric_crs(source)
            own = LayerSource(
                source.layer, source.selected_only, source.expression, crs,
                transform_context=source.transform_context,
            )  # fmt: skip
            batch = renamed(job.columns(own), specs[name])
            if specs[name].key and name != "case":
                require_field(batch, source, specs[name].key)
        elif name in pulled:
            batch = pulled[name]
        else:
            continue
        if name == "unit_grid":
            batch = batch.take(active(batch))
        for one in specs[name].fields:
            if one.domain and one.name in batch.fields:
                batch = batch.with_fields(
                    **{one.name: _stored(batch.text(one.name), domains[one.domain])}
                )
        layers[name] = batch
    if not layers or crs is None:
        raise WanggeError(
            translate(
                "Wangge",
                "There is nothing to put on the map. Give at least one layer, or a platform that "
                "holds some.",
            )
        )
    return CityTables(layers, crs)


def _stored(values: np.ndarray, domain) -> np.ndarray:
    known = {v: domain.recognise(v) or v or None for v in set(values.tolist())}
    made = np.empty(len(values), object)
    made[:] = [known[v] for v in values.tolist()]
    return made


def count_city(
    job: Job, city: CityTables, profile: Profile, *, level: str, radius: float
) -> dict[str, Batch]:
    """Return the tables ``cell`` and ``area``, each only where there are such polygons."""
    layers, tables = city.layers, {}
    base = layers.get("unit_grid", layers.get("community"))
    if base is None:
        return {}
    grids = layers.get("unit_grid")
    names = _names(layers.get("community"))
    if grids is not None:
        cells = Areas(grids.text("grid_code"), grids.shapes, {})
        homes = grids.text("grid_code")
        own = {
            "grid_code": homes,
            "community_code": np.array([c[:12] for c in homes.tolist()], object),
            "community_name": np.array([names.get(c[:12]) for c in homes.tolist()], object),
        }
        counted = _counted(job, layers, cells, _identity, radius)
        tables["cell"] = _batch({**own, **counted}, grids.shapes, grids.crs)
    code = "community_code" if "community" in layers else "grid_code"
    outlines = layers.get("community", base)
    areas = Areas(outlines.text(code), outlines.shapes, names)
    no_cases = Batch({"grid_code": _EMPTY, "state": _EMPTY}, None, np.empty(0, np.int64))
    rates, left_out = case_rates(layers.get("case", no_cases), level, areas=areas)
    if left_out:
        job.progress.warn(
            translate("Wangge", "{count} cases lie in no area and are not counted.").format(
                count=left_out
            )
        )
    shapes = rates.shapes
    whole = Areas(rates.text("area_code"), shapes, names)
    counted = _counted(job, layers, whole, lambda c: area_code(c, level), radius)
    fields = dict(rates.fields)
    if "case" not in layers:
        fields = {k: v for k, v in fields.items() if k.startswith("area_")}
    batch = _batch({**fields, **counted}, shapes, outlines.crs)
    tables["area"] = Batch(batch.fields, batch.geometry, batch.ids, batch.crs, rates.nulls)
    return tables


def _identity(code: str) -> str:
    return code


def _names(communities: Batch | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if communities is None:
        return found
    for level in ("community", "street", "district"):
        codes, texts = communities.text(f"{level}_code"), communities.text(f"{level}_name")
        found |= {c: n for c, n in zip(codes.tolist(), texts.tolist(), strict=True) if c and n}
    return found


def _counted(job: Job, layers: Mapping[str, Batch], areas: Areas, home, radius: float) -> dict:
    """Return the columns that both tables have, for the layers that are there."""
    n = len(areas.codes)
    place = {code: k for k, code in enumerate(areas.codes.tolist()) if code}
    fields: dict[str, np.ndarray] = {}

    def count(batch: Batch, chosen: np.ndarray | None = None) -> np.ndarray:
        rows = _rows(batch, place, areas, home)
        keep = rows >= 0 if chosen is None else (rows >= 0) & chosen
        return np.bincount(rows[keep], minlength=n).astype(np.int64)

    if (batch := layers.get("component")) is not None:
        fields["components"] = count(batch)
        fields["defective"] = count(batch, ~np.isin(batch.text("status"), _INTACT))
    if (batch := layers.get("case")) is not None:
        reached = stages(batch)
        fields["cases"] = count(batch)
        fields["open_cases"] = count(batch, ~(reached[:, 3] | reached[:, 4]))
    if (batch := layers.get("facility")) is not None:
        fields["facilities"] = count(batch)
        in_use = (batch.text("kind") == "toilet") & (batch.text("status") != "out_of_use")
        reach = measure_coverage(
            areas.shapes, batch.shapes[in_use], radius=radius, progress=Part(job.progress, 0.3, 0.6)
        )
        fields["toilets"] = reach.inside
        fields["toilets_near"] = reach.near
        fields["served"] = reach.share
        fields["nearest_toilet_m"] = reach.nearest
    if (batch := layers.get("risk")) is not None and batch.geometry is not None:
        polygons = Batch({}, areas.shapes, np.arange(1, n + 1, dtype=np.int64), batch.crs)
        found = aggregate_risks(batch, polygons).areas.fields
        for name in ("red", "orange", "yellow", "blue", "risks", "worst_level", "risk_weight"):
            fields[name] = found[name]
    return fields


def _rows(batch: Batch, place: dict[str, int], areas: Areas, home) -> np.ndarray:
    """Return for each row the area it lies in by its code, else by its place; -1 for none."""
    codes = batch.text("grid_code").tolist()
    row = np.array([place.get(home(c), -1) for c in codes], np.int64)
    lost = np.flatnonzero((row < 0) & ~shapely.is_missing(batch.shapes))
    if len(lost):
        spots = shapely.point_on_surface(batch.shapes[lost])
        row[lost] = area_of(spots, areas.shapes)
    return row


def _batch(fields: dict[str, np.ndarray], shapes: np.ndarray, crs: str) -> Batch:
    return Batch(fields, shapes, np.arange(1, len(shapes) + 1, dtype=np.int64), crs)
