"""Put the one map together: layers, themes and layouts in a project over one container."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsLayerTreeModel,
    QgsMapThemeCollection,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from ..derived import mark_derived
from . import symbols
from .entries import ENTRIES, Dictionary, dress, open_entry
from .facts import facts_of
from .pages import Heading, Page, add_layouts, shown_layers
from .tables import AREA
from .themes import Theme, themes_of


@dataclass(frozen=True)
class Ground:
    """A background layer: its table in the container and what it is, such as ``street``."""

    table: str
    title: str
    kind: str


@dataclass(frozen=True)
class OneMap:
    """What the project is made from.

    Attributes
    ----------
    container : Path
        GeoPackage that lies beside the project.
    tables : mapping of str to Batch
        The tables in it, by name.
    ground : sequence of Ground
        Background layers in it, the uppermost first.
    crs : QgsCoordinateReferenceSystem
    dictionary : Dictionary
    heading : Heading
    """

    container: Path
    tables: Mapping[str, Batch]
    ground: Sequence[Ground]
    crs: QgsCoordinateReferenceSystem
    dictionary: Dictionary
    heading: Heading


def write_one_map(path: Path, content: OneMap) -> list[str]:
    """Write the project; layouts make it work for the main thread only.

    Returns
    -------
    list of str
        Ids of the themes it has.
    """
    project = QgsProject()
    project.setCrs(content.crs)
    project.setTitle(content.heading.title)
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setFileName(str(path))
    layers = _add_layers(project, content)
    ground = _add_ground(project, content)
    extent = _extent([*layers.values(), *ground])
    themes = themes_of(content.tables)
    for theme in reversed(themes):  # the first is what is seen on opening
        _add_theme(project, theme, shown_layers(theme, layers), ground)
    view = QgsRectangle(extent)
    view.scale(1.05)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(view, content.crs))
    pages = [
        Page(theme, shown_layers(theme, layers), facts_of(theme.id, content.tables, content.dictionary))
        for theme in themes
    ]  # fmt: skip
    add_layouts(project, pages, content.heading, view, _ranking(project, content))
    if not project.write():
        raise WanggeError(
            translate("Wangge", "The project “{path}” cannot be written: {reason}.").format(
                path=path, reason=project.error()
            )
        )
    return [theme.id for theme in themes]


def _add_layers(project: QgsProject, content: OneMap) -> dict[str, QgsVectorLayer]:
    layers: dict[str, QgsVectorLayer] = {}
    wanted = {name for theme in themes_of(content.tables) for name in theme.layers}
    for name in ENTRIES:
        if name not in wanted:
            continue
        layer = open_entry(name, content.container, content.tables, content.dictionary)
        if layer is not None:
            project.addMapLayer(layer, False)
            project.layerTreeRoot().addLayer(layer).setExpanded(False)
            layers[name] = layer
    return layers


def _add_ground(project: QgsProject, content: OneMap) -> list[QgsVectorLayer]:
    if not content.ground:
        return []
    group = project.layerTreeRoot().addGroup(translate("Wangge", "Background"))
    group.setExpanded(False)
    made = []
    for one in content.ground:
        layer = QgsVectorLayer(f"{content.container}|layername={one.table}", one.title, "ogr")
        if not layer.isValid():
            continue
        layer.setRenderer(symbols.ground_renderer(layer.geometryType(), one.kind))
        project.addMapLayer(layer, False)
        group.addLayer(layer)
        made.append(layer)
    return made


def _ranking(project: QgsProject, content: OneMap):
    if "area" not in content.tables:
        return None
    layer = QgsVectorLayer(
        f"{content.container}|layername=area", translate("Wangge", "Ranking of areas"), "ogr"
    )
    dress(layer, AREA, content.dictionary)
    layer.setRenderer(symbols.outline_renderer())
    project.addMapLayer(layer, False)
    project.layerTreeRoot().addLayer(layer).setItemVisibilityChecked(False)
    mark_derived(layer)
    return layer, AREA


def _add_theme(
    project: QgsProject,
    theme: Theme,
    layers: Sequence[QgsVectorLayer],
    ground: Sequence[QgsVectorLayer],
) -> None:
    root = project.layerTreeRoot()
    seen = {layer.id() for layer in (*layers, *ground)}
    for node in root.findLayers():
        node.setItemVisibilityChecked(node.layerId() in seen)
    record = QgsMapThemeCollection.createThemeFromCurrentState(root, QgsLayerTreeModel(root))
    project.mapThemeCollection().insert(theme.title, record)


def _extent(layers: Sequence[QgsVectorLayer]) -> QgsRectangle:
    whole = QgsRectangle()
    for layer in layers:
        box = layer.extent()
        if not box.isEmpty() or box.width() or box.height():
            whole.combineExtentWith(box)
    if whole.isEmpty():
        whole.grow(500)
    return whole
