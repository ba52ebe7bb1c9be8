"""Take the pictures of docs/images in a real window, in Chinese, on a town made for it.

Run with ``make screenshots``; with names of scenes only those are kept.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
_LARGEST = 300 * 1024


def main() -> None:
    sys.path.insert(0, str(ROOT / "dev"))
    import cell_pictures
    import census_pictures
    import history_pictures
    import map_pictures

    rooms = (census_pictures, cell_pictures, map_pictures, history_pictures)
    elsewhere = {scene for room in rooms for scene in room.SCENES}
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    if not wanted or set(wanted) - elsewhere:
        take(Path(__file__).resolve(), wanted)
    for room in rooms:
        if wanted and not set(wanted) & set(room.SCENES):
            continue
        with tempfile.TemporaryDirectory(prefix="wangge-pictures-") as folder:
            given = room.prepare(Path(folder))
            take(Path(room.__file__), wanted, **given)


def take(script: Path, wanted: list[str], **arguments) -> None:
    """Let a script take its pictures in a window of its own."""
    from window import run_in_window, screen

    with tempfile.TemporaryDirectory(prefix="wangge-pictures-") as folder, screen() as display:
        result = run_in_window(
            script,
            Path(folder),
            display=display,
            locale="zh-Hans",
            arguments={"images": str(IMAGES), "wanted": wanted, **arguments},
            timeout=300,
        )
    for name in result["taken"]:
        size = (IMAGES / name).stat().st_size
        print(f"{name}  {size // 1024} KB")
        if size > _LARGEST:
            raise SystemExit(f"{name} is larger than {_LARGEST // 1024} KB.")
    for text in result["exceptions"]:
        raise SystemExit(text)


# -- inside QGIS ---------------------------------------------------------------------------------


class Camera:
    """Keeps pictures as small palette files."""

    def __init__(self, folder, wanted):
        self._folder = Path(folder)
        self._wanted = wanted
        self.taken = []

    def keep(self, name, pixmap):
        from qgis.PyQt.QtGui import QImage

        if self._wanted and name not in self._wanted:
            return
        image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
        path = self._folder / f"{name}.png"
        if not in_few_colours(image).save(str(path), "PNG", 0):
            raise OSError(f"{path} cannot be written")
        self.taken.append(path.name)

    def window(self, name):
        from qgis.utils import iface

        self.keep(name, iface.mainWindow().screen().grabWindow(0))


def in_few_colours(image):
    """Return the picture with its 256 commonest colours; the others become their nearest."""
    import numpy as np
    from qgis.PyQt.QtGui import QImage
    from scipy.spatial import cKDTree

    width, height = image.width(), image.height()
    rows = np.frombuffer(image.constBits().asstring(height * image.bytesPerLine()), np.uint32)
    pixels = rows.reshape(height, -1)[:, :width] & 0xFFFFFF
    found, inverse, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    channels = np.stack([found >> 16 & 255, found >> 8 & 255, found & 255], axis=1).astype(float)
    # Colours that hardly differ share one place in the palette.
    coarse = (channels // 12) @ [4096, 64, 1]
    _, group = np.unique(coarse, return_inverse=True)
    weight = np.bincount(group, counts)
    best = np.argsort(-weight)[:256]
    commonest = [np.flatnonzero(group == g)[np.argmax(counts[group == g])] for g in best]
    palette = channels[commonest]
    _, nearest = cKDTree(palette).query(channels)
    indexed = np.zeros((height, -(-width // 4) * 4), np.uint8)
    indexed[:, :width] = nearest[inverse].reshape(height, width)
    flat = QImage(indexed.tobytes(), width, height, indexed.shape[1], QImage.Format.Format_Indexed8)
    flat.setColorTable([int(0xFF000000 | int(found[c])) for c in commonest])
    return flat.copy()


def dialogs():
    """The dialogs on the screen."""
    from qgis.PyQt.QtWidgets import QApplication, QDialog

    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def press_run(dialog):
    """Press the button that starts an algorithm."""
    dialog.runButton().click()


def steps(arguments, watch):
    from qgis.core import QgsPointXY, QgsProject
    from qgis.PyQt.QtCore import QPoint, Qt, QTimer
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import (
        QAction,
        QApplication,
        QDockWidget,
        QLineEdit,
        QPushButton,
        QWidget,
    )
    from qgis.utils import iface, plugins

    camera = Camera(arguments["images"], arguments["wanted"])
    window = iface.mainWindow()
    canvas = iface.mapCanvas()
    shell = plugins["wangge"]._shell

    def still():
        return not canvas.isDrawing() and not shell.runner.is_busy()

    def step(name):
        return next(s for s, _ in shell.dock.tree.steps() if s.algorithm == name)

    def tidy():
        iface.messageBar().clearWidgets()
        for dialog in dialogs():
            dialog.close()

    def look_at(layer, where, times=1.0):
        """Bring the first row for which ``where`` holds into view; return it."""
        feature = next(f for f in layer.getFeatures() if where(f))
        box = feature.geometry().boundingBox()
        box.scale(times)
        canvas.setExtent(box)
        canvas.refresh()
        return feature

    def named(kind):
        from wangge.plugin.gui.shell.recognition import project_layers

        return project_layers()[kind][0]

    window.findChild(QDockWidget, "Browser").hide()
    yield 1.0
    tidy()
    shell.show_welcome()
    yield 0.8
    camera.window("first_start")
    camera.keep("welcome", shell.welcome.grab())
    QTest.mouseClick(shell.welcome.sample, Qt.MouseButton.LeftButton)
    yield lambda: bool(QgsProject.instance().mapLayers())
    yield 3.0
    yield still
    tidy()
    yield 0.5
    camera.window("window")

    shell.guide.go_to("cut")
    shell.guide.resume()
    yield 1.0
    yield still
    yield 0.5
    camera.window("guide")
    shell.guide.leave()

    shell.start(step("partition_unit_grids"), [])
    yield 1.5
    camera.keep("algorithm", dialogs()[-1].grab())
    tidy()

    # -- the four colours from near ---------------------------------------------------------
    risks = named("risk")
    look_at(named("community"), lambda f: True)
    canvas.zoomScale(4500)
    canvas.setCenter(
        next(f for f in risks.getFeatures() if f["level"] == "red").geometry().asPoint()
    )
    yield 1.0
    yield still
    yield 0.5
    camera.window("risks")

    # -- a workshop with three opinions on the worst risk -------------------------------------
    window.findChild(QAction, "WanggeTool_risk_workshop").trigger()
    yield 0.5
    workshop = window.findChild(QWidget, "WanggeWorkshop")
    QTest.mouseClick(
        workshop.findChild(QPushButton, "WanggeWorkshopStart"), Qt.MouseButton.LeftButton
    )
    yield 1.0
    entry = workshop.findChild(QLineEdit, "WanggeWorkshopEntry")
    for opinion in ("王工 3 6 15", "李工 6 6 15", "赵工 3 3 40"):
        entry.setFocus()
        entry.clear()
        entry.insert(opinion)
        QTest.keyClick(entry, Qt.Key.Key_Return)
        yield 0.3
    yield 1.0
    yield still
    tidy()
    camera.window("workshop")
    workshop.close()
    yield 0.5
    tidy()

    # -- a cell being split ------------------------------------------------------------------
    cells = named("unit_grid")
    cell = look_at(cells, lambda f: str(f["grid_code"]).endswith("016"), 3.0)
    yield 1.0
    yield still
    shell.rooms["grid"].actions[0].trigger()
    box, port = cell.geometry().boundingBox(), canvas.viewport()

    def spot(x, y):
        point = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        return QPoint(round(point.x()), round(point.y()))

    middle = box.center().x()
    above = spot(middle - 6, box.yMaximum() + 6)
    QTest.mouseMove(port, above)
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, above)
    QTest.mouseMove(port, spot(middle, box.center().y()))
    QTest.mouseMove(port, spot(middle + 6, box.yMinimum() - 4))
    yield 0.5
    camera.window("split")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)

    # -- a code typed into the search field --------------------------------------------------
    edit = window.findChild(QWidget, "LocatorWidget").findChild(QLineEdit)
    edit.setFocus()
    edit.insert(str(cell["grid_code"])[:14])
    yield 2.0
    camera.window("search")
    edit.clear()
    canvas.setFocus()
    yield 0.5

    shell.start(step("check_unit_grids"), [])
    yield 1.0
    dialog = dialogs()[-1]
    press_run(dialog)
    yield lambda: shell.findings.isVisible()
    dialog.close()
    yield lambda: shell.findings.model.shown > 0
    shell.findings.widgets.tree.expandAll()
    shell.findings.go(1)
    yield 1.0
    yield still
    yield 2.5
    tidy()
    yield 0.5
    camera.window("findings")

    def options():
        dialog = QApplication.activeModalWidget()
        camera.keep("options", dialog.grab())
        dialog.reject()

    QTimer.singleShot(1500, options)
    iface.showOptionsDialog(window, "wangge")

    from wangge.plugin.gui.shell.profile_editor import ProfileEditor

    editor = ProfileEditor("chengdu", window)
    editor.tabs.setCurrentIndex(2)
    editor.tables["classes"].table.item(0, 0).setText("99037")
    editor.check()
    editor.show()
    yield 0.5
    camera.keep("profile", editor.grab())
    editor.close()
    return {"taken": camera.taken}


if __name__ == "__main__":
    main()
