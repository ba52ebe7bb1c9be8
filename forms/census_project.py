"""The project of a census: layers, legends, forms, relations, snapping and themes in one .qgz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsExpressionContextUtils,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsProject,
    QgsReferencedRectangle,
    QgsRelation,
    QgsRelationContext,
    QgsSnappingConfig,
    QgsTolerance,
    QgsVectorLayer,
)

from ..plugin.errors import WanggeError
from ..plugin.layers.legend import domain_renderer, label_components, major_renderer
from ..plugin.layers.projects import reference_system
from ..plugin.layers.styles import apply_style
from ..plugin.standards.census_columns import census_component
from ..plugin.standards.classes import ClassTable
from ..plugin.standards.domains import Domain
from ..plugin.standards.editions import Edition
from ..plugin.standards.spec import LayerSpec
from ..plugin.translation import translate
from .builder import dress
from .codes import set_code_block

#: Layers of one table, by the geometry that each shows: name -> (OGR geometry type).
COMPONENT_LAYERS = {
    "component": "Point",
    "component_line": "LineString",
    "component_polygon": "Polygon",
}
_BASE = ("address", "community", "unit_grid")
_TABLES = (
    "department",
    "component_major",
    "component_class",
    "component_subclass",
    "component_history",
)


@dataclass(frozen=True)
class CensusPlan:
    """What a census project is made of.

    Attributes
    ----------
    container : Path
        GeoPackage with the tables named in ``specs``.
    specs : mapping of str to LayerSpec
    classes : ClassTable
    domains : mapping of str to Domain
    edition : Edition
    crs : str
        Authority id or WKT.
    title : str
    profile : str
        Id of the city's profile.
    district_code : str
        For components outside every cell; empty when there is more than one district.
    block : tuple of int
        First and last running number that may be given; empty for any.
    variables : mapping of str to str
        Further variables of the project.
    """

    container: Path
    specs: Mapping[str, LayerSpec]
    classes: ClassTable
    domains: Mapping[str, Domain]
    edition: Edition
    crs: str
    title: str
    profile: str = ""
    district_code: str = ""
    block: tuple[int, int] | tuple[()] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


def write_census_project(path: Path, plan: CensusPlan) -> None:
    """Write the project beside its GeoPackage; paths are relative, so the folder can move.

    Raises
    ------
    WanggeError
        When a table cannot be opened or the project cannot be written.
    """
    project = QgsProject()
    project.setFileName(str(path))
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setCrs(reference_system(plan.crs))
    project.setTitle(plan.title)
    layers = {**_open(plan), **_open_components(plan)}
    _arrange(project, layers)
    _name_project(project, plan)
    for name, layer in layers.items():
        is_component = name in COMPONENT_LAYERS
        spec = census_component(plan.specs["component"]) if is_component else plan.specs[name]
        dress(layer, spec, tables=layers, of=plan.edition, domains=plan.domains)
        _style(layer, name, plan)
    _relate(project, layers)
    _snap(project, layers)
    _themes(project, layers)
    _show(project, layers)
    if not project.write():
        raise WanggeError(
            translate("Wangge", "The project “{path}” cannot be written: {reason}.").format(
                path=path, reason=project.error()
            )
        )


def _open(plan: CensusPlan) -> dict[str, QgsVectorLayer]:
    found = {}
    for name, spec in plan.specs.items():
        if name != "component":
            found[name] = _layer(f"{plan.container}|layername={name}", spec.title)
    return found


def _open_components(plan: CensusPlan) -> dict[str, QgsVectorLayer]:
    titles = {
        "component": translate("Wangge", "Components: points"),
        "component_line": translate("Wangge", "Components: lines"),
        "component_polygon": translate("Wangge", "Components: areas"),
    }
    return {
        name: _layer(f"{plan.container}|layername=component|geometrytype={kind}", titles[name])
        for name, kind in COMPONENT_LAYERS.items()
    }


def _layer(source: str, title: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(source, title, "ogr")
    if not layer.isValid():
        raise WanggeError(
            translate("Wangge", "The layer “{layer}” cannot be opened in the new project.").format(
                layer=title
            ),
            source,
        )
    return layer


def _arrange(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    root = project.layerTreeRoot()
    components = root.addGroup(translate("Wangge", "Components"))
    for name in COMPONENT_LAYERS:
        _add(project, components, layers[name])
    for name in (*_BASE, *(n for n in layers if n not in (*COMPONENT_LAYERS, *_BASE, *_TABLES))):
        if name in layers:
            _add(project, root, layers[name])
    tables = root.addGroup(translate("Wangge", "Lists"))
    tables.setExpanded(False)
    for name in _TABLES:
        if name in layers:
            _add(project, tables, layers[name])
            # The standard's lists are no field work.
            layers[name].setReadOnly(name not in ("department", "component_history"))


def _add(project: QgsProject, group: QgsLayerTreeGroup, layer: QgsVectorLayer) -> None:
    project.addMapLayer(layer, False)
    group.addLayer(layer)


def _name_project(project: QgsProject, plan: CensusPlan) -> None:
    set_code_block(project, *plan.block, district_code=plan.district_code)
    values = {
        "wangge_standard": plan.edition.id,
        "wangge_profile": plan.profile,
        "wangge_surveyor": "",
        **plan.variables,
    }
    for name, value in values.items():
        QgsExpressionContextUtils.setProjectVariable(project, name, value)


def _style(layer: QgsVectorLayer, name: str, plan: CensusPlan) -> None:
    if name not in COMPONENT_LAYERS:
        apply_style(layer, name)
        return
    kind = layer.geometryType()
    styles = layer.styleManager()
    styles.renameStyle(styles.currentStyle(), by_class())
    layer.setRenderer(major_renderer(plan.classes, kind))
    label_components(layer)
    styles.addStyleFromLayer(by_state())
    styles.setCurrentStyle(by_state())
    layer.setRenderer(domain_renderer("status", plan.domains["component_status"], kind))
    styles.setCurrentStyle(by_class())


def by_class() -> str:
    """Return the name of the style that shows major classes."""
    return translate("Wangge", "By class")


def by_state() -> str:
    """Return the name of the style that shows the state."""
    return translate("Wangge", "By state")


def _relate(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    pairs = [("unit_grid", name, "grid_code") for name in COMPONENT_LAYERS]
    pairs += [(name, "component_history", "uuid") for name in COMPONENT_LAYERS]
    pairs.append(("community", "unit_grid", "community_code"))
    for parent, child, key in pairs:
        if parent in layers and child in layers:
            relation = QgsRelation(QgsRelationContext(project))
            relation.setId(f"{parent}_{child}")
            relation.setName(f"{layers[parent].name()} – {layers[child].name()}")
            relation.setReferencedLayer(layers[parent].id())
            relation.setReferencingLayer(layers[child].id())
            relation.addFieldPair(key, key)
            project.relationManager().addRelation(relation)


def _snap(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    config = QgsSnappingConfig(project)
    config.setEnabled(True)
    config.setMode(Qgis.SnappingMode.AdvancedConfiguration)
    config.setIntersectionSnapping(True)
    kinds = {
        "component": Qgis.SnappingType.Vertex,
        "component_line": Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment,
        "component_polygon": Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment,
        "unit_grid": Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment,
    }
    for name, layer in layers.items():
        if not layer.isSpatial():
            continue
        # A point is set freely beside its neighbours: only areas and lines share their vertices.
        settings = QgsSnappingConfig.IndividualLayerSettings(
            name in kinds and name != "component",
            kinds.get(name, Qgis.SnappingType.Vertex),
            10,
            QgsTolerance.UnitType.Pixels,
            0.0,
            0.0,
        )
        config.setIndividualLayerSettings(layer, settings)
    project.setSnappingConfig(config)
    project.setTopologicalEditing(True)
    # Cells must not be avoided: every area of a component would be cut away by the cell it is in.
    project.setAvoidIntersectionsMode(Qgis.AvoidIntersectionsMode.AllowIntersections)


def _themes(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    themes = {
        translate("Wangge", "Survey by class"): ((*COMPONENT_LAYERS, *_BASE), by_class()),
        translate("Wangge", "State of components"): ((*COMPONENT_LAYERS, "unit_grid"), by_state()),
        translate("Wangge", "Unit grids and communities"): (("unit_grid", "community"), ""),
    }
    for title, (shown, style) in themes.items():
        record = QgsMapThemeCollection.MapThemeRecord()
        for name in shown:
            if name in layers:
                one = QgsMapThemeCollection.MapThemeLayerRecord(layers[name])
                one.usingCurrentStyle = True
                is_component = name in COMPONENT_LAYERS and style
                one.currentStyle = (
                    style if is_component else layers[name].styleManager().currentStyle()
                )
                record.addLayerRecord(one)
        project.mapThemeCollection().insert(title, record)


def _show(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    for name in ("unit_grid", "community", *COMPONENT_LAYERS, "address"):
        if name not in layers:
            continue
        extent = layers[name].extent()
        if not extent.isEmpty():
            extent.scale(1.05)
            view = QgsReferencedRectangle(extent, project.crs())
            project.viewSettings().setDefaultViewExtent(view)
            break
    for name in ("component", "unit_grid", "community"):
        if name in layers:
            # Neither may be removed by a slip: forms and codes lean on them.
            flags = layers[name].flags() & ~QgsMapLayer.LayerFlag.Removable
            layers[name].setFlags(flags)
