"""Scenarios: states of a layer of cells under names, in a GeoPackage beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from osgeo import gdal
from qgis.core import (
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..translation import translate
from .cell_edits import (
    END,
    KEY,
    add_cell,
    end_cell,
    in_one_command,
    refused,
    set_values,
)
from .columns import read_columns
from .container import add_table
from .features import is_null
from .fields import fields_of_columns
from .geopackage import fill
from .source import LayerSource

# What a layer's address and a table's name cannot hold.
_FORBIDDEN = frozenset("|\"'`\\/:\n\t")
_LONGEST = 60


@dataclass(frozen=True)
class Scenario:
    """A state that was kept.

    Attributes
    ----------
    name : str
    cells : int
        Active cells in it.
    saved_at : str
        Day and time in UTC, as ISO 8601 writes it.
    source : str
        Address as QGIS and ``qgis_process`` take it.
    """

    name: str
    cells: int
    saved_at: str
    source: str


def scenario_file(layer: QgsVectorLayer) -> Path:
    """Return the GeoPackage of a layer's scenarios, whether it is there or not.

    It lies beside the layer's file; for a layer in a database or in memory beside the project.

    Raises
    ------
    WanggeError
        If there is neither a file nor a saved project.
    """
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(parts.get("path") or "") if layer.providerType() == "ogr" else Path()
    table = str(parts.get("layerName") or layer.name())
    if not path.is_file():
        path = Path(QgsProject.instance().fileName())
        if not path.name:
            raise WanggeError(
                translate("Wangge", "Save the project first: the scenarios are kept beside it.")
            )
    stem = path.stem if path.stem == table else f"{path.stem}_{table}"
    return path.with_name(f"{stem}_scenarios.gpkg")


def list_scenarios(layer: QgsVectorLayer) -> tuple[Scenario, ...]:
    """Return the scenarios of a layer, the latest first."""
    path = scenario_file(layer)
    if not path.is_file():
        return ()
    found = []
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            rows = connection.execute(
                "SELECT table_name, last_change FROM gpkg_contents WHERE data_type = 'features'"
            ).fetchall()
            for name, saved_at in rows:
                table = '"' + name.replace('"', '""') + '"'
                columns = {r[1] for r in connection.execute(f"PRAGMA table_info({table})")}
                where = f"WHERE {END} IS NULL" if END in columns else ""
                # The name is quoted above; a table's name cannot be a parameter.
                count = connection.execute(f"SELECT count(*) FROM {table} {where}")  # noqa: S608  # nosec B608
                found.append(
                    Scenario(name, count.fetchone()[0], saved_at, f"{path}|layername={name}")
                )
    except sqlite3.Error as error:
        raise WanggeError(
            translate("Wangge", "The scenarios in “{path}” cannot be read: {reason}.").format(
                path=path, reason=error
            )
        ) from error
    return tuple(sorted(found, key=lambda s: (s.saved_at, s.name), reverse=True))


def count_active(layer: QgsVectorLayer) -> int:
    """Return how many cells of a layer are in use."""
    request = QgsFeatureRequest().setNoAttributes()
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    if layer.fields().lookupField(END) >= 0:
        request.setFilterExpression(f"{QgsExpression.quotedColumnRef(END)} IS NULL")
    return sum(1 for _ in layer.getFeatures(request))


def save_scenario(layer: QgsVectorLayer, name: str) -> Scenario:
    """Keep the cells as they are now, edits not yet saved among them, under a name.

    Raises
    ------
    WanggeError
        If the name is empty, cannot be a table's, or is taken.
    """
    name = name.strip()
    _require_whole(layer)
    if not name or len(name) > _LONGEST or _FORBIDDEN & set(name):
        raise WanggeError(
            translate(
                "Wangge",
                "Give the scenario a name of at most {count} characters, without quotation marks, "
                "slashes, colons and vertical bars.",
            ).format(count=_LONGEST)
        )
    if name.lower() in {s.name.lower() for s in list_scenarios(layer)}:
        raise WanggeError(
            translate(
                "Wangge", "There is a scenario “{name}” already. Choose another name or delete it."
            ).format(name=name)
        )
    write_state(layer, scenario_file(layer), name)
    return next(s for s in list_scenarios(layer) if s.name == name)


def write_state(layer: QgsVectorLayer, path: Path, table: str) -> None:
    """Write the rows of a layer as they are now, unsaved edits too, into a table of a file."""
    batch = read_columns(LayerSource(layer))
    fields = {n: values for n, values in batch.fields.items() if n != "fid"}
    batch = replace(
        batch, fields=fields, nulls={n: v for n, v in batch.nulls.items() if n in fields}
    )
    add_table(path, table, fields_of_columns(batch.fields), layer.wkbType(), layer.crs())
    fill(path, table, [batch])


def delete_scenario(layer: QgsVectorLayer, name: str) -> None:
    """Take a scenario away for good; the file goes with the last one."""
    path = scenario_file(layer)
    data = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    if data is None or data.DeleteLayer(name) != 0:
        raise WanggeError(
            translate("Wangge", "The scenario “{name}” could not be deleted from “{path}”.").format(
                name=name, path=path
            )
        )
    del data  # closes the file
    if not list_scenarios(layer):
        path.unlink()


def restore_scenario(layer: QgsVectorLayer, name: str, title: str) -> int:
    """Bring the cells back to a scenario as one edit command; return how many rows changed.

    Cells that the scenario has not end today and keep their codes; those that were never
    saved go. Codes that the scenario has and that were retired since are in use again.

    Raises
    ------
    WanggeError
        If there is no such scenario or the layer cannot be edited; nothing is changed then.
    """
    _require_whole(layer)
    kept = QgsVectorLayer(f"{scenario_file(layer)}|layername={name}", name, "ogr")
    if not kept.isValid():
        raise WanggeError(
            translate("Wangge", "There is no scenario “{name}” any more.").format(name=name)
        )
    names = [f.name() for f in kept.fields() if layer.fields().lookupField(f.name()) >= 0]
    own = {layer.fields().at(i).name() for i in layer.primaryKeyAttributes()} | {"fid"}
    names = [n for n in names if n not in own]
    wanted = [f for f in kept.getFeatures() if not _has_ended(f)]
    present = list(layer.getFeatures())
    # A code stands on one active cell; of retired rows any will do.
    by_code = {_code(f): f for f in present if _has_ended(f)}
    by_code.update({_code(f): f for f in present if not _has_ended(f)})
    by_code.pop("", None)
    changes: list[tuple[QgsFeature, QgsFeature | None]] = []
    stays: set[int] = set()
    for cell in wanted:
        now = by_code.get(_code(cell))
        if now is not None and now.id() not in stays:
            stays.add(now.id())
            if not _alike(now, cell, names):
                changes.append((cell, now))
        else:
            changes.append((cell, None))
    gone = [f for f in present if f.id() not in stays and not _has_ended(f)]
    if not changes and not gone:
        return 0

    def work() -> list[int]:
        for cell in gone:
            if cell.id() >= 0:
                end_cell(layer, cell.id())
            elif not layer.deleteFeature(cell.id()):
                raise refused(layer)
        return [_put(layer, cell, now, names) for cell, now in changes]

    in_one_command(layer, title, work)
    return len(changes) + len(gone)


def _put(layer: QgsVectorLayer, cell: QgsFeature, now: QgsFeature | None, names: list[str]) -> int:
    values = {name: cell[name] for name in names}
    if now is None:
        return add_cell(layer, cell.geometry(), values)
    if not _same_shape(now, cell) and not layer.changeGeometry(now.id(), cell.geometry()):
        raise refused(layer)
    set_values(layer, now.id(), values)
    return now.id()


def _require_whole(layer: QgsVectorLayer) -> None:
    # Behind a filter cells would be missed, and later be there twice.
    if layer.subsetString():
        raise WanggeError(
            translate(
                "Wangge",
                "The layer “{layer}” shows only a part of its rows. Clear its filter first.",
            ).format(layer=layer.name())
        )


def _alike(one: QgsFeature, other: QgsFeature, names: list[str]) -> bool:
    if not _same_shape(one, other):
        return False
    pairs = ((one[n], other[n]) for n in names)
    return all((is_null(a) and is_null(b)) or a == b for a, b in pairs)


def _same_shape(one: QgsFeature, other: QgsFeature) -> bool:
    return bytes(one.geometry().asWkb()) == bytes(other.geometry().asWkb())


def _code(feature: QgsFeature) -> str:
    value = feature[KEY]
    return "" if is_null(value) else str(value)


def _has_ended(feature: QgsFeature) -> bool:
    place = feature.fields().lookupField(END)
    return place >= 0 and not is_null(feature.attribute(place)) and bool(feature.attribute(place))
