"""Open every window of Wangge and look at it as it is drawn: what is cut off, what is faint?"""

from pathlib import Path

import numpy as np
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage, QPalette
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from qgis.utils import iface, plugins


def name_of(widget):
    text = getattr(widget, "text", lambda: "")() or widget.objectName()
    return f"{type(widget).__name__}: {text[:60]}"


def cut_off(root):
    """Names of the visible widgets below ``root`` that are too small for their text."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        size, wanted = widget.size(), widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                short = widget.heightForWidth(size.width()) > size.height() + 1
            else:
                short = widget.sizeHint().width() > size.width() + 1
        elif isinstance(widget, QPushButton | QCheckBox | QToolButton) and widget.text():
            text = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", ""))
            with_text = getattr(widget, "toolButtonStyle", lambda: None)()
            if with_text == Qt.ToolButtonStyle.ToolButtonIconOnly:
                continue
            short = text + 8 > size.width() or wanted.height() > size.height() + 1
        elif isinstance(widget, QComboBox):
            short = wanted.height() > size.height() + 1
        else:
            continue
        if short:
            found.append(f"{root.objectName()}: {name_of(widget)} {size} of {widget.sizeHint()}")
    return found


def light(rgb):
    """Relative luminance of colours in rows of red, green, blue (WCAG 2)."""
    part = np.asarray(rgb, float) / 255
    part = np.where(part <= 0.03928, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return part @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    high, low = np.maximum(one, other), np.minimum(one, other)
    return (high + 0.05) / (low + 0.05)


def seen(icon, paper):
    """Share of an icon's drawn pixels that stand out from the paper by 3:1."""
    image = icon.pixmap(QSize(24, 24)).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    bits = image.constBits().asstring(image.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint8).reshape(-1, 4)
    drawn = pixels[pixels[:, 3] > 160][:, [2, 1, 0]]
    if not len(drawn):
        return 0.0
    return float((contrast(light(drawn), light(paper.getRgb()[:3])) >= 3).mean())


def steps(arguments, watch):
    from wangge.plugin.gui.database.history_dialog import HistoryDialog
    from wangge.plugin.gui.shell.profile_editor import ProfileEditor
    from wangge.plugin.gui.shell.recognition import project_layers
    from wangge.plugin.gui.shell.subjects import icon
    from wangge.plugin.paths import resource

    window = iface.mainWindow()
    shell = plugins["wangge"]._shell
    out = {"cut_off": [], "outside": [], "sharp": {}, "pictures": []}
    folder = arguments.get("pictures")

    def look(root, name):
        out["cut_off"] += cut_off(root)
        frame, room = root.frameGeometry(), window.screen().availableGeometry()
        if root.isWindow() and (frame.width() > room.width() or frame.height() > room.height()):
            out["outside"].append(f"{name} {frame.size()}")
        if folder:
            window.screen().grabWindow(0).save(f"{folder}/{arguments['look']}_{name}.png")

    palette = window.palette()
    paper = palette.color(QPalette.ColorRole.Window)
    ink = palette.color(QPalette.ColorRole.WindowText)
    out["paper"] = paper.name()
    out["ratio"] = window.devicePixelRatioF()
    out["text"] = float(contrast(light(ink.getRgb()[:3]), light(paper.getRgb()[:3])))

    iface.addProject(arguments["project"])
    yield 2.0
    yield lambda: not iface.mapCanvas().isDrawing()
    iface.messageBar().clearWidgets()
    for dock in (shell.dock, shell.guide, shell.findings):
        dock.setUserVisible(True)
        yield 0.6
        look(dock, dock.objectName())
    shell.dock.setUserVisible(True)
    shell.show_welcome()
    yield 0.6
    look(shell.welcome, "welcome")
    shell.welcome.hide()

    editor = ProfileEditor("chengdu", window)
    editor.show()
    editor.fields["district_codes"].editor.setText("12")
    editor.check()
    for place in range(editor.tabs.count()):
        editor.tabs.setCurrentIndex(place)
        yield 0.3
        look(editor, f"profile{place}")
    said = editor.mistake.palette().color(QPalette.ColorRole.WindowText)
    out["mistake"] = float(contrast(light(said.getRgb()[:3]), light(paper.getRgb()[:3])))
    editor.close()

    layer = project_layers()["unit_grid"][0]
    history = HistoryDialog("unit_grid", layer, next(layer.getFeatures()), "", window)
    history.show()
    yield 0.4
    look(history, "history")
    history.close()

    out["icons"] = {
        p.stem: seen(icon(p.stem), paper) for p in Path(resource("icons")).glob("*.svg")
    }
    toolbar = shell._bars.toolbar
    shown = [b for b in toolbar.findChildren(QToolButton) if not b.icon().isNull()]
    out["sharp"] = {
        name_of(b): b.icon().pixmap(b.window().windowHandle(), b.iconSize()).devicePixelRatio()
        for b in shown
        if b.isVisible()
    }
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]:
        dialog.close()
    return out
