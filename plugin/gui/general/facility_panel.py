"""Facilities around a place: click on the map, read the list, go to one."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...errors import WanggeError
from ...layers.features import empty_batch, read_batches
from ...layers.near import Sought, circle_of, search_near
from ...layers.source import LayerSource
from ...rules.batch import Batch, concatenate
from ...settings import Settings
from ...standards.extension import extend_domains
from ...standards.profile import Profile
from ...standards.profiles import load_profile
from ...translation import translate
from ..shell.messages import Messages
from ..shell.recognition import project_layers
from ..shell.showing import show_geometry
from .facility_tool import FacilityTool

_FARTHEST = 100_000
_MOST_ROWS, _BATCH = 500, 65_536
_ID = Qt.ItemDataRole.UserRole


class FacilityPanel(QgsDockWidget):
    """Searches around each click and lists what there is by distance."""

    def __init__(self, iface, messages: Messages, settings: Settings):
        title = translate("Wangge", "Facilities around a place")
        super().__init__(title, iface.mainWindow())
        self.setObjectName("WanggeFacilities")
        self._iface, self._messages, self._settings = iface, messages, settings
        self._canvas = iface.mapCanvas()
        self._last: QgsPointXY | None = None
        self.tool = FacilityTool(self._canvas)
        self.tool.asked.connect(self.search)
        self.tool.left.connect(self._leave)
        self._lay_out()

    def _lay_out(self) -> None:
        profile = self._profile()
        self.kind = QComboBox(self)
        self.kind.setObjectName("WanggeFacilityKind")
        self.kind.addItem(translate("Wangge", "All kinds"), "")
        for value in extend_domains(profile)["facility_kind"].values:
            self.kind.addItem(value.label, value.value)
        self.kind.setCurrentIndex(max(0, self.kind.findData("toilet")))
        self.distance = QSpinBox(self)
        self.distance.setObjectName("WanggeFacilityDistance")
        self.distance.setRange(1, _FARTHEST)
        self.distance.setSingleStep(500)
        self.distance.setSuffix(" m")
        self.distance.setGroupSeparatorShown(True)
        self.distance.setValue(round(profile.tolerances["search_distance_m"]))
        self.middle = QPushButton(translate("Wangge", "Search around the middle of the map"), self)
        self.middle.setObjectName("WanggeFacilityMiddle")
        self.answer = QLabel(translate("Wangge", "Click on the map."), self)
        self.answer.setObjectName("WanggeFacilityAnswer")
        self.answer.setWordWrap(True)
        self.list = QTreeWidget(self)
        self.list.setObjectName("WanggeFacilityList")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(
            [translate("Wangge", "Distance"), translate("Wangge", "Facility")]
        )
        form = QFormLayout()
        for text, widget in (
            (translate("Wangge", "Kind of facility"), self.kind),
            (translate("Wangge", "Within"), self.distance),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            form.addRow(label, widget)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.addLayout(form)
        layout.addWidget(self.middle)
        layout.addWidget(self.answer)
        layout.addWidget(self.list)
        self.setWidget(body)
        self.middle.clicked.connect(lambda _checked=False: self.search(self._canvas.center()))
        self.kind.currentIndexChanged.connect(lambda _index: self._again())
        self.distance.editingFinished.connect(self._again)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)

    def begin(self) -> None:
        """Show the panel and wait for a click."""
        self.setUserVisible(True)
        self._canvas.setMapTool(self.tool)

    def stop(self) -> None:
        """Take the marks and the tool off the map."""
        self._canvas.unsetMapTool(self.tool)
        self.tool.remove()

    def search(self, point: QgsPointXY) -> None:
        """List what lies around a place in the map's coordinates."""
        try:
            self._search(point)
        except WanggeError as error:
            self._messages.warn(error.message)
        except Exception as error:
            self._messages.report(error)

    def _search(self, point: QgsPointXY) -> None:
        layer = self._layer()
        rows = _rows(layer)
        crs = self._canvas.mapSettings().destinationCrs()
        kind = self.kind.currentData()
        sought = Sought(point, crs, float(self.distance.value()), {kind} if kind else ())
        context = QgsProject.instance().transformContext()
        found = search_near(rows, layer.crs(), sought, extend_domains(self._profile()), context)
        self._last = point
        shown = found.rows[:_MOST_ROWS]
        self._list(rows.take(shown), found.metres, layer.id())
        shapes = [layer.getFeature(int(i)).geometry() for i in rows.ids[shown]]
        self.tool.mark(point, circle_of(sought, context), shapes, layer.crs())
        if not len(found):
            text = translate("Wangge", "Nothing of this kind within {metres} m.")
            self.answer.setText(text.format(metres=f"{self.distance.value():,}"))
            return
        self.answer.setText(
            translate("Wangge", "{count} found; the nearest is {metres} m away.").format(
                count=len(found), metres=f"{found.metres[0]:,.0f}"
            )
        )

    def _list(self, rows: Batch, metres, layer_id: str) -> None:
        self.list.clear()
        names, codes = rows.text("facility_name"), rows.text("facility_code")
        items = []
        for k, identity in enumerate(rows.ids.tolist()):
            item = QTreeWidgetItem([f"{metres[k]:,.0f} m", str(names[k] or codes[k])])
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignRight)
            item.setData(0, _ID, (layer_id, identity))
            items.append(item)
        self.list.addTopLevelItems(items)
        self.list.resizeColumnToContents(0)

    def _go(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        layer_id, identity = item.data(0, _ID)
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is None:
            self._messages.warn(
                translate("Wangge", "The layer is no longer in the project. Search again.")
            )
            return
        try:
            geometry = QgsGeometry(layer.getFeature(identity).geometry())
            show_geometry(self._canvas, geometry, layer.crs())
        except Exception as error:
            self._messages.report(error)

    def _again(self) -> None:
        if self._last is not None:
            self.search(self._last)

    def _leave(self) -> None:
        self.tool.wipe()
        self._last = None
        self._canvas.unsetMapTool(self.tool)

    def _profile(self) -> Profile:
        try:
            return load_profile(self._settings.profile.value() or "generic")
        except WanggeError as error:
            self._messages.warn(error.message)
            return load_profile()

    def _layer(self) -> QgsVectorLayer:
        found = project_layers().get("facility", [])
        if not found:
            raise WanggeError(
                translate("Wangge", "The project has no layer of facilities. Add one first.")
            )
        active = self._iface.activeLayer()
        return active if active in found else found[0]


def _rows(layer: QgsVectorLayer) -> Batch:
    # Through QGIS, edits included: a second opening of the file, which pays for large layers
    # alone, would compete with the map that is being drawn from it.
    names = [f.name() for f in layer.fields()]
    source = LayerSource(layer)
    found = list(read_batches(source, names, geometry=True, batch_rows=_BATCH))
    return concatenate(found) if found else empty_batch(source, names, geometry=True)
