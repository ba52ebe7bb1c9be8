"""The layouts of a one map as files: pictures for the wall, a PDF for paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout, QgsProject

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...translation import translate
from .pages import SHEET, THEMES_SHOWN
from .sheets import WALL
from .themes import THEMES

PDF = "one_map_a3.pdf"
_MM = 25.4


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    pictures: int
    pages: int


def file_names() -> tuple[str, ...]:
    """Return every file an export may write."""
    return (PDF, *(f"wall_{theme}.png" for theme in THEMES))


def export_layouts(
    project: Path, folder: Path, *, width: int, progress: Progress = SILENT
) -> Exported:
    """Write the layouts of a saved project; the main thread must do it.

    Parameters
    ----------
    project : Path
    folder : Path
        Must be there.
    width : int
        Of the pictures in pixels.

    Raises
    ------
    WanggeError
        When the project cannot be read, has no such layouts or a file cannot be written.
    """
    opened = QgsProject()
    if not opened.read(str(project)):
        raise WanggeError(
            translate("Wangge", "The project “{path}” cannot be opened: {reason}.").format(
                path=project, reason=opened.error()
            )
        )
    layouts = {
        layout.customProperty(SHEET): layout for layout in opened.layoutManager().printLayouts()
    }
    if "wall" not in layouts and "a3" not in layouts:
        raise WanggeError(
            translate(
                "Wangge",
                "“{path}” has no layouts of a one map. Run “Create one map” first and give its "
                "project.",
            ).format(path=project)
        )
    pictures = pages = 0
    if wall := layouts.get("wall"):
        pictures = _write_pictures(wall, folder, width, progress)
    if paper := layouts.get("a3"):
        stop_if_cancelled(progress)
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        _check(QgsLayoutExporter(paper).exportToPdf(str(folder / PDF), settings), folder / PDF)
        pages = paper.pageCollection().pageCount()
    progress.report(1.0)
    return Exported(pictures, pages)


def _write_pictures(layout: QgsPrintLayout, folder: Path, width: int, progress: Progress) -> int:
    themes = str(layout.customProperty(THEMES_SHOWN, "")).split(",")
    dpi = width / (WALL.width / _MM)
    exporter = QgsLayoutExporter(layout)
    count = min(layout.pageCollection().pageCount(), len(themes))
    for page, theme in enumerate(themes[:count]):
        stop_if_cancelled(progress)
        path = folder / f"wall_{theme}.png"
        image = exporter.renderPageToImage(page, dpi=dpi)
        done = not image.isNull() and image.save(str(path), "PNG")
        kinds = QgsLayoutExporter.ExportResult
        _check(kinds.Success if done else kinds.FileError, path)
        progress.report((page + 1) / (count + 1))
    return count


def _check(result: QgsLayoutExporter.ExportResult, path: Path) -> None:
    if result != QgsLayoutExporter.ExportResult.Success:
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written. Check that its folder exists and is writable.",
            ).format(path=path.name)
        )
