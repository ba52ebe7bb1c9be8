"""The whole atlas: overview, a page or more for each area, what lies elsewhere, changes; one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsAbstractLayoutIterator,
    QgsCoordinateReferenceSystem,
    QgsLayoutExporter,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsTextFormat,
)

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...risk.atlas_data import Atlas, AtlasPage
from ...risk.atlas_text import (
    AREA_COLUMNS,
    CHANGE_COLUMNS,
    CHANGED_COLUMNS,
    RISK_COLUMNS,
    area_rows,
    change_rows,
    changes_text,
    counts_text,
    provenance_text,
    risk_rows,
)
from ...translation import translate
from . import maps
from .pdf_text import make_searchable
from .table import Cell, Column, fill_table
from .template import (
    item,
    keep_text_searchable,
    load_layout,
    required_item,
    set_variables,
    table_of,
)
from .wrapping import measure_of, wrapped


@dataclass(frozen=True)
class AtlasMaps:
    """What the maps of an atlas show.

    Attributes
    ----------
    crs : QgsCoordinateReferenceSystem
        Of shapes and maps.
    risks, areas : ndarray of shapely geometries
        In the order of the atlas's batches.
    levels : ndarray of str
    background : sequence of QgsMapLayer
        Styled layers under the risks, the uppermost first; they stay the caller's.
    """

    crs: QgsCoordinateReferenceSystem
    risks: np.ndarray
    areas: np.ndarray
    levels: np.ndarray
    background: Sequence[QgsMapLayer] = ()


class AtlasBook:
    """Layouts of an atlas, built from templates and written as one PDF.

    Parameters
    ----------
    atlas : Atlas
    shown : AtlasMaps
    paper : str
        ``"a4"`` or ``"a3"``.
    templates : Path, optional
        Folder with the city's own templates; what it lacks is taken from ours.
    """

    def __init__(
        self, atlas: Atlas, shown: AtlasMaps, *, paper: str = "a4", templates: Path | None = None
    ):
        self._atlas, self._shown = atlas, _without_closed(atlas, shown)
        self._paper, self._templates = paper, templates
        self._project = QgsProject()
        self._project.setCrs(shown.crs)
        details = self._project.metadata()
        details.setTitle(atlas.provenance.title)
        self._project.setMetadata(details)
        self._background = [layer.clone() for layer in shown.background]
        # Shared by all pages: the risks of a page are drawn above their own grey dots.
        self._others = maps.other_risks(shown.crs, self._shown.risks[_placed(self._shown.risks)])
        self._areas = maps.area_layer(shown.crs, *self._outlines(), None)
        maps.add_to(self._project, [*self._background, self._others, self._areas])
        self.layouts: list[QgsPrintLayout] = []

    def build(self, *, progress: Progress = SILENT) -> int:
        """Make all layouts and return how many pages they have."""
        atlas = self._atlas
        overview = self._overview()
        starts: dict[str, int] = {}
        number = _pages(overview)
        self.layouts = [overview]
        for index, page in enumerate(atlas.pages):
            stop_if_cancelled(progress)
            starts[page.key] = number + 1
            layout = self._area(page)
            self.layouts.append(layout)
            number += _pages(layout)
            progress.report((index + 1) / len(atlas.pages))
        if atlas.elsewhere:
            rows = self._risk_table(atlas.elsewhere, atlas.changes)
            self.layouts.append(self._list("各区域之外或未定位的风险", *rows))
        if atlas.has_previous:
            rows = change_rows(atlas.changes)
            self.layouts.append(self._list("与上期相比的变化", CHANGE_COLUMNS, rows))
        self._fill(overview, AREA_COLUMNS, area_rows(atlas, starts), again=True)
        for layout in self.layouts:
            keep_text_searchable(layout)
        return self._number()

    def write_pdf(self, path: Path, *, dpi: float = 300.0, progress: Progress = SILENT) -> None:
        """Write all layouts into one PDF; nothing is left of it when it fails."""
        settings = QgsLayoutExporter.PdfExportSettings()
        settings.dpi = dpi
        settings.forceVectorOutput = True
        settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        settings.exportMetadata = True
        settings.appendGeoreference = False
        settings.rasterizeWholeImage = False
        settings.simplifyGeometries = True
        pages = _LayoutPages(self.layouts, progress)
        result, reason = QgsLayoutExporter.exportToPdf(pages, str(path), settings)
        stop_if_cancelled(progress)
        if result != QgsLayoutExporter.ExportResult.Success:
            path.unlink(missing_ok=True)
            raise WanggeError(
                translate(
                    "Wangge", "The PDF “{path}” could not be written. Close it in other programs."
                ).format(path=path),
                f"{result}: {reason}",
            )
        make_searchable(path)

    # -- pages ----------------------------------------------------------------------------

    def _overview(self) -> QgsPrintLayout:
        atlas, shown = self._atlas, self._shown
        layout = self._load("overview", "全市总览")
        placed = _placed(shown.risks)
        text = _map_text(layout)
        risks = maps.risk_layers(shown.crs, shown.risks[placed], shown.levels[placed], None, text)
        areas = maps.area_layer(shown.crs, *self._outlines(), _map_text(layout, larger=1.4))
        maps.add_to(self._project, [*risks, areas])
        self._map(layout, [*risks, areas, *self._background], shown.areas, required=True)
        self._legend(layout, risks[0], atlas.counts, [areas])
        self._set(layout, wangge_changes=self._fitted(layout, counts_text(atlas)))
        self._fill(layout, AREA_COLUMNS, area_rows(atlas, {}))
        return layout

    def _area(self, page: AtlasPage) -> QgsPrintLayout:
        shown = self._shown
        layout = self._load("area", page.name)
        own = np.array([row.row for row in page.rows if row.row >= 0], dtype=int)
        numbers = np.array([row.number for row in page.rows], dtype=int)
        has_place = _is_placed(shown.risks[own])
        text = _map_text(layout)
        risks = maps.risk_layers(
            shown.crs,
            shown.risks[own[has_place]],
            shown.levels[own[has_place]],
            numbers[has_place],
            text,
        )
        others, areas = self._others, self._areas
        outline, veil, filled = maps.page_area(shown.crs, shown.areas[page.area])
        maps.add_to(self._project, [*risks, outline, veil, filled])
        layers = [*risks, outline, others, areas, veil, *self._background]
        self._map(layout, layers, page.extent, required=True)
        self._map(layout, [filled, areas], shown.areas, name="index_map")
        self._legend(layout, risks[0], page.counts, [outline, others])
        changes = changes_text(page.changes, self._atlas)
        self._set(layout, wangge_area=page.name, wangge_changes=self._fitted(layout, changes))
        self._fill(layout, *self._risk_table(page.rows, page.changes))
        return layout

    def _risk_table(self, rows, changes):
        day = self._atlas.provenance.day
        if self._atlas.has_previous:
            return CHANGED_COLUMNS, risk_rows(rows, changes, day=day)
        return RISK_COLUMNS, risk_rows(rows, day=day)

    def _list(self, heading: str, columns, rows) -> QgsPrintLayout:
        layout = self._load("list", heading)
        self._fill(layout, columns, rows)
        return layout

    # -- parts of a page --------------------------------------------------------------------

    def _load(self, kind: str, heading: str) -> QgsPrintLayout:
        layout = load_layout(self._project, f"atlas_{kind}_{self._paper}", self._templates)
        facts = self._atlas.provenance
        self._set(
            layout,
            wangge_title=facts.title,
            wangge_heading=heading,
            wangge_area=heading,
            wangge_edition=facts.edition,
            wangge_date=facts.day.isoformat() if facts.day else "",
            wangge_provenance=provenance_text(self._atlas),
            wangge_changes="",
        )
        return layout

    def _set(self, layout: QgsPrintLayout, **values) -> None:
        set_variables(layout, values)

    def _outlines(self) -> tuple[np.ndarray, list[str]]:
        names = [""] * len(self._shown.areas)
        for page in self._atlas.pages:
            names[page.area] = page.name
        return self._shown.areas, names

    def _map(self, layout, layers, around, *, name: str = "map", required: bool = False) -> None:
        found = (
            required_item(layout, name, QgsLayoutItemMap)
            if required
            else item(layout, name, QgsLayoutItemMap)
        )
        if found is None:
            return
        extent = tuple(shapely.total_bounds(around)) if isinstance(around, np.ndarray) else around
        maps.show(found, layers, self._shown.crs, extent)

    def _legend(self, layout, risks, counts, others) -> None:
        legend = item(layout, "legend", QgsLayoutItemLegend)
        if legend is not None:
            maps.fill_legend(legend, risks, dict(counts), others)

    def _fitted(self, layout: QgsPrintLayout, text: str) -> str:
        """Break a text into the lines of the label that shows it."""
        label = layout.itemById("changes")
        if label is None:
            return text
        form: QgsTextFormat = label.textFormat()
        line = 1.4 * form.size() * 25.4 / 72
        most = max(1, int(label.rect().height() / line))
        return wrapped(text, label.rect().width() - 1, measure_of(form), most=most)

    def _fill(self, layout, columns, rows, *, again: bool = False) -> None:
        heads = [Column(*column) for column in columns]
        cells = [[Cell(*cell) for cell in row] for row in rows]
        fill_table(layout, heads, cells, flow=not again)

    def _number(self) -> int:
        total = sum(map(_pages, self.layouts))
        offset = 0
        for layout in self.layouts:
            self._set(layout, wangge_page_offset=offset, wangge_page_count=total)
            layout.refresh()  # costly: once, when everything is known
            offset += _pages(layout)
        return total


class _LayoutPages(QgsAbstractLayoutIterator):
    """Hands one layout after the other to the exporter; stops when the user cancels."""

    def __init__(self, layouts: Sequence[QgsPrintLayout], progress: Progress):
        super().__init__()
        self._layouts, self._progress = layouts, progress
        self._at = -1

    def layout(self):
        return self._layouts[max(0, self._at)]

    def beginRender(self):  # noqa: N802
        self._at = -1
        return True

    def endRender(self):  # noqa: N802
        return True

    def count(self):
        return len(self._layouts)

    def next(self):
        self._progress.report(max(0.0, (self._at + 1) / len(self._layouts)))
        self._at += 1
        return self._at < len(self._layouts) and not self._progress.is_cancelled()

    def filePath(self, base, extension):  # noqa: N802
        return f"{base}.{extension}"


def _without_closed(atlas: Atlas, shown: AtlasMaps) -> AtlasMaps:
    """Return what is shown without the risks that stand in no table."""
    tables = [*(page.rows for page in atlas.pages), atlas.elsewhere]
    listed = np.array([row.row for rows in tables for row in rows], dtype=int)
    shapes = np.full(len(shown.risks), None, dtype=object)
    shapes[listed] = shown.risks[listed]
    return replace(shown, risks=shapes)


def _pages(layout: QgsPrintLayout) -> int:
    return layout.pageCollection().pageCount()


def _is_placed(shapes: np.ndarray) -> np.ndarray:
    return ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)


def _placed(shapes: np.ndarray) -> np.ndarray:
    return np.flatnonzero(_is_placed(shapes))


def _map_text(layout: QgsPrintLayout, *, larger: float = 1.0) -> QgsTextFormat:
    """Return the format of texts on the map: that of the table, larger where asked."""
    form = QgsTextFormat(table_of(layout).contentTextFormat())
    form.setSize(form.size() * larger)
    return form
