"""The platforms in QGIS's browser: connections, their layers to drag into the map, their pushes.

Children are made by QGIS in a thread of its own, so that a slow server holds nothing up.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    Qgis,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsDataSourceUri,
    QgsErrorItem,
    QgsLayerItem,
    QgsProviderRegistry,
    QgsWkbTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QAction

from ...database.batches import list_pushes
from ...database.connection import connect
from ...errors import WanggeError
from ...standards.layers import LAYERS
from ...translation import translate
from ..shell.options import connection_names
from ..shell.subjects import icon
from .platform_layer import SCHEMA

# Enough to see what happened lately; the whole list is an algorithm's matter.
_PUSHES = 50

OpenAlgorithm = Callable[[str, dict], object]


def _given_away(items: list[QgsDataItem]) -> list[QgsDataItem]:
    # QGIS owns the children from now on.
    for item in items:
        sip.transferto(item, None)
    return items


class PlatformsProvider(QgsDataItemProvider):
    """Puts Wangge's entry into the browser."""

    def __init__(self, open_algorithm: OpenAlgorithm):
        super().__init__()
        self._open = open_algorithm

    def name(self) -> str:
        return "wangge"

    def capabilities(self):
        return QgsDataProvider.DataCapability.Database

    def createDataItem(self, path: str, parent):  # noqa: N802
        if path:
            return None
        root = PlatformsItem(parent, self._open)
        sip.transferto(root, None)
        return root


class PlatformsItem(QgsDataCollectionItem):
    """All connections saved in QGIS."""

    def __init__(self, parent, open_algorithm: OpenAlgorithm):
        super().__init__(parent, "Wangge 网格", "wangge:", "wangge")
        self.setIcon(icon("wangge"))
        self._open = open_algorithm

    def createChildren(self):  # noqa: N802
        return _given_away([PlatformItem(self, name, self._open) for name in connection_names()])


class PlatformItem(QgsDataCollectionItem):
    """One platform database: its layers and its pushes."""

    def __init__(self, parent, name: str, open_algorithm: OpenAlgorithm):
        super().__init__(parent, name, f"wangge:/{name}", "wangge")
        self.setIcon(icon("database"))
        self._name = name
        self._open = open_algorithm

    def createChildren(self):  # noqa: N802
        try:
            layers = self._layers()
        except Exception as error:
            told = error.message if isinstance(error, WanggeError) else str(error)
            return _given_away([QgsErrorItem(self, told, f"{self.path()}/error")])
        if not layers:
            nothing = translate("Wangge", "No platform is installed here.")
            return _given_away([QgsErrorItem(self, nothing, f"{self.path()}/error")])
        return _given_away([*layers, PushesItem(self, self._name, self._open)])

    def _layers(self) -> list[QgsLayerItem]:
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        connection = metadata.findConnection(self._name)
        if connection is None or SCHEMA not in connection.schemas():
            return []
        items = []
        tables = connection.tables(SCHEMA)
        names = {table.tableName() for table in tables}
        for table in tables:
            kind = table.tableName()
            if kind not in LAYERS:
                continue
            uri = connection.tableUri(SCHEMA, kind)
            title = LAYERS[kind].title
            shape = _layer_type(table)
            item = QgsLayerItem(self, title, f"{self.path()}/{kind}", uri, shape, "postgres")
            item.setSortKey(list(LAYERS).index(kind))
            # Nothing below a layer: no arrow beside it.
            item.setState(Qgis.BrowserItemState.Populated)
            items.append(item)
            if kind == "finding" and "open_findings" in names:
                items.append(self._open_findings(connection, item.sortKey()))
        return items

    def _open_findings(self, connection, place: int) -> QgsLayerItem:
        """Return the counts of open findings, just below the findings themselves."""
        uri = QgsDataSourceUri(connection.tableUri(SCHEMA, "finding"))
        uri.setDataSource(SCHEMA, "open_findings", "")
        # QGIS opens a view only when told what is unique in it.
        uri.setKeyColumn('"district_code","layer","rule","severity"')
        item = QgsLayerItem(
            self,
            translate("Wangge", "Open findings, counted"),
            f"{self.path()}/open_findings",
            uri.uri(False),
            Qgis.BrowserLayerType.TableLayer,
            "postgres",
        )
        item.setSortKey(place + 0.5)
        item.setState(Qgis.BrowserItemState.Populated)
        return item


def _layer_type(table):
    shapes = {
        Qgis.GeometryType.Point: Qgis.BrowserLayerType.Point,
        Qgis.GeometryType.Line: Qgis.BrowserLayerType.Line,
        Qgis.GeometryType.Polygon: Qgis.BrowserLayerType.Polygon,
    }
    kinds = table.geometryColumnTypes()
    if not kinds or not table.geometryColumn():
        return Qgis.BrowserLayerType.TableLayer
    family = QgsWkbTypes.geometryType(kinds[0].wkbType)
    return shapes.get(family, Qgis.BrowserLayerType.Vector)


class PushesItem(QgsDataCollectionItem):
    """Who brought what, the newest first."""

    def __init__(self, parent, name: str, open_algorithm: OpenAlgorithm):
        title = translate("Wangge", "Pushes")
        super().__init__(parent, title, f"wangge:/{name}/pushes", "wangge")
        self.setIcon(icon("general"))
        self.setSortKey(len(LAYERS))
        self._name = name
        self._open = open_algorithm

    def createChildren(self):  # noqa: N802
        try:
            connection = connect(self._name)
            try:
                batches = list_pushes(connection, limit=_PUSHES)
            finally:
                connection.close()
        except WanggeError as error:
            return _given_away([QgsErrorItem(self, error.message, f"{self.path()}/error")])
        return _given_away([PushItem(self, self._name, one, self._open) for one in batches])


class PushItem(QgsDataItem):
    """One push; its menu opens the algorithm that takes it back."""

    def __init__(self, parent, name: str, batch, open_algorithm: OpenAlgorithm):
        kind = LAYERS[batch.kind].title if batch.kind in LAYERS else batch.kind
        what = f"+{batch.inserted} ~{batch.updated} -{batch.deleted}"
        if batch.state == "refused":
            what = translate("Wangge", "refused: {count}").format(
                count=batch.rejected + batch.conflicts
            )
        when = f"{batch.started_at:%Y-%m-%d %H:%M}"
        text = f"{batch.batch_id}  {when}  {kind}  {what}  {batch.user_name}"
        path = f"wangge:/{name}/pushes/{batch.batch_id}"
        super().__init__(Qgis.BrowserItemType.Custom, parent, text, path, "wangge")
        self.setIcon(icon("step_done" if batch.state == "done" else "step_waiting"))
        self.setState(Qgis.BrowserItemState.Populated)
        self.setSortKey(-batch.batch_id)
        self._is_refused = batch.state == "refused"
        self._given = {"CONNECTION": name, "BATCH_ID": batch.batch_id}
        self._open = open_algorithm

    def actions(self, parent):
        if self._is_refused:  # it wrote nothing
            return []
        revert = QAction(translate("Wangge", "Revert push…"), parent)
        revert.triggered.connect(
            lambda _checked=False: self._open("wangge:revert_push", self._given)
        )
        return [revert]
