"""A feature as the platform has it: its layer is opened where it is not, and the row shown."""

from __future__ import annotations

from qgis.core import (
    QgsDataSourceUri,
    QgsExpression,
    QgsFeatureRequest,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ...errors import WanggeError
from ...layers.styles import apply_style
from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.showing import show_geometry

#: Of the platform in its database.
SCHEMA = "wangge"


def show_in_platform(iface, connection: str, kind: str, code: str) -> QgsVectorLayer:
    """Select and show the row of a code in the platform's layer; return the layer.

    Raises
    ------
    WanggeError
        No connection is chosen, it has no platform, or the platform has no such row.
    """
    layer = _opened(kind) or _open(connection, kind)
    wanted = QgsExpression.createFieldEqualityExpression(LAYERS[kind].key, code)
    feature = next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted)), None)
    if feature is None:
        raise WanggeError(
            translate("Wangge", "The platform has no row “{code}” in its layer {layer}.").format(
                code=code, layer=LAYERS[kind].title
            )
        )
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    if node is not None:
        node.setItemVisibilityCheckedParentRecursive(True)
    iface.setActiveLayer(layer)
    layer.selectByIds([feature.id()])
    show_geometry(iface.mapCanvas(), feature.geometry(), layer.crs())
    return layer


def _opened(kind: str) -> QgsVectorLayer | None:
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.providerType() == "postgres":
            uri = QgsDataSourceUri(layer.source())
            if (uri.schema(), uri.table()) == (SCHEMA, kind) and not layer.subsetString():
                return layer
    return None


def _open(name: str, kind: str) -> QgsVectorLayer:
    if not name:
        raise WanggeError(
            translate("Wangge", "Choose the platform's connection in the options of Wangge first.")
        )
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connection = metadata.findConnection(name) if metadata else None
    if connection is None:
        raise WanggeError(
            translate(
                "Wangge",
                "No connection called {name} is saved in QGIS. Choose a saved one in the options.",
            ).format(name=name)
        )
    uri = QgsDataSourceUri(connection.tableUri(SCHEMA, kind))
    # Millions of rows are not counted before the map appears.
    uri.setUseEstimatedMetadata(True)
    title = translate("Wangge", "{layer} (platform)").format(layer=LAYERS[kind].title)
    layer = QgsVectorLayer(uri.uri(False), title, "postgres")
    if not layer.isValid():
        raise WanggeError(
            translate(
                "Wangge", "The platform's layer {layer} cannot be opened over {name}."
            ).format(layer=LAYERS[kind].title, name=name),
            layer.dataProvider().error().message() if layer.dataProvider() else "",
        )
    apply_style(layer, kind)
    QgsProject.instance().addMapLayer(layer)
    return layer
