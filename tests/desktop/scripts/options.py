"""Set Wangge's options in QGIS's own dialog, look for them by words, find them kept."""

from qgis.core import QgsCoordinateReferenceSystem, QgsSettings
from qgis.PyQt.QtCore import QModelIndex, QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)
from qgis.utils import iface


def row_is_shown(dialog, text):
    """Whether the page's row stays in the list after a search."""
    tree = dialog.findChild(QTreeView, "mOptionsTreeView")
    model = tree.model()
    for row in range(model.rowCount()):
        if text in str(model.index(row, 0).data()):
            return not tree.isRowHidden(row, QModelIndex())
    return False


def steps(arguments, watch):
    out = {"rows": {}}

    def visit(work):
        def look():
            work(QApplication.activeModalWidget())

        QTimer.singleShot(1200, look)
        iface.showOptionsDialog(iface.mainWindow(), "wangge")

    def fill(dialog):
        page = dialog.findChild(QWidget, "WanggeOptions")
        out["page"] = page is not None and page.isVisible()
        search = dialog.findChild(QLineEdit, "mSearchLineEdit")
        for word in arguments["words"]:
            search.setText(word)
            out["rows"][word] = row_is_shown(dialog, "Wangge")
        search.clear()
        page.findChild(QComboBox, "WanggeOptionProfile").setCurrentText("chengdu")
        page.findChild(QPushButton, "WanggeOptionOwnProfile").click()
        editor = page.findChild(QDialog, "WanggeProfileEditor")
        editor.file.setFilePath(arguments["own"])
        editor.title_zh.setText("某市")
        editor.districts.setText("510104，51010")
        save = editor.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
        save.click()
        out["refused"] = [editor.mistake.text(), editor.isVisible()]
        editor.districts.setText("510104，510105")
        editor.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4545"))
        editor.tolerances["snap_m"].setValue(0.25)
        out["editor_size"] = [editor.width(), editor.height()]
        save.click()
        out["profile_after"] = page.findChild(QComboBox, "WanggeOptionProfile").currentText()
        page.findChild(QComboBox, "WanggeOptionProfile").setCurrentText("chengdu")
        page.findChild(QLineEdit, "WanggeOptionPerson").setText("王工")
        page.findChild(QCheckBox, "WanggeOptionWelcome").setChecked(True)
        ok = QDialogButtonBox.StandardButton.Ok
        boxes = dialog.findChildren(QDialogButtonBox)
        next(box.button(ok) for box in boxes if box.button(ok)).click()

    def read(dialog):
        page = dialog.findChild(QWidget, "WanggeOptions")
        out["kept"] = [
            page.findChild(QComboBox, "WanggeOptionProfile").currentText(),
            page.findChild(QLineEdit, "WanggeOptionPerson").text(),
            page.findChild(QCheckBox, "WanggeOptionWelcome").isChecked(),
        ]
        dialog.reject()

    visit(fill)
    yield 0.3
    visit(read)
    yield 0.3
    settings = QgsSettings()
    out["stored"] = {
        k: str(settings.value(k)) for k in settings.allKeys() if k.startswith("plugins/wangge")
    }
    return out
