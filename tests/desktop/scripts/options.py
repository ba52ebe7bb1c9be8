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
        fields, tables = editor.fields, editor.tables
        fields["title_zh"].editor.setText("某市")
        fields["district_codes"].editor.setText("510104，51010")
        save = editor.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
        save.click()
        beside = fields["district_codes"].mistake
        out["refused"] = [editor.mistake.text(), editor.isVisible()]
        out["beside"] = [beside.isVisible(), beside.text()]
        fields["district_codes"].editor.setText("510104，510105")
        fields["crs"].editor.setCrs(QgsCoordinateReferenceSystem("EPSG:4545"))
        fields["tolerances.snap_m"].editor.setValue(0.25)

        def enter(name, *texts):
            tables[name].add()
            table = tables[name].table
            row = table.rowCount() - 1
            for column, text in enumerate(texts):
                table.item(row, column).setText(text)
            return row

        # A class of a major class that there is not, without a name.
        row = enter("classes", "00", "")
        editor.check()
        out["wrong_row"] = [tables["classes"].mistake.text(), editor.mistake.text()]
        out["marked"] = [
            column
            for column in range(tables["classes"].table.columnCount())
            if tables["classes"].table.item(row, column).toolTip()
        ]
        tables["classes"].table.selectRow(row)
        tables["classes"].remove()
        enter("fields", "component", "lamp_watts", "功率", "power", "integer")
        enter("rules", "C10", "", "warning", 'width = 3; names = ["a"]')
        enter("obligations", "component", "note", "C")
        enter("exchange.names", "component", "note", "BZXX")
        enter("values", "component_status", "借用", "借用", "on loan", "外借，出借")
        out["editor_size"] = [editor.width(), editor.height()]
        if arguments.get("picture"):
            editor.tabs.setCurrentIndex(3)
            QApplication.processEvents()
            editor.grab().save(arguments["picture"])
        save.click()
        out["saved"] = [editor.mistake.text(), editor.isVisible()]
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
