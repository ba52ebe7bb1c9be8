"""The layouts of the one map: a page a theme, for a wall of screens and for A3 paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayoutFrame,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsLayoutMultiFrame,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsLayoutTableStyle,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsScaleBarSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...standards.spec import LayerSpec
from ...translation import translate
from ..fields import alias
from .facts import Facts
from .sheets import SHEETS, WALL, Sheet, add_bars, add_box, add_text, place, text_format
from .themes import Theme

#: Custom property of a layout: which sheet it is. A project may be renamed at will.
SHEET, THEMES_SHOWN = "wangge/one_map_sheet", "wangge/one_map_themes"


@dataclass(frozen=True)
class Page:
    """What one page shows.

    Attributes
    ----------
    theme : Theme
    layers : sequence of QgsVectorLayer
        For the legend, from the top.
    facts : Facts
    """

    theme: Theme
    layers: Sequence[QgsVectorLayer]
    facts: Facts


@dataclass(frozen=True)
class Heading:
    """What all pages say: title of the city and the state of the data.

    Attributes
    ----------
    title, note : str
    service : str
        What else must be known where the service of facilities is shown.
    """

    title: str
    note: str
    service: str = ""


def layout_title(sheet: Sheet) -> str:
    """Return the name of a layout in the user's language."""
    return {
        "wall": translate("Wangge", "One map: wall screen"),
        "a3": translate("Wangge", "One map: A3"),
    }[sheet.id]


def add_layouts(
    project: QgsProject,
    pages: Sequence[Page],
    heading: Heading,
    extent: QgsRectangle,
    ranking: tuple[QgsVectorLayer, LayerSpec] | None,
) -> None:
    """Add a layout for each sheet to a project, with a page for each theme.

    Parameters
    ----------
    ranking : tuple of QgsVectorLayer and LayerSpec, or None
        Areas to list; None leaves the tables out.
    """
    for sheet in SHEETS:
        layout = QgsPrintLayout(project)
        layout.setName(layout_title(sheet))
        layout.setCustomProperty(SHEET, sheet.id)
        layout.setCustomProperty(THEMES_SHOWN, ",".join(p.theme.id for p in pages))
        for number, page in enumerate(pages):
            _add_page(layout, sheet, page, number, heading, extent, ranking)
        project.layoutManager().addLayout(layout)


def _add_page(layout, sheet: Sheet, page: Page, number: int, heading, extent, ranking) -> None:
    paper = QgsLayoutItemPage(layout)
    paper.setPageSize(QgsLayoutSize(sheet.width, sheet.height))
    background = {"color": sheet.paper, "outline_style": "no"}
    paper.setPageStyleSymbol(QgsFillSymbol.createSimple(background))
    layout.pageCollection().addPage(paper)
    m, inner = sheet.margin, sheet.width - 2 * sheet.margin
    title = f"{heading.title} · {page.theme.title}"
    look = text_format(sheet, 2.4, bold=True)
    add_text(layout, title, look, m, m - 2, inner * 0.72, sheet.head - 4, number)
    soft = text_format(sheet, 0.95, colour=sheet.soft)
    right = Qt.AlignmentFlag.AlignRight
    note = heading.note
    if page.theme.id == "facilities" and heading.service:
        note = f"{note}\n{heading.service}"
    add_text(layout, note, soft, m + inner * 0.72, m - 2, inner * 0.28, sheet.head - 4,
             number, align=right)  # fmt: skip
    add_box(layout, sheet.accent, m, m + sheet.head - 5, inner, 0.8, number)
    top = m + sheet.head - 1
    height = sheet.height - top - m
    column = sheet.width - m - sheet.side
    shown = _add_map(layout, sheet, page, extent, top, column - m - 5, height, number)
    _add_legend(layout, sheet, page, shown, m + 2, top + height - 2, number)
    _add_scale(layout, sheet, shown, column - 8, top + height - 3, number)
    y = _add_figures(layout, sheet, page.facts, column, top, number)
    if ranking is not None:
        y = _add_ranking(layout, sheet, page.theme, ranking, column, y + 4, number)
    rest = sheet.height - m - y - 5
    add_bars(
        layout, sheet, page.facts.chart, page.facts.bars, column, y + 5, sheet.side, rest, number
    )


def _add_map(layout, sheet: Sheet, page: Page, extent, y, width, height, number):
    item = QgsLayoutItemMap(layout)
    item.setId(f"map_{page.theme.id}")
    layout.addLayoutItem(item)
    place(item, sheet.margin, y, width, height, number)
    item.setFollowVisibilityPreset(True)
    item.setFollowVisibilityPresetName(page.theme.title)
    item.setBackgroundColor(QColor("#f7f9fb"))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor("#7b8794"))
    item.zoomToExtent(_beside_legend(extent, sheet.legend / width, height / width))
    return item


def _beside_legend(city: QgsRectangle, legend: float, aspect: float) -> QgsRectangle:
    """Return the extent in which the city lies to the right of the legend.

    Parameters
    ----------
    legend : float
        Share of the map's width that the legend takes.
    aspect : float
        Height of the map by its width.
    """
    width = max(city.width() / (1 - legend), city.height() / aspect)
    free = width * (1 - legend)
    west = city.center().x() - free / 2 - width * legend
    tall = width * aspect
    south = city.center().y() - tall / 2
    return QgsRectangle(west, south, west + width, south + tall)


def _add_legend(layout, sheet: Sheet, page: Page, shown, x, bottom, number) -> None:
    legend = QgsLayoutItemLegend(layout)
    legend.setId(f"legend_{page.theme.id}")
    layout.addLayoutItem(legend)
    legend.setAutoUpdateModel(False)
    root = legend.model().rootGroup()
    root.clear()
    for layer in page.layers:
        root.addLayer(layer)
    legend.setLinkedMap(shown)
    dark = "#1f2933"
    for style, times, bold in (
        (QgsLegendStyle.Style.Title, 1.1, True),
        (QgsLegendStyle.Style.Group, 1.0, True),
        (QgsLegendStyle.Style.Subgroup, 0.92, True),
        (QgsLegendStyle.Style.SymbolLabel, 0.85, False),
    ):
        legend.rstyle(style).setTextFormat(text_format(sheet, times, bold=bold, colour=dark))
    legend.setBackgroundColor(QColor(255, 255, 255, 225))
    legend.setSymbolWidth(6)
    legend.setSymbolHeight(3.6)
    legend.setReferencePoint(legend.ReferencePoint.LowerLeft)
    place(legend, x, bottom, 60, 60, number)
    legend.adjustBoxSize()


def _add_scale(layout, sheet: Sheet, shown, right, bottom, number) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    layout.addLayoutItem(bar)
    bar.setLinkedMap(shown)
    bar.setStyle("Single Box")
    bar.setUnits(Qgis.DistanceUnit.Meters)
    bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
    bar.setMinimumBarWidth(30)
    bar.setMaximumBarWidth(60)
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitLabel("m")
    bar.setTextFormat(text_format(sheet, 0.85, colour="#1f2933"))
    bar.setBackgroundEnabled(True)
    bar.setBackgroundColor(QColor(255, 255, 255, 225))
    bar.update()
    bar.setReferencePoint(bar.ReferencePoint.LowerRight)
    place(bar, right, bottom, 70, 12, number)


def _add_figures(layout, sheet: Sheet, facts: Facts, x, y, number) -> float:
    """Write the figures, three a row; return where they end."""
    wide = (sheet.side - 4) / 3
    tall = sheet.text * 1.55
    for k, (words, value) in enumerate(facts.figures):
        left, top = x + (k % 3) * (wide + 2), y + (k // 3) * (tall + 2)
        add_box(layout, sheet.accent, left, top, wide, tall, number, opacity=30)
        big = text_format(sheet, 1.75, bold=True, colour=sheet.accent)
        small = text_format(sheet, 0.85, colour=sheet.soft)
        middle = Qt.AlignmentFlag.AlignHCenter
        add_text(layout, value, big, left, top + 1, wide, tall * 0.58, number, align=middle)
        add_text(layout, words, small, left, top + tall * 0.6, wide, tall * 0.34, number,
                 align=middle)  # fmt: skip
    rows = -(-len(facts.figures) // 3)
    return y + rows * (tall + 2)


def _add_ranking(layout, sheet: Sheet, theme: Theme, ranking, x, y, number) -> float:
    layer, spec = ranking
    names = [n for n in theme.ranking if layer.fields().lookupField(n) >= 0]
    if len(names) < 2:
        return y
    heading = translate("Wangge", "Ranking of areas")
    line = sheet.text * 0.62
    look = text_format(sheet, 1.1, bold=True)
    add_text(layout, heading, look, x, y, sheet.side, line, number)
    table = QgsLayoutItemAttributeTable.create(layout)
    layout.addMultiFrame(table)
    table.setVectorLayer(layer)
    table.setMaximumNumberOfFeatures(sheet.rows)
    table.setColumns([_column(spec, n, sheet, names) for n in names])
    # At once: QGIS measures its contents by these columns at the next setting.
    table.refreshAttributes()
    sort = QgsLayoutTableColumn()
    sort.setAttribute(theme.sort[0])
    rising = Qt.SortOrder.AscendingOrder if theme.sort[1] else Qt.SortOrder.DescendingOrder
    sort.setSortOrder(rising)
    if layer.fields().lookupField(theme.sort[0]) >= 0:
        table.setSortColumns([sort])
    table.setContentTextFormat(text_format(sheet, 0.9))
    table.setHeaderTextFormat(text_format(sheet, 0.85, bold=True, colour=sheet.soft))
    table.setShowGrid(False)
    table.setBackgroundColor(QColor(sheet.paper))
    if sheet is not WALL:
        stripe = QgsLayoutTableStyle()
        stripe.enabled = True
        stripe.cellBackgroundColor = QColor(sheet.panel)
        table.setCellStyle(QgsLayoutTable.CellStyleGroup.EvenRows, stripe)
    table.setCellMargin(sheet.text * 0.06)
    table.setResizeMode(QgsLayoutMultiFrame.ResizeMode.UseExistingFrames)
    frame = QgsLayoutFrame(layout, table)
    table.addFrame(frame, False)
    rows = min(sheet.rows, max(layer.featureCount(), 1))
    tall = (rows + 1) * (sheet.text * 0.353 * 1.1 + 2 * sheet.text * 0.06) + 1
    place(frame, x, y + line + 1, sheet.side, tall, number)
    return y + line + 1 + tall


def _column(spec: LayerSpec, name: str, sheet: Sheet, names: list[str]) -> QgsLayoutTableColumn:
    field = spec.field(name)
    made = QgsLayoutTableColumn()
    made.setHeading(_short(name) or alias(field))
    if name == "area_name":
        made.setAttribute('coalesce("area_name", "area_code")')
        made.setWidth(sheet.side * 0.3)
        return made
    shares = {"opened_rate", "handled_rate", "closed_rate", "served"}
    if name in shares:
        made.setAttribute(f"coalesce(format_number(\"{name}\" * 100, 1) || '%', '–')")
    elif field.type.value == "real":
        made.setAttribute(f"coalesce(format_number(\"{name}\", 0), '–')")
    else:
        made.setAttribute(name)
    made.setHAlignment(Qt.AlignmentFlag.AlignRight)
    others = len([n for n in names if n != "area_name"])
    made.setWidth(sheet.side * (0.7 if "area_name" in names else 1.0) / max(others, 1) - 2)
    return made


def _short(name: str) -> str:
    """Return a heading that fits a narrow column; "" where the alias does."""
    return {
        "area_name": translate("Wangge", "Name of the area"),
        "components": translate("Wangge", "Components"),
        "facilities": translate("Wangge", "Facilities"),
        "rank": translate("Wangge", "Rank"),
        "defective": translate("Wangge", "Defective"),
        "cases": translate("Wangge", "Cases"),
        "open_cases": translate("Wangge", "Not closed"),
        "reported_count": translate("Wangge", "Found"),
        "opened_rate": translate("Wangge", "Opened"),
        "handled_rate": translate("Wangge", "Handled"),
        "closed_rate": translate("Wangge", "Closed"),
        "toilets": translate("Wangge", "Toilets"),
        "served": translate("Wangge", "Served"),
        "nearest_toilet_m": translate("Wangge", "Nearest (m)"),
        "red": translate("Wangge", "Red"),
        "orange": translate("Wangge", "Orange"),
        "yellow": translate("Wangge", "Yellow"),
        "blue": translate("Wangge", "Blue"),
        "risks": translate("Wangge", "Risks"),
    }.get(name, "")


def shown_layers(theme: Theme, layers: Mapping[str, QgsVectorLayer]) -> list[QgsVectorLayer]:
    """Return the layers of a theme that are there, from the top."""
    return [layers[name] for name in theme.layers if name in layers]
