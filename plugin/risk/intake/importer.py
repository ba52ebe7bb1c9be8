"""Import the risk lists that departments send; nothing is dropped, counts add up."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.layers import layer
from ...standards.spec import FieldType
from ...translation import translate
from ..schemes import Scheme, load_scheme
from .fields import read_assessments, read_fields
from .headings import Heading, find_heading, heading_at, with_codes
from .issues import Issue, Kind
from .placing import Places, place_rows
from .profile import ColumnProfile, SheetChoice
from .rows import Row, SheetCount, data_rows
from .sheets import Sheet, read_sheets


@dataclass(frozen=True)
class RiskImport:
    """What came of a risk list.

    Attributes
    ----------
    risks : Batch
        The rows taken, with the fields of the risk layer.
    places : tuple of (str, int)
        Sheet and row number of each risk.
    rejected : Batch
        The rows not taken: ``sheet``, ``row``, ``cells``, ``fields``, ``reason`` and
        ``original`` (JSON of heading -> text), without geometry.
    issues : tuple of Issue
        Everything there is to say, by sheet and row.
    counts : tuple of SheetCount
        Where the rows of each sheet went.
    profile : ColumnProfile
        How the columns were read; save it and give it with the next delivery.
    unused : mapping of str to tuple of str
        Sheet -> headings of columns that hold no field of the layer.
    """

    risks: Batch
    places: tuple[tuple[str, int], ...]
    rejected: Batch
    issues: tuple[Issue, ...]
    counts: tuple[SheetCount, ...]
    profile: ColumnProfile
    unused: Mapping[str, tuple[str, ...]]

    @property
    def questions(self) -> tuple[Issue, ...]:
        """Issues that a person can settle by an answer or by looking; the row was taken or waits."""
        kinds = (Kind.ADDRESS_TWICE, Kind.ADDRESS_ALIKE)
        return tuple(i for i in self.issues if not i.rejects or i.kind in kinds)


def import_risk_list(
    path: str | Path,
    *,
    places: Places,
    profile: ColumnProfile | None = None,
    scheme: Scheme | None = None,
    answers: Mapping[str, str] | None = None,
    accept_likeness: float | None = None,
    existing_codes: Collection[str] = (),
    progress: Progress = SILENT,
) -> RiskImport:
    """Read a spreadsheet of risks.

    Parameters
    ----------
    path : str or Path
        xlsx, ods or csv (xls where xlrd is installed).
    places : Places
        What rows are placed by.
    profile : ColumnProfile, optional
        Columns as decided before; others are recognised by their headings.
    scheme : Scheme, optional
        Of the factors; by default the profile's, else LEC where a sheet has a column for
        exposure and the first matrix where it has not.
    answers : mapping of str to str, optional
        Cell (``"桥梁!F12"``) -> code or name of the address meant.
    accept_likeness : float, optional
        See `placing.place_rows`.
    existing_codes : collection of str
        Codes in use: a code made for a row without one avoids them.

    Returns
    -------
    RiskImport

    Raises
    ------
    WanggeError
        When the file cannot be read or no sheet has the heading of a risk list.
    """
    return import_sheets(
        read_sheets(path),
        places=places,
        profile=profile,
        scheme=scheme,
        answers=answers,
        accept_likeness=accept_likeness,
        existing_codes=existing_codes,
        progress=progress,
    )


def import_sheets(
    sheets: Sequence[Sheet],
    *,
    places: Places,
    profile: ColumnProfile | None = None,
    scheme: Scheme | None = None,
    answers: Mapping[str, str] | None = None,
    accept_likeness: float | None = None,
    existing_codes: Collection[str] = (),
    progress: Progress = SILENT,
) -> RiskImport:
    """Take risks from sheets that were read before; see `import_risk_list`."""
    profile = profile or ColumnProfile()
    headings: dict[str, Heading] = {}
    counts: list[SheetCount] = []
    rows: list[Row] = []
    for sheet in sheets:
        stop_if_cancelled(progress)
        count = SheetCount(sheet.name, rows=len(sheet.rows))
        counts.append(count)
        heading = _heading(sheet, profile)
        if heading is None:
            count.is_list, count.not_list = False, len(sheet.rows)
            continue
        headings[sheet.name] = heading
        rows.extend(data_rows(sheet, heading, count))
    if not headings:
        raise WanggeError(
            translate(
                "Wangge",
                "No sheet ({sheets}) has a heading of a risk list. It needs a row with headings "
                "such as 风险点, 地址, 风险等级; name the columns in the field map.",
            ).format(sheets=", ".join(sheet.name for sheet in sheets))
        )
    if scheme is None and profile.scheme:
        scheme = load_scheme(profile.scheme)
    for row in rows:
        read_fields(row)
    for sheet_name, heading in headings.items():
        own = [row for row in rows if row.sheet.name == sheet_name]
        read_assessments(own, scheme or _scheme_of(heading))
    progress.report(0.3)
    shapes = place_rows(
        rows,
        places,
        answers=answers or {},
        accept_likeness=accept_likeness,
        progress=progress,
    )
    _refuse_duplicates(rows)
    _make_codes(rows, existing_codes)
    taken = np.array([not row.is_rejected for row in rows], dtype=bool)
    for row, good in zip(rows, taken, strict=True):
        count = next(c for c in counts if c.sheet == row.sheet.name)
        count.imported += int(good)
        count.rejected += int(not good)
    progress.report(1.0)
    kept = [row for row, good in zip(rows, taken, strict=True) if good]
    return RiskImport(
        risks=_risks(kept, shapes[taken], places.crs),
        places=tuple((row.sheet.name, row.index + 1) for row in kept),
        rejected=_rejected([row for row, good in zip(rows, taken, strict=True) if not good]),
        issues=tuple(issue for row in rows for issue in row.issues),
        counts=tuple(counts),
        profile=ColumnProfile.of(headings, scheme=scheme.reference if scheme else ""),
        unused={name: heading.unused for name, heading in headings.items()},
    )


def _heading(sheet: Sheet, profile: ColumnProfile) -> Heading | None:
    choice = profile.sheets.get(sheet.name, SheetChoice())
    if choice.skip:
        return None
    found = find_heading(sheet, chosen=profile.columns)
    if found is not None and "编号" not in profile.columns:
        found = with_codes(sheet, found)
    if choice.heading_row is None or choice.heading_row > len(sheet.rows):
        return found
    chosen = heading_at(
        sheet,
        choice.heading_row - 1,
        min(choice.heading_height, len(sheet.rows) - choice.heading_row + 1),
        chosen=profile.columns,
    )
    # The next delivery may have another title row: the profile gives way to what fits better.
    better = found is not None and len(found.columns) > len(chosen.columns)
    return found if better or not chosen.columns else chosen


def _scheme_of(heading: Heading) -> Scheme:
    has_factors = "likelihood" in heading.columns or "consequence" in heading.columns
    return load_scheme(
        "matrix_5x5_a" if has_factors and "exposure" not in heading.columns else "lec"
    )


def _refuse_duplicates(rows: list[Row]) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        code = row.values["risk_code"]
        if not isinstance(code, str):
            continue
        other = first.setdefault(code, row)
        if other is row:
            continue
        where = f"{other.sheet.name}!{other.cell('risk_code')}"
        if row.original == other.original:
            reason = translate("Wangge", "the whole row repeats {where}. Leave one out.")
        elif row.is_filled_in("risk_code"):
            reason = translate(
                "Wangge",
                "the code {code} is merged over several rows from {where} on. Give each risk "
                "its own, or put one risk in one row.",
            )
        else:
            reason = translate(
                "Wangge", "the code {code} is in {where} already. Give each risk its own."
            )
        text = reason.format(code=code, where=where)
        row.say(Kind.DUPLICATE, "risk_code", text, rejects=True)


def _make_codes(rows: list[Row], existing: Collection[str]) -> None:
    used = {row.values["risk_code"] for row in rows} | set(existing)
    number = 0
    for row in rows:
        row.values["uuid"] = row.values["uuid"] or str(uuid.uuid4())
        if row.values["risk_code"] is None:
            number += 1
            while f"FX{number:06d}" in used:
                number += 1
            row.values["risk_code"] = f"FX{number:06d}"


def _risks(rows: list[Row], shapes: np.ndarray, crs: str) -> Batch:
    fields: dict[str, np.ndarray] = {}
    for spec in layer("risk").fields:
        values = [row.values.get(spec.name) for row in rows]
        if spec.type is FieldType.REAL:
            column = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
        elif spec.type is FieldType.DATE:
            column = np.array(values, dtype="datetime64[D]")
        else:
            column = np.array([*values, None], dtype=object)[:-1]
        fields[spec.name] = column
    return Batch(fields, shapes, np.arange(1, len(rows) + 1, dtype=np.int64), crs)


def _rejected(rows: list[Row]) -> Batch:
    def column(values: list) -> np.ndarray:
        return np.array([*values, None], dtype=object)[:-1]

    stops = [[i for i in row.issues if i.rejects] for row in rows]
    fields = {
        "sheet": column([row.sheet.name for row in rows]),
        "row": np.array([row.index + 1 for row in rows], dtype=np.int64),
        "risk_name": column([row.values["risk_name"] for row in rows]),
        "cells": column([", ".join(i.cell for i in issues) for issues in stops]),
        "fields": column([", ".join(i.field for i in issues) for issues in stops]),
        "reason": column(["\n".join(i.message for i in issues) for issues in stops]),
        "original": column([json.dumps(row.original, ensure_ascii=False) for row in rows]),
    }
    return Batch(fields, None, np.arange(1, len(rows) + 1, dtype=np.int64))
