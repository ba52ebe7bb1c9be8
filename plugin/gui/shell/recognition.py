"""Which layers of the project are which of ours, told by their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsVectorLayer

from ...layers.derived import is_derived, role_of
from ...standards.layers import LAYERS
from ...standards.spec import Geometry, LayerSpec

_FAMILIES = {
    Qgis.GeometryType.Point: Geometry.POINT,
    Qgis.GeometryType.Line: Geometry.LINE,
    Qgis.GeometryType.Polygon: Geometry.POLYGON,
}
# Layers that no single field identifies: what must be there instead.
_SIGNATURES = {
    "finding": ("rule", "severity", "message", "state"),
    "survey": LAYERS["survey"].names[:1],
    "lineage": ("old_code", "new_code", "operation"),
}
# What a migration left to people looks like components, but is none until it is decided.
_UNDECIDED = {"source_id", "old_class_code", "candidates", "decision"}
# Base data carries no code of ours: the name of the layer may have to tell.
_BY_NAME = ("street", "water", "building")


@cache
def _spellings(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    # Each field with every heading under which a delivery may carry it.
    return tuple(
        (
            f.name,
            frozenset(
                s.lower() for s in (f.name, *f.abbreviations.values(), *f.synonyms, f.alias_zh)
            ),
        )
        for f in LAYERS[name].fields
    )


def _fit(spec: LayerSpec, names: set[str]) -> float:
    # Share of the description's fields that are there; 0 where what identifies it is not.
    present = {field for field, spellings in _spellings(spec.name) if spellings & names}
    wanted = _SIGNATURES.get(spec.name) or ((spec.key,) if spec.key else ())
    if not wanted or not set(wanted) <= present:
        return 0.0
    # A field under its own name counts for more than one under another heading.
    exact = sum(field.lower() in names for field in present)
    return (len(present) + exact) / (2 * len(spec.fields))


def recognise(layer: QgsMapLayer) -> str:
    """Return the name of the description that a layer fits best, "" when it fits none."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return ""
    if is_derived(layer):
        return ""
    names = {f.name().lower() for f in layer.fields()}
    if names >= _UNDECIDED:
        return ""
    family = _FAMILIES.get(layer.geometryType())
    best, name = 0.0, ""
    for spec in LAYERS.values():
        if family and spec.geometries and family not in spec.geometries:
            continue
        if family is None and spec.geometries and spec.name not in _SIGNATURES:
            continue
        fit = _fit(spec, names)
        if fit > best:
            best, name = fit, spec.name
    # Streets, water and buildings of other makers share headings such as osm_id.
    return (_by_name(layer, family) or name) if name in ("", *_BY_NAME) else name


def _by_name(layer: QgsVectorLayer, family: Geometry | None) -> str:
    title = layer.name().lower()
    for name in _BY_NAME:
        spec = LAYERS[name]
        if family not in spec.geometries:
            continue
        if name in title or spec.title_zh in title or spec.title_en.lower() in title:
            return name
    return ""


def recognised(layers: Iterable[QgsMapLayer]) -> dict[str, list[QgsVectorLayer]]:
    """Return layers by the name of the description they fit, or by the role they have."""
    found: dict[str, list[QgsVectorLayer]] = {}
    for layer in layers:
        if name := recognise(layer) or role_of(layer):
            found.setdefault(name, []).append(layer)
    return found


def project_layers() -> Mapping[str, list[QgsVectorLayer]]:
    """Return the project's layers by what they are, in the order of the layer tree."""
    root = QgsProject.instance().layerTreeRoot()
    drawn = root.layerOrder()
    # Tables are not drawn and therefore in no such order.
    listed = [node.layer() for node in root.findLayers() if node.layer() is not None]
    return recognised([*drawn, *(layer for layer in listed if layer not in drawn)])
