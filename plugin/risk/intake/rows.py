"""Tell a sheet's data rows from its headings, notes and totals, and read them cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...standards.domains import domain
from .headings import JOINED_FIELDS, PLACE_FIELDS, Heading
from .issues import Issue, Kind
from .sheets import Sheet, cell_name
from .values import as_text, folded, is_blank

_TOTAL = re.compile(r"(合\s*计|总\s*计|小\s*计|共\s*计|共\s*\d+\s*[处项个条]|total).*", re.I)
_NOTE = re.compile(
    r"(注|备注|说明|填表人|填报人|填报单位|审核|制表|联系人|单位负责人|填表日期)\s*[:：].*", re.S
)
_SECTION_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）]?[、.．\s]*")


@dataclass
class SheetCount:
    """Where the rows of one sheet went; they add up to ``rows``.

    ``is_list`` is False for a sheet without a heading of a risk list (all its rows are
    ``not_list``).
    """

    sheet: str
    rows: int = 0
    is_list: bool = True
    not_list: int = 0
    above_heading: int = 0
    heading: int = 0
    blank: int = 0
    repeated_heading: int = 0
    section: int = 0
    total: int = 0
    note: int = 0
    continued: int = 0
    imported: int = 0
    rejected: int = 0

    @property
    def accounted(self) -> int:
        """Sum of where the rows went; equal to ``rows``."""
        return (
            self.not_list
            + self.above_heading
            + self.heading
            + self.blank
            + self.repeated_heading
            + self.section
            + self.total
            + self.note
            + self.continued
            + self.imported
            + self.rejected
        )


@dataclass
class Row:
    """One data row: its cells, what was read from them and what there is to say.

    ``more`` are the rows below in which the same risk goes on, name and assessment being
    merged over all of them.
    """

    sheet: Sheet
    heading: Heading
    index: int
    section: str = ""
    more: list[int] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def raw(self, name: str) -> object:
        """Return the first non-blank cell of a field, None when there is none."""
        for column in self.heading.columns.get(name, ()):
            value = self.sheet.value(self.index, column)
            if not is_blank(value):
                return value
        return None

    def text(self, name: str) -> str:
        """Return a text field; several columns are joined, each with its heading."""
        columns = self.heading.columns.get(name, ())
        parts = []
        for column in columns:
            text = self._lines(column)
            if not text:
                continue
            head = self.heading.texts[column]
            joined = name in JOINED_FIELDS and len(columns) > 1 and head
            parts.append(f"{head}：{text}" if joined else text)
        return "\n".join(parts)

    def _lines(self, column: int) -> str:
        """Return a column's texts of all the row's lines, each once."""
        values = (self.sheet.value(index, column) for index in (self.index, *self.more))
        return "\n".join(dict.fromkeys(as_text(v) for v in values if not is_blank(v)))

    def is_filled_in(self, name: str) -> bool:
        """Return True when the field's value comes from a merged range above."""
        columns = self.heading.columns.get(name, ())
        return any((self.index, column) in self.sheet.merged for column in columns)

    def cell(self, name: str) -> str:
        """Return the name of a field's cell; of the row's first cell without such a column."""
        columns = self.heading.columns.get(name) or (0,)
        return cell_name(self.index, columns[0])

    def say(
        self, kind: Kind, name: str, reason: str, *, rejects: bool = False, candidates: tuple = ()
    ) -> None:
        """Note an issue about the cell of a field."""
        self.issues.append(
            Issue(
                kind=kind,
                sheet=self.sheet.name,
                cell=self.cell(name),
                row=self.index + 1,
                field=name,
                value=self.text(name),
                reason=reason,
                rejects=rejects,
                candidates=candidates,
            )
        )

    @property
    def is_rejected(self) -> bool:
        return any(issue.rejects for issue in self.issues)

    @property
    def original(self) -> dict[str, str]:
        """Heading (or column letters) -> text of every cell that is not empty."""
        cells: dict[str, str] = {}
        texts = self.heading.texts
        width = max(len(self.sheet.rows[index]) for index in (self.index, *self.more))
        for column in range(width):
            value = self._lines(column) or as_text(self.sheet.value(self.index, column))
            if value:
                head = texts[column] if column < len(texts) and texts[column] else ""
                letters = cell_name(0, column)[:-1]
                key = head if head and head not in cells else f"{head} {letters}".strip()
                cells[key] = value
        return cells


def data_rows(sheet: Sheet, heading: Heading, count: SheetCount) -> list[Row]:
    """Return the data rows below a heading and count the others."""
    count.above_heading = heading.row
    count.heading = heading.height
    section = ""
    rows: list[Row] = []
    for index in range(heading.first_data_row, len(sheet.rows)):
        cells = sheet.rows[index]
        texts = [as_text(c) for c in cells]
        filled = [t for t in texts if t]
        if not filled:
            count.blank += 1
        elif _TOTAL.fullmatch(filled[0].split("\n")[0]) and not _names_risk(sheet, heading, index):
            count.total += 1
        elif len(set(filled)) == 1 and _NOTE.fullmatch(filled[0]):
            count.note += 1
        elif _repeats(heading, texts):
            count.repeated_heading += 1
        elif _is_section(sheet, heading, index, filled):
            count.section += 1
            section = _SECTION_NUMBER.sub("", filled[0])
        elif (
            rows
            and index == max(rows[-1].index, *rows[-1].more, 0) + 1
            and _goes_on(sheet, heading, index)
        ):
            count.continued += 1
            rows[-1].more.append(index)
        else:
            rows.append(Row(sheet, heading, index, section))
    return rows


def _goes_on(sheet: Sheet, heading: Heading, index: int) -> bool:
    """Return True when the row above and this one are one risk, with several measures say.

    Its name must be merged over both, and so must be its code or, without one, its place;
    with an assessment of its own it is another risk.
    """

    def merged(name: str) -> bool:
        columns = heading.columns.get(name, ())
        return bool(columns) and all(
            (index, c) in sheet.merged and sheet.value(index, c) == sheet.value(index - 1, c)
            for c in columns
        )

    def silent(name: str) -> bool:
        cells = (sheet.value(index, c) for c in heading.columns.get(name, ()))
        return merged(name) or all(is_blank(v) for v in cells)

    own = ("risk_code",) if "risk_code" in heading.columns else ("address", *PLACE_FIELDS)
    assessed = ("likelihood", "exposure", "consequence", "score", "level")
    if "risk_code" in heading.columns and not merged("risk_code"):
        return False
    return merged("risk_name") and all(silent(name) for name in (*own, *assessed))


def _names_risk(sheet: Sheet, heading: Heading, index: int) -> bool:
    """Return True when name and level or address are both given, whatever the first cell says."""
    columns = heading.columns
    own = [c for f in ("risk_name", "address", "level") for c in columns.get(f, ())]
    values = {as_text(sheet.value(index, c)) for c in own if not is_blank(sheet.value(index, c))}
    return len(values) > 1 and not any(_TOTAL.fullmatch(v) for v in values)


def _repeats(heading: Heading, texts: list[str]) -> bool:
    mapped = [c for columns in heading.columns.values() for c in columns]
    same = sum(
        1
        for c in mapped
        if c < len(texts)
        and texts[c]
        and folded(texts[c]) in {folded(part) for part in heading.texts[c].split("/")}
    )
    return same >= min(3, len(mapped))


def _is_section(sheet: Sheet, heading: Heading, index: int, filled: list[str]) -> bool:
    """Return True for a row that only names a group: merged across, or a category alone."""
    if len(set(filled)) > 1:
        return False
    across = [c for c in range(len(sheet.rows[index])) if (index, c) in sheet.merged]
    plain = _SECTION_NUMBER.sub("", filled[0])
    numbered = plain != filled[0]
    known = domain("risk_category").recognise(plain) is not None
    return (len(filled) > 1 and bool(across)) or (len(filled) == 1 and numbered and known)
