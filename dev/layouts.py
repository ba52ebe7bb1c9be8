"""Make resources/layouts/*.qpt: the pages of the risk atlas, to be edited in QGIS afterwards.

Run with ``.venv/bin/python dev/layouts.py``; a city's own copies go to a folder of its own.
The algorithm fills items by their ids (map, index_map, legend, table) and labels by the layout
variables ``wangge_*``.
"""

import base64
import importlib.util
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location(
    "wangge", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
sys.modules["wangge"] = importlib.util.module_from_spec(spec)

from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsExpressionContextUtils,
    QgsLayoutFrame,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemManualTable,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutMultiFrame,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsLayoutTableStyle,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsScaleBarSettings,
    QgsTableCell,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor, QFont  # noqa: E402

# The first that a machine has is taken: Linux, Adobe's package, Windows, macOS.
FAMILIES = ["Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei"]
INK, SOFT, ACCENT = "#1f2933", "#52606d", "#2f8f6b"
PAPERS = {"a4": (297, 210, 1.0), "a3": (420, 297, 1.25)}
MARGIN = 10
ARROW = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 60" width="40" height="60">
<path d="M20 14 L32 54 L20 45 Z" fill="#1f2933" stroke="#1f2933" stroke-width="1"/>
<path d="M20 14 L8 54 L20 45 Z" fill="#ffffff" stroke="#1f2933" stroke-width="1"/>
<path d="M15.5 10 V1 L24.5 10 V1" fill="none" stroke="#1f2933" stroke-width="1.6"/></svg>"""
EXAMPLES = {
    "wangge_title": "城市风险图册",
    "wangge_area": "某某街道",
    "wangge_heading": "全市总览",
    "wangge_edition": "2026年第1期",
    "wangge_date": "2026-12-01",
    "wangge_provenance": "资料来源：风险清单；评估方案：lec@1",
    "wangge_changes": "与上期相比：新增 1",
    "wangge_page_offset": 0,
    "wangge_page_count": 1,
}


def text(size, *, bold=False, colour=INK):
    font = QFont(FAMILIES[0])
    font.setBold(bold)
    made = QgsTextFormat()
    made.setFont(font)
    made.setFamilies(FAMILIES)
    made.setSize(size)
    made.setSizeUnit(Qgis.RenderUnit.Points)
    made.setColor(QColor(colour))
    return made


class Sheet:
    """One template while it is built: the paper and what lies on its pages."""

    def __init__(self, paper, pages):
        self.width, self.height, self.k = PAPERS[paper]
        self.layout = QgsPrintLayout(QgsProject.instance())
        for _ in range(pages):
            page = QgsLayoutItemPage(self.layout)
            page.setPageSize(QgsLayoutSize(self.width, self.height))
            self.layout.pageCollection().addPage(page)
        for name, value in EXAMPLES.items():
            QgsExpressionContextUtils.setLayoutVariable(self.layout, name, value)

    @property
    def inner(self):
        return self.width - 2 * MARGIN

    def place(self, item, name, x, y, width, height, page=0):
        item.setId(name)
        if item.scene() is None:  # a table has put its frame there itself
            self.layout.addLayoutItem(item)
        item.attemptMove(QgsLayoutPoint(x, y), True, False, page)
        item.attemptResize(QgsLayoutSize(width, height))
        return item

    def label(self, name, content, x, y, width, height, size, page=0, **how):
        item = QgsLayoutItemLabel(self.layout)
        item.setText(content)
        item.setTextFormat(
            text(size * self.k, bold=how.get("bold", False), colour=how.get("colour", INK))
        )
        item.setHAlign(how.get("align", Qt.AlignmentFlag.AlignLeft))
        item.setVAlign(how.get("valign", Qt.AlignmentFlag.AlignVCenter))
        item.setMarginX(0)
        item.setMarginY(0)
        return self.place(item, name, x, y, width, height, page)

    def bar(self, page):
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
        symbol = item.symbol().clone()
        symbol.setColor(QColor(ACCENT))
        symbol.symbolLayer(0).setStrokeStyle(Qt.PenStyle.NoPen)
        item.setSymbol(symbol)
        self.place(item, "bar", MARGIN, self.head - 0.8, self.inner, 0.8, page)

    @property
    def head(self):
        """Where the heading ends."""
        return MARGIN + 11 * self.k

    @property
    def foot(self):
        """Where the footer begins."""
        return self.height - MARGIN - 5 * self.k

    def heading(self, content, page=0):
        wide = self.inner * 0.68
        self.label("heading", content, MARGIN, MARGIN - 2, wide, 11 * self.k, 15, page, bold=True)
        self.label(
            "edition",
            "[% @wangge_edition %]　[% @wangge_date %]",
            *(MARGIN + wide, MARGIN - 2, self.inner - wide, 11 * self.k, 10, page),
            align=Qt.AlignmentFlag.AlignRight,
            colour=SOFT,
        )
        self.bar(page)

    def footer(self, page=0):
        wide = self.inner * 0.8
        y = self.foot + 1.5
        self.label(
            "provenance",
            "[% @wangge_provenance %]",
            *(MARGIN, y, wide, 5 * self.k, 7, page),
            colour=SOFT,
        )
        self.label(
            "page",
            "第 [% @wangge_page_offset + @layout_page %] 页　共 [% @wangge_page_count %] 页",
            *(MARGIN + wide, y, self.inner - wide, 5 * self.k, 7, page),
            align=Qt.AlignmentFlag.AlignRight,
            colour=SOFT,
        )

    def map(self, name, x, y, width, height, page=0):
        item = QgsLayoutItemMap(self.layout)
        item.setFrameEnabled(True)
        item.setFrameStrokeColor(QColor(SOFT))
        item.setFrameStrokeWidth(QgsLayoutMeasurement(0.25))
        item.setBackgroundColor(QColor("#ffffff"))
        item.setKeepLayerSet(True)
        return self.place(item, name, x, y, width, height, page)

    def furniture(self, of, x, y, width, height, page=0):
        """North arrow in the map's upper right, scale bar in its lower left corner."""
        arrow = QgsLayoutItemPicture(self.layout)
        arrow.setPicturePath("base64:" + base64.b64encode(ARROW.encode()).decode())
        arrow.setLinkedMap(of)
        size = 12 * self.k
        self.place(arrow, "north_arrow", x + width - size, y + 2, size * 0.8, size, page)
        scale = QgsLayoutItemScaleBar(self.layout)
        scale.setLinkedMap(of)
        scale.setStyle("Single Box")
        scale.setUnits(Qgis.DistanceUnit.Meters)
        scale.setUnitLabel("米")
        scale.setMapUnitsPerScaleBarUnit(1)
        scale.setNumberOfSegments(2)
        scale.setNumberOfSegmentsLeft(0)
        scale.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
        scale.setMinimumBarWidth(24 * self.k)
        scale.setMaximumBarWidth(50 * self.k)
        scale.setHeight(1.6)
        scale.setTextFormat(text(7 * self.k))
        scale.setBackgroundEnabled(True)
        scale.setBackgroundColor(QColor(255, 255, 255, 220))
        self.place(scale, "scale_bar", x + 2, y + height - 12 * self.k, 60, 10, page)
        self.label(
            "scale",
            "比例尺 1:[% format_number(round(map_get(item_variables('map'), 'map_scale')), 0) %]",
            *(x + width - 46 * self.k, y + height - 6 * self.k, 44 * self.k, 5 * self.k, 8, page),
            align=Qt.AlignmentFlag.AlignRight,
        )

    def legend(self, x, y, width, height, page=0):
        item = QgsLayoutItemLegend(self.layout)
        item.setTitle("图例")
        item.setAutoUpdateModel(False)
        item.setResizeToContents(False)
        item.setBackgroundEnabled(False)
        for part, size, bold in (
            (QgsLegendStyle.Style.Title, 10, True),
            (QgsLegendStyle.Style.Group, 9, True),
            (QgsLegendStyle.Style.Subgroup, 9, True),
            (QgsLegendStyle.Style.SymbolLabel, 9, False),
        ):
            style = item.style(part)
            style.setTextFormat(text(size * self.k, bold=bold))
            item.setStyle(part, style)
        for part in (QgsLegendStyle.Style.Symbol, QgsLegendStyle.Style.Subgroup):
            style = item.style(part)
            style.setMargin(QgsLegendStyle.Side.Top, 1.4 * self.k)
            item.setStyle(part, style)
        item.setSymbolWidth(6 * self.k)
        item.setSymbolHeight(4 * self.k)
        item.setBoxSpace(0)
        item.model().rootGroup().removeAllChildren()
        return self.place(item, "legend", x, y, width, height, page)

    def table(self, frames, empty):
        """Add the table; frames are (x, y, width, height, page), the last one is repeated."""
        table = QgsLayoutItemManualTable.create(self.layout)
        self.layout.addMultiFrame(table)
        table.setHeaderTextFormat(text(8 * self.k, bold=True))
        table.setContentTextFormat(text(7.5 * self.k))
        table.setIncludeTableHeader(True)
        table.setHeaderMode(QgsLayoutTable.HeaderMode.AllFrames)
        table.setHeaderHAlignment(QgsLayoutTable.HeaderHAlignment.HeaderCenter)
        table.setGridStrokeWidth(0.15)
        table.setGridColor(QColor("#9aa5b1"))
        table.setCellMargin(0.9 * self.k)
        table.setEmptyTableBehavior(QgsLayoutTable.EmptyTableMode.ShowMessage)
        table.setEmptyTableMessage(empty)
        style = QgsLayoutTableStyle()
        style.enabled = True
        style.cellBackgroundColor = QColor("#e4ece8")
        table.setCellStyle(QgsLayoutTable.CellStyleGroup.HeaderRow, style)
        # The width of this sample says how wide the table is: QGIS fits its frames to it.
        table.setHeaders([QgsLayoutTableColumn("表头")])
        table.setTableContents([[QgsTableCell("内容")]])
        width = min(frame[2] for frame in frames)
        table.setColumnWidths([width - 2 * table.cellMargin() - 2 * table.gridStrokeWidth()])
        table.setResizeMode(QgsLayoutMultiFrame.ResizeMode.UseExistingFrames)
        for x, y, width, height, page in frames:
            frame = QgsLayoutFrame(self.layout, table)
            table.addFrame(frame, False)
            self.place(frame, "table", x, y, width, height, page)
        return table

    def save(self, name):
        folder = ROOT / "resources" / "layouts"
        folder.mkdir(parents=True, exist_ok=True)
        self.layout.setName(name)
        if not self.layout.saveAsTemplate(str(folder / f"{name}.qpt"), QgsReadWriteContext()):
            raise SystemExit(f"{name} was not written")


def continued(sheet, heading, page=1):
    """A page on which the table goes on."""
    sheet.heading(heading, page)
    sheet.footer(page)
    top = sheet.head + 3
    return (MARGIN, top, sheet.inner, sheet.foot - top, page)


def area(paper):
    sheet = Sheet(paper, 2)
    k = sheet.k
    sheet.heading("[% @wangge_title %]　[% @wangge_area %]")
    sheet.footer()
    side = 66 * k
    top = sheet.head + 3
    width, height = sheet.inner - side - 4, (sheet.height - 2 * MARGIN) * 0.58
    main = sheet.map("map", MARGIN, top, width, height)
    sheet.furniture(main, MARGIN, top, width, height)
    x = MARGIN + width + 4
    sheet.map("index_map", x, top, side, height * 0.4)
    sheet.legend(x, top + height * 0.4 + 3, side, height * 0.46)
    sheet.label(
        "changes",
        "[% @wangge_changes %]",
        *(x, top + height * 0.86 + 4, side, height * 0.14 - 4, 7.5),
        valign=Qt.AlignmentFlag.AlignTop,
    )
    below = top + height + 3
    sheet.table(
        [
            (MARGIN, below, sheet.inner, sheet.foot - below, 0),
            continued(sheet, "[% @wangge_title %]　[% @wangge_area %]（续）"),
        ],
        "本区域没有未销号的风险。",
    )
    sheet.save(f"atlas_area_{paper}")


def overview(paper):
    sheet = Sheet(paper, 2)
    k = sheet.k
    sheet.heading("[% @wangge_title %]　[% @wangge_heading %]")
    sheet.footer()
    side = 74 * k
    top = sheet.head + 3
    width, height = sheet.inner - side - 4, sheet.foot - top
    main = sheet.map("map", MARGIN, top, width, height)
    sheet.furniture(main, MARGIN, top, width, height)
    x = MARGIN + width + 4
    sheet.legend(x, top, side, 52 * k)
    sheet.label(
        "changes",
        "[% @wangge_changes %]",
        *(x, top + 54 * k, side, height - 54 * k, 9),
        valign=Qt.AlignmentFlag.AlignTop,
    )
    frame = continued(sheet, "[% @wangge_title %]　分区统计")
    sheet.table([frame], "没有范围。")
    sheet.save(f"atlas_overview_{paper}")


def listing(paper):
    sheet = Sheet(paper, 1)
    frame = continued(sheet, "[% @wangge_title %]　[% @wangge_heading %]", 0)
    sheet.table([frame], "没有内容。")
    sheet.save(f"atlas_list_{paper}")


def main():
    application = QgsApplication([], False)
    application.initQgis()
    for paper in PAPERS:
        overview(paper)
        area(paper)
        listing(paper)
    application.exitQgis()


if __name__ == "__main__":
    main()
