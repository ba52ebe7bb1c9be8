"""The layers of the one map: opened from its container, named, styled and ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsEditorWidgetSetup, QgsVectorLayer

from ...rules.batch import Batch
from ...standards.classes import ClassTable
from ...standards.domains import Domain
from ...standards.spec import LayerSpec
from ...translation import is_chinese, translate
from ..derived import mark_derived
from ..fields import alias
from ..legend import label_components, major_renderer
from ..risk_symbols import style_risks, translate_levels
from . import symbols

_COMPONENTS_FROM, _NAMES_FROM = 8_000, 30_000


@dataclass(frozen=True)
class Dictionary:
    """What names and values mean in the user's language: descriptions, lists and classes."""

    specs: Mapping[str, LayerSpec]
    domains: Mapping[str, Domain]
    classes: ClassTable


@dataclass(frozen=True)
class Entry:
    """One layer of the map.

    Attributes
    ----------
    tables : tuple of str
        Tables it may show, the first that is there.
    title : callable
        Name in the legend; asked late, when the language is known.
    needs : str
        Field without which there is nothing to show.
    style : callable
        ``style(layer, rows, dictionary)``.
    is_derived : bool
        It repeats another layer, or counts others: nobody's input.
    """

    tables: tuple[str, ...]
    title: Callable[[], str]
    needs: str
    style: Callable[[QgsVectorLayer, Batch, Dictionary], object]
    is_derived: bool = False


def _component(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(major_renderer(of.classes, layer.geometryType()))
    label_components(layer)
    layer.setScaleBasedVisibility(True)
    layer.setMinimumScale(_COMPONENTS_FROM)


def _facility(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(
        symbols.facility_renderer(
            of.domains["facility_kind"], layer.geometryType(), _there(rows, "kind")
        )
    )
    symbols.label_by(layer, '"facility_name"', scale=_NAMES_FROM // 3)


def _monitor(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(symbols.monitor_renderer(of.domains["device_status"], _there(rows, "status")))
    symbols.label_by(layer, '"monitor_name"', scale=_NAMES_FROM // 2)


def _camera(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(
        symbols.camera_renderer(
            of.domains["device_status"],
            _there(rows, "status"),
            has_direction="direction" in rows.fields,
        )
    )
    symbols.label_by(layer, '"camera_name"', scale=_NAMES_FROM // 4)


def _risk(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    style_risks(layer)
    translate_levels(layer)
    layer.setLabelsEnabled(False)


def _case(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(symbols.case_renderer())


def _open_case(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(symbols.open_case_renderer())


def _there(rows: Batch, field: str) -> set[str]:
    return set(rows.text(field).tolist())


def _outline(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(symbols.outline_renderer())
    name = "area_name" if "area_name" in rows.fields else "community_name"
    if name in rows.fields:
        symbols.label_by(layer, f'"{name}"', scale=_NAMES_FROM)


def _components_by_cell(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    field = "components" if "components" in rows.fields else "cases"
    symbols.count_renderer(layer, field, rows.fields[field].astype(float))


def _closed(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    symbols.rate_renderer(layer, "closed_rate", rows.fields["closed_rate"])
    rate = "format_number(\"closed_rate\" * 100, 1) || '%'"
    symbols.label_by(layer, f'coalesce("area_name", "area_code") || \'\\n\' || {rate}', size=8)


def _served(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    symbols.served_renderer(layer)


def _worst(layer: QgsVectorLayer, rows: Batch, of: Dictionary) -> None:
    layer.setRenderer(symbols.worst_renderer(of.domains["risk_level"]))


#: Every layer the map can have, in drawing order from the top.
ENTRIES: Mapping[str, Entry] = {
    "camera": Entry(("camera",), lambda: translate("Wangge", "Video positions"), "status", _camera),
    "monitor": Entry(("monitor",), lambda: translate("Wangge", "Monitors"), "status", _monitor),
    "facility": Entry(
        ("facility",), lambda: translate("Wangge", "Municipal facilities"), "kind", _facility
    ),
    "risk": Entry(("risk",), lambda: translate("Wangge", "City risk list"), "level", _risk),
    "case_open": Entry(
        ("case",),
        lambda: translate("Wangge", "Cases not closed"),
        "state",
        _open_case,
        is_derived=True,
    ),
    "case": Entry(("case",), lambda: translate("Wangge", "Cases"), "state", _case),
    "component": Entry(
        ("component",), lambda: translate("Wangge", "Components"), "class_code", _component
    ),
    "outline": Entry(
        ("community", "area"), lambda: translate("Wangge", "Borders of areas"), "", _outline,
        is_derived=True,
    ),
    "cell_components": Entry(
        ("cell", "area"),
        lambda: translate("Wangge", "Components by unit grid"),
        "components",
        _components_by_cell,
        is_derived=True,
    ),
    "area_closed": Entry(
        ("area",),
        lambda: translate("Wangge", "Share of cases closed"),
        "closed_rate",
        _closed,
        is_derived=True,
    ),
    "cell_served": Entry(
        ("cell", "area"),
        lambda: translate("Wangge", "Share served by public toilets"),
        "served",
        _served,
        is_derived=True,
    ),
    "cell_risks": Entry(
        ("cell", "area"),
        lambda: translate("Wangge", "Worst risk by unit grid"),
        "worst_level",
        _worst,
        is_derived=True,
    ),
}  # fmt: skip


def open_entry(
    name: str, container: Path, tables: Mapping[str, Batch], of: Dictionary
) -> QgsVectorLayer | None:
    """Return a layer of the map, None when the container has nothing for it."""
    entry = ENTRIES[name]
    table = next((t for t in entry.tables if t in tables), None)
    if table is None:
        return None
    rows = tables[table]
    if rows.geometry is None or (entry.needs and entry.needs not in rows.fields):
        return None
    uri = f"{container}|layername={table}"
    layer = QgsVectorLayer(uri, entry.title(), "ogr")
    if not layer.isValid() or not layer.isSpatial():
        return None
    dress(layer, of.specs[table], of)
    entry.style(layer, rows, of)
    if entry.is_derived:
        mark_derived(layer)
    return layer


def dress(layer: QgsVectorLayer, spec: LayerSpec, of: Dictionary) -> None:
    """Give a layer readable names and values, in attribute tables, identify and map tips."""
    shown: list[str] = []
    for field in spec.fields:
        index = layer.fields().lookupField(field.name)
        if index < 0:
            continue
        layer.setFieldAlias(index, alias(field))
        values: dict[str, str] = {}
        if field.domain in of.domains:
            values = {v.label: v.value for v in of.domains[field.domain].values}
        elif field.name == "class_code" and spec.name == "component":
            values = {_class_label(c.code, c): c.code for c in of.classes.values()}
        if values:
            pairs = [{label: value} for label, value in values.items()]
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": pairs}))
        shown.append(field.name)
    _tell_on_hover(layer, spec, shown)


def _class_label(code: str, one) -> str:
    return f"{code} {one.name_zh if is_chinese() else one.name_en or one.name_zh}"


def _tell_on_hover(layer: QgsVectorLayer, spec: LayerSpec, names: list[str]) -> None:
    """Write the map tip: the name in bold, then what there is to say about it."""
    head = next((n for n in names if n.endswith("_name")), spec.key or names[0])
    layer.setDisplayExpression(f"coalesce(\"{head}\", '')")
    rows = "".join(
        f"[% CASE WHEN \"{n}\" IS NOT NULL THEN '<tr><td>{_quoted(alias(spec.field(n)))}</td><td>' "
        f"|| {_value(spec, n)} || '</td></tr>' ELSE '' END %]"
        for n in names
        if n != head and not n.endswith(("_code", "uuid")) and n != "phone"
    )
    layer.setMapTipTemplate(f"<b>[% coalesce(\"{head}\", '') %]</b><table>{rows}</table>")


def _value(spec: LayerSpec, name: str) -> str:
    field = spec.field(name)
    if name.endswith("_rate") or name == "served":
        return f"format_number(\"{name}\" * 100, 1) || '%'"
    if field.type.value == "datetime":
        return f"format_date(\"{name}\", 'yyyy-MM-dd HH:mm')"
    unit = f" || ' {field.unit}'" if field.unit else ""
    return f'represent_value("{name}"){unit}'


def _quoted(text: str) -> str:
    return text.replace("'", "''")
