"""Drives the QGIS plugin Polygon Divider without its window.

    polygon_divider.py PLUGIN TOWN RESULT

PLUGIN is the folder of the unpacked plugin, as QGIS's plugin manager leaves it; it is no part
of this project. TOWN and RESULT hold hexadecimal WKB as for ``regions.py``; what comes before
the empty line are the polygons to divide. Each is divided by itself: where the plugin fails or
does not come to an end within a minute, the polygon stays whole.
"""

from __future__ import annotations

import importlib
import signal
import sys
import tempfile
from pathlib import Path

import shapely
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsVectorLayer

TARGET, TOLERANCE, CUT_FROM_LEFT, SECONDS = 10_000.0, 0.1, 2, 60


def stop(_signal, _frame) -> None:
    """End a division that goes round in circles; the plugin hands the error on."""
    raise TimeoutError


def divided(task_class, polygon, file: Path) -> list[str]:
    """Return the plugin's cells of a polygon, [] when it fails."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:32650", "one", "memory")
    feature = QgsFeature(layer.fields())
    geometry = QgsGeometry()
    geometry.fromWkb(shapely.to_wkb(polygon))
    feature.setGeometry(geometry)
    layer.dataProvider().addFeatures([feature])
    task = task_class(layer, str(file), TARGET, True, CUT_FROM_LEFT, TOLERANCE, 0)
    signal.alarm(SECONDS)
    worked = task.run()
    signal.alarm(0)
    if not worked:
        return []
    made = QgsVectorLayer(str(file), "made", "ogr")
    return [bytes(f.geometry().asWkb()).hex() for f in made.getFeatures()]


def main() -> None:
    plugin, town, result = (Path(p).resolve() for p in sys.argv[1:4])
    sys.path[:0] = [str(plugin.parent), "/usr/share/qgis/python/plugins"]
    application = QgsApplication([], False)
    application.initQgis()
    task_class = importlib.import_module(f"{plugin.name}.polygon_divider").PolygonDividerTask
    signal.signal(signal.SIGALRM, stop)
    polygons = shapely.from_wkb(town.read_text().partition("\n\n")[0].split())
    lines, failed = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for i, polygon in enumerate(shapely.get_parts(polygons)):
            cells = divided(task_class, polygon, Path(folder) / f"{i}.shp")
            if not cells or abs(sum(shapely.area(shapely.from_wkb(cells))) - polygon.area) > 100:
                failed += 1
                cells = [shapely.to_wkb(polygon, hex=True)]
            lines += cells
    result.write_text("\n".join(lines) + "\n")
    if failed:
        print(f"Polygon Divider: {failed} of {len(polygons)} polygons not divided", flush=True)


if __name__ == "__main__":
    main()
