"""The list beside the atlas: an .xlsx that prints well and can be imported again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ..errors import WanggeError
from ..rules.batch import Batch
from ..standards.domains import RISK_COLOURS, domain
from ..standards.layers import layer
from ..standards.spec import FieldType
from ..translation import translate
from .atlas_data import Atlas
from .atlas_text import CHANGE_WORDS
from .history import real_column
from .schemes import LEVELS
from .scoring import level_rank

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_CELL = 32_767
_WIDTHS = {
    "risk_code": 14,
    "risk_name": 24,
    "description": 36,
    "address": 28,
    "responsible_unit": 20,
    "phone": 15,
    "measures": 40,
    "monitoring": 24,
    "grid_code": 18,
    "community_code": 15,
    "component_code": 20,
    "uuid": 38,
}
_COUNT_HEADS = {**{level: domain("risk_level")[level].zh for level in LEVELS}, "unrated": "未评级"}


def write_risk_workbook(path: str | Path, risks: Batch, atlas: Atlas | None = None) -> None:
    """Write the risk list, with overview and changes where an atlas is given.

    Sheets are 风险清单, 分区统计 and 变化情况, with Chinese headings; the list comes first
    and `intake.importer.import_risk_list` reads it back.

    Parameters
    ----------
    path : str or Path
    risks : Batch
        Rows of the risk layer; with geometry, a point of each is written as 横坐标 and 纵坐标.
    atlas : Atlas, optional

    Raises
    ------
    WanggeError
        When openpyxl is missing or the file cannot be written.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise WanggeError(
            translate(
                "Wangge",
                "Writing .xlsx needs the Python package openpyxl, which this QGIS does not have.",
            )
        ) from error
    book = Workbook()
    sheet = book.active
    sheet.title = "风险清单"
    _list(sheet, risks)
    if atlas is not None:
        _overview(book.create_sheet("分区统计"), atlas)
        if atlas.has_previous:
            _changes(book.create_sheet("变化情况"), atlas)
        if atlas.provenance.title:
            book.properties.title = atlas.provenance.title
    try:
        book.save(path)
    except OSError as error:
        raise WanggeError(
            translate(
                "Wangge", "The file {path} cannot be written. Close it in other programs."
            ).format(path=path),
            detail=str(error),
        ) from error


def _list(sheet: Any, risks: Batch) -> None:
    specs = [f for f in layer("risk").fields if f.name in risks.fields]
    heads = [f.alias_zh for f in specs]
    columns = [_column(risks, f.name, f.type, f.domain) for f in specs]
    if risks.geometry is not None:
        points = shapely.point_on_surface(risks.geometry)
        heads += ["横坐标", "纵坐标"]
        columns += [_numbers(shapely.get_x(points)), _numbers(shapely.get_y(points))]
    _heading(sheet, heads, [_WIDTHS.get(f.name, 12) for f in specs] + [14, 14])
    level = risks.text("level")
    score = real_column(risks, "score")
    code = risks.text("risk_code").astype(str)
    order = np.lexsort((code, -np.nan_to_num(score, nan=-1.0), -level_rank(level)))
    at_level = next((i for i, f in enumerate(specs, 1) if f.name == "level"), 0)
    for line, row in enumerate(order, 2):
        for column, values in enumerate(columns, 1):
            _write(sheet.cell(line, column), values[row])
        if at_level and level[row] in RISK_COLOURS:
            _colour(sheet.cell(line, at_level), level[row])
    _finish(sheet, len(heads), len(risks) + 1)


def _column(risks: Batch, name: str, kind: FieldType, values: str) -> list[Any]:
    if kind is FieldType.REAL:
        return _numbers(real_column(risks, name))
    if kind is FieldType.DATE and risks.fields[name].dtype.kind == "M":
        return [
            None if np.isnat(v) else v.astype("datetime64[D]").item() for v in risks.fields[name]
        ]
    texts = [str(t) for t in risks.text(name)]
    if values:
        labels = {v.value: v.zh for v in domain(values).values}
        texts = [labels.get(t, t) for t in texts]
    return [t or None for t in texts]


def _numbers(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in values]


def _overview(sheet: Any, atlas: Atlas) -> None:
    facts = atlas.provenance
    _heading(sheet, ["代码", "范围", *_COUNT_HEADS.values(), "最高级别"], [16, 24, *[14] * 5, 16])
    line = 2
    for page in atlas.pages:
        for column, value in enumerate([page.key, page.name, *page.counts.values()], 1):
            _write(sheet.cell(line, column), value)
        if page.worst_level:
            _write(sheet.cell(line, 8), domain("risk_level")[page.worst_level].zh)
            _colour(sheet.cell(line, 8), page.worst_level)
        line += 1
    _write(sheet.cell(line, 1), "合计")
    _write(sheet.cell(line, 2), "每处风险计一次")
    for column, name in enumerate(_COUNT_HEADS, 3):
        _write(sheet.cell(line, column), atlas.counts[name])
    _finish(sheet, 8, line)
    notes = [
        ("标题", facts.title),
        ("期次", facts.edition),
        ("日期", facts.day.isoformat() if facts.day else ""),
        ("上一期", facts.previous_edition),
        ("资料来源", facts.source),
        ("评估方案", "、".join(atlas.schemes)),
        ("范围之外", str(len(atlas.elsewhere))),
    ]
    for below, (name, value) in enumerate((n for n in notes if n[1]), line + 2):
        _write(sheet.cell(below, 1), name)
        _write(sheet.cell(below, 2), value)


def _changes(sheet: Any, atlas: Atlas) -> None:
    _heading(sheet, ["变化", "编号", "风险", "原级别", "现级别"], [12, 16, 30, 18, 18])
    for line, change in enumerate(atlas.changes, 2):
        for column, value in enumerate(
            [CHANGE_WORDS[change.change], change.risk_code, change.risk_name], 1
        ):
            _write(sheet.cell(line, column), value)
        for column, level in ((4, change.old_level), (5, change.new_level)):
            if level in RISK_COLOURS:
                _write(sheet.cell(line, column), domain("risk_level")[level].zh)
                _colour(sheet.cell(line, column), level)
    _finish(sheet, 5, len(atlas.changes) + 1)


def _heading(sheet: Any, heads: list[str], widths: list[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (head, width) in enumerate(zip(heads, widths, strict=False), 1):
        cell = sheet.cell(1, column)
        _write(cell, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFD9E2EC")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 30


def _write(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        cell.value = _FORBIDDEN.sub("", value)[:_LONGEST_CELL]
        # What a department typed is never a formula.
        cell.data_type = "s"
        cell.number_format = "@"
    elif value is not None:
        cell.value = value
        if not isinstance(value, int | float):
            cell.number_format = "yyyy-mm-dd"


def _colour(cell: Any, level: str) -> None:
    from openpyxl.styles import Font, PatternFill

    red, green, blue = RISK_COLOURS[level]
    cell.fill = PatternFill("solid", fgColor=f"FF{red:02X}{green:02X}{blue:02X}")
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 128
    cell.font = Font(bold=True, color="FFFFFFFF" if dark else "FF000000")


def _finish(sheet: Any, columns: int, rows: int) -> None:
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="FF999999")
    border = Border(left=line, right=line, top=line, bottom=line)
    alignment = Alignment(vertical="top", wrap_text=True)
    for row in sheet.iter_rows(min_row=1, max_row=rows, max_col=columns):
        for cell in row:
            cell.border = border
            if cell.row > 1:
                cell.alignment = alignment
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
