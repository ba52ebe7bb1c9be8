"""Cells edited with the mouse: split, halved, merged, moved; undone; left with Esc."""

import numpy as np
import shapely
from qgis.core import QgsGeometry, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QLabel
from qgis.utils import iface

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


def pixel(x, y):
    spot = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(spot.x()), round(spot.y()))


def click(x, y, button=LEFT):
    port = iface.mapCanvas().viewport()
    QTest.mouseMove(port, pixel(x, y))
    QTest.mouseClick(port, button, NONE, pixel(x, y))


def hint():
    found = [w for w in iface.mapCanvas().findChildren(QLabel, "WanggeCursorHint") if w.isVisible()]
    return found[0].text() if found else ""


def active(layer):
    """Code -> shape of the cells in use, as the layer has them now."""
    cells = {}
    for feature in layer.getFeatures():
        end = feature["end_date"]
        if end is None or (hasattr(end, "isNull") and end.isNull()):
            shape = shapely.from_wkb(bytes(feature.geometry().asWkb()))
            cells[feature["grid_code"]] = shape
    return cells


def cover(cells):
    """Ground covered, and ground covered twice."""
    shapes = np.array(list(cells.values()), dtype=object)
    union = shapely.union_all(shapes)
    return union.area, shapely.area(shapes).sum() - union.area


def steps(arguments, watch):
    canvas = iface.mapCanvas()
    window = iface.mainWindow()
    iface.addProject(arguments["project"])
    yield 2.0
    project = QgsProject.instance()
    for other in project.mapLayers().values():
        if other.name() not in ("Unit grids", "Communities"):
            project.layerTreeRoot().findLayer(other.id()).setItemVisibilityChecked(False)
    layer = project.mapLayersByName("Unit grids")[0]
    iface.messageBar().clearWidgets()
    tools = {
        a.objectName().removeprefix("WanggeTool_"): a
        for a in window.findChildren(QAction)
        if a.objectName().startswith("WanggeTool_")
    }
    out = {"tools": sorted(tools)}
    start = active(layer)
    out["start"] = {"count": len(start), "cover": cover(start)}
    # A whole cell with neighbours all round: the one nearest to the middle of a community.
    code = arguments["code"] or sorted(start)[len(start) // 2]
    cell = start[code]

    def show(shape, times=3.0):
        box = QgsGeometry.fromWkt(shape.wkt).boundingBox()
        box.scale(times)
        canvas.setExtent(box)
        canvas.refresh()

    show(cell)
    yield 0.5
    yield lambda: not canvas.isDrawing()
    watch.reset()
    middle = cell.representative_point()
    _, south, _, north = cell.bounds

    # -- split -----------------------------------------------------------------------------
    tools["cell_split"].trigger()
    out["tool"] = canvas.mapTool().metaObject().className()
    port = canvas.viewport()
    QTest.mouseMove(port, pixel(middle.x, north + 8))
    yield 0.1
    out["hint_first"] = hint()
    click(middle.x, north + 8)
    QTest.mouseMove(port, pixel(middle.x, south - 8))
    yield 0.1
    out["hint_line"] = hint()
    if arguments.get("picture"):
        yield 0.5
        window.screen().grabWindow(0).save(arguments["picture"])
    click(middle.x, south - 8)
    click(middle.x, south - 8, RIGHT)
    yield 0.3
    after = active(layer)
    out["split"] = {
        "count": len(after),
        "cover": cover(after),
        "new": sorted(set(after) - set(start)),
        "gone": sorted(set(start) - set(after)),
        "undo": layer.undoStack().count(),
        "undo_text": layer.undoStack().undoText(),
        "selected": layer.selectedFeatureCount(),
    }
    out["codes_before"] = sorted(start)
    layer.undoStack().undo()
    yield 0.2
    out["split_undone"] = active(layer).keys() == start.keys() and all(
        shapely.equals_exact(active(layer)[c], start[c], 0) for c in start
    )

    # -- Esc: first the line, then the tool ---------------------------------------------------
    click(middle.x, north + 8)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    out["esc_keeps_tool"] = tools["cell_split"].isChecked()
    click(middle.x, south - 8)
    click(middle.x, south - 8, RIGHT)
    out["esc_forgot"] = layer.undoStack().index() == 0
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    yield 0.1
    out["esc_leaves"] = not tools["cell_split"].isChecked() and not hint()

    # -- a line that crosses nothing is told, and nothing changes -------------------------------
    tools["cell_split"].trigger()
    click(middle.x - 1, middle.y)
    click(middle.x + 1, middle.y + 1)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.2
    item = iface.messageBar().currentItem()
    out["told"] = item.text() if item else ""
    out["nothing_changed"] = layer.undoStack().index() == 0
    iface.messageBar().clearWidgets()

    # -- halve ----------------------------------------------------------------------------------
    tools["cell_halve"].trigger()
    QTest.mouseMove(port, pixel(middle.x, middle.y))
    yield 0.1
    out["hint_halve"] = hint()
    click(middle.x, middle.y)
    yield 0.3
    after = active(layer)
    fresh = sorted(set(after) - set(start))
    out["halve"] = {
        "count": len(after),
        "cover": cover(after),
        "areas": sorted(after[c].area for c in {*fresh, code} & set(after)),
        "whole": cell.area,
    }
    # -- merge what was halved ------------------------------------------------------------------
    tools["cell_merge"].trigger()
    halves = [after[c] for c in sorted({*fresh, code} & set(after))]
    for half in halves:
        spot = half.representative_point()
        click(spot.x, spot.y)
    yield 0.1
    out["hint_merge"] = hint()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.3
    merged = active(layer)
    out["merge"] = {
        "count": len(merged),
        "cover": cover(merged),
        "area": max(s.area for c, s in merged.items() if c not in start or c == code),
        "undo": layer.undoStack().count(),
    }
    while layer.undoStack().canUndo():
        layer.undoStack().undo()
    yield 0.2

    # -- move a corner that three cells of one community share ------------------------------------
    own = {c: s for c, s in start.items() if c[:12] == code[:12]}
    seen = {}
    for c, shape in start.items():
        for xy in shapely.get_coordinates(shape)[:-1].tolist():
            seen.setdefault(tuple(xy), set()).add(c)
    corners = [xy for xy, codes in seen.items() if len(codes) >= 3 and codes <= set(own)]
    # Away from the community's own edge, which must not move.
    edge = shapely.union_all(list(own.values())).boundary
    corners.sort(key=lambda xy: -shapely.distance(edge, shapely.Point(xy)))
    x, y = corners[0]
    show(shapely.Point(x, y).buffer(60), 1.0)
    yield 0.5
    yield lambda: not canvas.isDrawing()
    tools["cell_border"].trigger()
    QTest.mouseMove(port, pixel(x, y))
    QTest.mousePress(port, LEFT, NONE, pixel(x, y))
    QTest.mouseMove(port, pixel(x + 2, y + 1))
    QTest.mouseMove(port, pixel(x + 4, y + 3))
    yield 0.2
    out["hint_border"] = hint()
    if arguments.get("picture_border"):
        yield 0.5
        window.screen().grabWindow(0).save(arguments["picture_border"])
    QTest.mouseRelease(port, LEFT, NONE, pixel(x + 4, y + 3))
    yield 0.3
    after = active(layer)
    out["border"] = {
        "changed": sorted(c for c in start if not shapely.equals_exact(after[c], start[c], 0)),
        "having": sorted(seen[(x, y)]),
        "cover": cover(after),
        "undo": layer.undoStack().index(),
    }
    layer.undoStack().undo()
    out["border_undone"] = all(
        shapely.equals_exact(s, start[c], 0) for c, s in active(layer).items()
    )
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    layer.rollBack()

    # -- draw a border anew, three metres into the cell ---------------------------------------------
    layer.startEditing()
    pairs = []
    for other, shape in own.items():
        common = shapely.intersection(shape.boundary, cell.boundary)
        if other != code and common.length > 20:
            pairs.append((common.length, other, shapely.line_merge(common)))
    _, other, border = max(pairs, key=lambda p: p[0])
    if border.geom_type != "LineString":
        border = max(shapely.get_parts(border), key=lambda g: g.length)
    towards = shapely.Point(middle.x, middle.y)
    moved = max(
        (border.offset_curve(d) for d in (3.0, -3.0)),
        key=lambda g: -shapely.distance(g, towards),
    )
    # Drawn out at both ends, so that it crosses the whole ground of the two.
    xy = shapely.get_coordinates(moved)
    ahead, behind = xy[-1] - xy[-2], xy[0] - xy[1]
    path = [
        xy[0] + behind / np.hypot(*behind) * 12,
        *xy[1:-1],
        xy[-1] + ahead / np.hypot(*ahead) * 12,
    ]
    show(cell)
    yield 0.5
    yield lambda: not canvas.isDrawing()
    tools["cell_redraw"].trigger()
    for spot in path:
        click(*spot)
    yield 0.1
    out["hint_redraw"] = hint()
    if arguments.get("picture_redraw"):
        window.screen().grabWindow(0).save(arguments["picture_redraw"])
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    yield 0.3
    after = active(layer)
    out["redraw"] = {
        "count": len(after),
        "cover": cover(after),
        "smaller": after[code].area < cell.area,
        "larger": after[other].area > start[other].area,
        "undo": layer.undoStack().count(),
    }
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    layer.rollBack()

    # -- what is saved leaves a lineage; what was undone before leaves none ---------------------
    show(cell)
    yield 0.5
    yield lambda: not canvas.isDrawing()
    tools["cell_halve"].trigger()
    click(middle.x, middle.y)
    yield 0.2
    layer.undoStack().undo()
    layer.undoStack().redo()
    fresh = sorted(set(active(layer)) - set(start))
    out["saved"] = layer.commitChanges()
    yield 0.5
    lineage = next(x for x in project.mapLayers().values() if x.name() == "Lineage")
    out["lineage"] = sorted(
        [f["old_code"], f["new_code"], f["operation"]] for f in lineage.getFeatures()
    )
    out["lineage_wanted"] = {"old": code, "new": fresh, "kept": code in active(layer)}
    out["lineage_source"] = lineage.source()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    return out
