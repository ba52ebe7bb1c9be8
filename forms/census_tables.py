"""The tables of a census in one GeoPackage: components, what forms look up, what maps show."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from qgis.core import Qgis

from ..plugin.layers.class_tables import CLASS_LAYERS, class_batches
from ..plugin.layers.container import write_container
from ..plugin.progress import SILENT, Progress
from ..plugin.rules.batch import Batch
from ..plugin.standards.census_columns import census_component
from ..plugin.standards.classes import ClassTable
from ..plugin.standards.component_history import HISTORY
from ..plugin.standards.pinyin import initials
from ..plugin.standards.spec import FieldSpec, LayerSpec

_INITIALS = FieldSpec("initials", length=40, alias_en="pinyin initials", alias_zh="拼音首字母")
# One column to search: QGIS hands a comparison with a column to the file, an expression it
# works out row by row, which takes a second for 78,000 departments.
_LABEL = FieldSpec("label", length=150, alias_en="name to search", alias_zh="检索名称")
# What forms and default expressions look up, answered by an index instead of a scan.
_INDEXED = {
    "component": ("uuid", "component_code", "class_code", "grid_code"),
    "unit_grid": ("grid_code",),
    "community": ("community_code",),
    "department": ("department_code",),
    "component_history": ("uuid",),
    "component_class": ("class_code",),
    "component_subclass": ("class_code",),
}


@dataclass(frozen=True)
class CensusTables:
    """What goes into the GeoPackage.

    Attributes
    ----------
    classes : ClassTable
    specs : mapping of str to LayerSpec
        The city's descriptions.
    crs : str
    rows : mapping of str to Batch
        Rows of ``community``, ``unit_grid``, ``component``, ``department`` and ``address``
        as far as they are known.
    """

    classes: ClassTable
    specs: Mapping[str, LayerSpec]
    crs: str
    rows: Mapping[str, Batch]


@dataclass(frozen=True)
class WrittenTables:
    """What lies in the GeoPackage.

    Attributes
    ----------
    specs : mapping of str to LayerSpec
        Description of each table as it was written.
    counts : mapping of str to int
    district_code : str
        The district of all cells and communities; empty when there are several or none.
    """

    specs: Mapping[str, LayerSpec]
    counts: Mapping[str, int]
    district_code: str

    def count(self, name: str) -> int:
        return self.counts.get(name, 0)


def write_census_tables(
    path: Path, tables: CensusTables, *, progress: Progress = SILENT
) -> WrittenTables:
    """Write a new GeoPackage with all tables of a census, indexed for its forms."""
    of = tables.classes.edition
    rows = {
        "component": _components(tables.rows.get("component"), of.id),
        **{n: b for n, b in tables.rows.items() if n in ("unit_grid", "community", "address")},
        "department": _departments(tables.rows.get("department")),
        HISTORY.name: Batch({}, None, np.empty(0, np.int64)),
        **class_batches(tables.classes),
    }
    department = tables.specs["department"]
    specs = {
        **{name: tables.specs[name] for name in rows if name in tables.specs},
        "component": census_component(tables.specs["component"]),
        "department": replace(department, fields=(*department.fields, _INITIALS, _LABEL)),
        HISTORY.name: HISTORY,
        **CLASS_LAYERS,
    }
    rows = {n: b if n == "component" else _described(b, specs[n]) for n, b in rows.items()}
    types, shaped = {}, {}
    for name, batch in rows.items():
        shaped[name], kind = _one_type(batch) if name != "component" else (batch, None)
        if kind is not None:
            types[name] = kind
    write_container(path, shaped, specs, tables.crs, types=types, progress=progress)
    _index(path, rows)
    counts = {name: len(batch) for name, batch in rows.items()}
    return WrittenTables({n: specs[n] for n in rows}, counts, _district(tables.rows))


def _described(batch: Batch, spec: LayerSpec) -> Batch:
    # Columns that nobody knows stay behind; only components keep theirs.
    kept = {n: v for n, v in batch.fields.items() if n in spec.names}
    return replace(batch, fields=kept, nulls={n: v for n, v in batch.nulls.items() if n in kept})


def _components(batch: Batch | None, standard: str) -> Batch:
    if batch is None:
        return Batch({}, np.empty(0, object), np.empty(0, np.int64))
    keys = batch.text("uuid")
    _, first = np.unique(keys.astype(str), return_index=True)
    is_own = np.zeros(len(batch), bool)
    is_own[first] = True
    is_own &= keys != ""
    fresh = np.array([str(uuid.uuid4()) for _ in range(int((~is_own).sum()))], dtype=object)
    keys = keys.copy()
    keys[~is_own] = fresh
    standards = batch.text("standard")
    major = batch.text("class_code").astype("U2").astype(object)
    major[major == ""] = None
    kept = {n: v for n, v in batch.fields.items() if n.lower() not in ("fid", "geom")}
    made = replace(
        batch,
        fields=kept,
        geometry=np.empty(len(batch), object)
        if batch.geometry is None
        else _single(batch.geometry),
        nulls={n: v for n, v in batch.nulls.items() if n in kept},
    )
    return made.with_fields(
        uuid=keys,
        standard=np.where(standards == "", standard, standards),
        major_code=major,
    )


def _single(shapes: np.ndarray) -> np.ndarray:
    """Return one-part collections as their part, so that they fall into a layer."""
    is_multi = np.isin(shapely.get_type_id(shapes), (4, 5, 6))
    is_multi &= shapely.get_num_geometries(shapes) == 1
    made = shapes.copy()
    made[is_multi] = shapely.get_geometry(shapes[is_multi], 0)
    return made


def _departments(batch: Batch | None) -> Batch:
    if batch is None:
        return Batch({}, None, np.empty(0, np.int64))
    names = batch.text("department_name")
    keys = np.array([initials(n) for n in names.tolist()], dtype=object)
    # Lookups show rows as they lie: by pinyin, then by name.
    order = np.lexsort((names.astype(str), keys.astype(str)))
    short = np.array([k[:40] for k in keys], dtype=object)
    label = np.array([f"{n} {k}" for n, k in zip(names, short, strict=True)], dtype=object)
    return batch.with_fields(initials=short, label=label).take(order)


def _one_type(batch: Batch) -> tuple[Batch, Qgis.WkbType | None]:
    """Return rows whose geometries are all of one type, and that type; None for mixed ones."""
    if batch.geometry is None or not len(batch):
        return batch, None
    shapes = shapely.force_2d(_single(batch.geometry))
    kinds = set(np.unique(shapely.get_type_id(shapes[~shapely.is_missing(shapes)])).tolist())
    families = {
        frozenset({0}): Qgis.WkbType.Point,
        frozenset({1}): Qgis.WkbType.LineString,
        frozenset({3}): Qgis.WkbType.Polygon,
    }
    kind = families.get(frozenset(kinds))
    if kind is None and kinds <= {3, 6}:
        kind = Qgis.WkbType.MultiPolygon
        shapes = _multi(shapes)
    return replace(batch, geometry=shapes), kind


def _multi(shapes: np.ndarray) -> np.ndarray:
    made = shapes.copy()
    single = shapely.get_type_id(shapes) == 3
    made[single] = [shapely.multipolygons([s]) for s in shapes[single]]
    return made


def _district(rows: Mapping[str, Batch]) -> str:
    codes: set[str] = set()
    for name, field in (("unit_grid", "grid_code"), ("community", "community_code")):
        if name in rows:
            codes |= {c[:6] for c in rows[name].text(field).tolist() if c}
    return codes.pop() if len(codes) == 1 else ""


def _index(path: Path, rows: Mapping[str, Batch]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, columns in _INDEXED.items():
            if table not in rows:
                continue
            for column in columns:
                # Names are ours, from the table above.
                connection.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
