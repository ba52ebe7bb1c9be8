"""Open conflicts of a census project, read in the background and made readable."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from qgis.core import QgsTask

from ...census.merge import FIELD, OFFICE, Kind, kind_title
from ...census.merge.values import GEOMETRY, text_to_shape
from ...census.project import read_state, rows_of
from ...rules.batch import Batch
from ...standards.layers import component_spec
from ...translation import translate

# What says nothing to those who compare two components.
_HIDDEN = ("uuid", "fid", "ogc_fid")
_TEXTS = ("conflict_id", "package_id", "uuid", "kind", "field", "other_uuid", "choice")


@dataclass(frozen=True)
class Line:
    """One attribute in three states; None where there is no such row."""

    title: str
    before: str | None
    field: str | None
    office: str | None


@dataclass(frozen=True)
class Conflict:
    """One conflict as the window shows it.

    Attributes
    ----------
    id : str
    group, title : str
        Conflicts that one rule settles, and how they are called.
    name : str
        Name and code of the component.
    team : str
    choice : str
        ``"field"``, ``"office"`` or "", as the project remembers it.
    lines : tuple of Line
    place : bytes
        Where to look, as WKB; empty where that is not known.
    field_shape, office_shape : bytes
        Both positions of something moved on both sides, as WKB.
    """

    id: str
    group: str
    title: str
    name: str
    team: str
    choice: str
    lines: tuple[Line, ...]
    place: bytes = b""
    field_shape: bytes = b""
    office_shape: bytes = b""


def read_conflicts(path: Path, table: str) -> list[Conflict]:
    """Read the open conflicts of a project, those that one rule settles side by side."""
    state = read_state(path)
    teams = {e.package_id: e.team for e in state.ledger.entries}
    batch = state.conflicts
    keys = {*batch.text("uuid").tolist(), *batch.text("other_uuid").tolist()} - {""}
    rows = rows_of(path, table, keys) if keys else {}
    found = [_conflict(batch, i, rows, teams) for i in range(len(batch))]
    return sorted(found, key=lambda c: (c.group, c.name, c.id))


def _conflict(
    batch: Batch, i: int, rows: Mapping[str, dict[str, Any]], teams: Mapping[str, str]
) -> Conflict:
    texts = {n: str(batch.fields[n][i] or "") for n in _TEXTS}
    values = {n: batch.fields[n][i] for n in ("base_value", "field_value", "office_value")}
    kind, field = texts["kind"], texts["field"]
    shapes = {"field_shape": b"", "office_shape": b""}
    of_row = kind not in (Kind.ATTRIBUTE.value, Kind.GEOMETRY.value)
    theirs = _values(values["field_value"]) if of_row else {}
    ours = _values(values["office_value"]) if of_row else {}
    if of_row:
        lines = _differing(theirs, ours or dict(rows.get(texts["other_uuid"], {})))
    elif kind == Kind.GEOMETRY.value:
        lines = (Line(translate("Wangge", "Position"), *(_position(v) for v in values.values())),)
        shapes = {f"{side}_shape": _wkb(values[f"{side}_value"]) for side in (FIELD, OFFICE)}
    else:
        lines = (Line(_alias(field), *(_shown(v) for v in values.values())),)
    called = rows.get(texts["uuid"]) or ours or theirs
    shape = batch.geometry[i] if batch.geometry is not None else None
    title = kind_title(kind)
    if kind == Kind.ATTRIBUTE.value:
        title = translate("Wangge", "{field}: {kind}").format(field=_alias(field), kind=title)
    return Conflict(
        id=texts["conflict_id"],
        group=f"{kind}/{field}",
        title=title,
        name=" ".join(str(called.get(n) or "") for n in ("component_name", "component_code")),
        team=teams.get(texts["package_id"], ""),
        choice=texts["choice"],
        lines=lines,
        place=b"" if shape is None else shapely.to_wkb(shape),
        **shapes,
    )


def _values(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _alias(field: str) -> str:
    spec = component_spec()
    return spec.field(field).alias if field in spec.names else field


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _differing(theirs: dict[str, Any], ours: dict[str, Any]) -> tuple[Line, ...]:
    """Return the attributes in which two rows differ, those of the standard first."""
    order = {name: i for i, name in enumerate(component_spec().names)}
    names = sorted({*theirs, *ours} - {*_HIDDEN, GEOMETRY}, key=lambda n: order.get(n, 999))
    lines = []
    for name in names:
        one, other = _shown(theirs.get(name)), _shown(ours.get(name))
        if one != other or name in ("component_name", "component_code"):
            lines.append(Line(_alias(name), None, one if theirs else None, other if ours else None))
    return tuple(lines)


def _position(text: str | None) -> str:
    shape = text_to_shape(text)
    if shape is None or shape.is_empty:
        return ""
    point = shapely.get_point(shape, 0) if shape.geom_type == "LineString" else shape.centroid
    digits = 7 if abs(point.x) <= 180 and abs(point.y) <= 90 else 2
    return f"{point.x:.{digits}f}, {point.y:.{digits}f}"


def _wkb(text: str | None) -> bytes:
    return bytes.fromhex(text) if text else b""


class ReadConflicts(QgsTask):
    """Reads conflicts; ``then`` gets them, or the mistake, in the window's own thread."""

    def __init__(
        self,
        path: Path,
        table: str,
        then: Callable[[list[Conflict] | None, Exception | None], object],
    ):
        super().__init__(
            translate("Wangge", "Reading conflicts"), QgsTask.Flag.CanCancel | QgsTask.Flag.Silent
        )
        self._where = path, table
        self._then = then
        self._found: list[Conflict] | None = None
        self._error: Exception | None = None

    def run(self) -> bool:
        """Read; called in another thread."""
        try:
            self._found = read_conflicts(*self._where)
        except Exception as error:
            self._error = error
            return False
        return True

    def finished(self, result: bool) -> None:
        """Hand over what was read; called in the window's own thread."""
        self._then(self._found, self._error)
