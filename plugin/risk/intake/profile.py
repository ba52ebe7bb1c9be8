"""Which column is what, as a person decided it, kept for the next delivery."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import WanggeError
from ...standards.layers import layer
from ...translation import translate
from .headings import PLACE_FIELDS, Heading

_FORMAT = "wangge-risk-import/1"


@dataclass(frozen=True)
class SheetChoice:
    """What a person decided about one sheet: its heading's first row and height, or to skip it."""

    heading_row: int | None = None
    heading_height: int = 1
    skip: bool = False


@dataclass(frozen=True)
class ColumnProfile:
    """How the columns of a delivery map to fields.

    Attributes
    ----------
    columns : mapping of str to (str or None)
        Heading -> field; None leaves the column out. Headings that are not named here are
        recognised as usual.
    sheets : mapping of str to SheetChoice
    scheme : str
        Id, reference or path of the scheme of the factors; empty to go by the columns.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    sheets: Mapping[str, SheetChoice] = field(default_factory=dict)
    scheme: str = ""

    def to_json(self) -> str:
        """Return the profile as JSON text."""
        sheets = {
            name: {"heading_row": s.heading_row, "heading_height": s.heading_height, "skip": s.skip}
            for name, s in self.sheets.items()
        }
        table = {
            "format": _FORMAT,
            "scheme": self.scheme,
            "columns": dict(self.columns),
            "sheets": sheets,
        }
        return json.dumps(table, ensure_ascii=False, indent=2)

    @classmethod
    def of(cls, headings: Mapping[str, Heading], *, scheme: str = "") -> ColumnProfile:
        """Return the profile that gives these headings (by sheet) again."""
        columns: dict[str, str | None] = {}
        for heading in headings.values():
            for name, places in heading.columns.items():
                columns.update({heading.texts[c]: name for c in places if heading.texts[c]})
            for text in heading.unused:
                columns.setdefault(text, None)
        sheets = {n: SheetChoice(h.row + 1, h.height) for n, h in headings.items()}
        return cls(columns, sheets, scheme)


def read_profile(text_or_path: str | Path) -> ColumnProfile:
    """Read a profile from JSON text or from a file.

    A plain object of headings and fields, ``{"风险点": "risk_name"}``, is taken as well.

    Raises
    ------
    WanggeError
        When it is no JSON or names a field that does not exist.
    """
    text = str(text_or_path)
    try:
        if isinstance(text_or_path, Path) or not text.lstrip().startswith("{"):
            text = Path(text_or_path).read_text(encoding="utf-8-sig")
        table = json.loads(text)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The field map is neither JSON text nor a JSON file in UTF-8: {reason}."
            ).format(reason=error)
        ) from error
    if not isinstance(table, dict):
        raise _wrong(translate("Wangge", "it must be an object of headings and fields"))
    if "format" not in table:
        return ColumnProfile(columns=_columns(table))
    if table["format"] != _FORMAT:
        raise _wrong(
            translate("Wangge", "its format is {format}, not {known}").format(
                format=table["format"], known=_FORMAT
            )
        )
    return ColumnProfile(
        columns=_columns(table.get("columns", {})),
        sheets=_sheets(table.get("sheets", {})),
        scheme=str(table.get("scheme", "")),
    )


def _wrong(reason: str) -> WanggeError:
    return WanggeError(
        translate("Wangge", "The field map cannot be used: {reason}.").format(reason=reason)
    )


def _columns(table: Any) -> dict[str, str | None]:
    if not isinstance(table, dict):
        raise _wrong(translate("Wangge", "columns must be an object of headings and fields"))
    allowed = (*layer("risk").names, *PLACE_FIELDS)
    for heading, name in table.items():
        if name is not None and name not in allowed:
            raise _wrong(
                translate(
                    "Wangge", "the column {heading} is mapped to {field}, which is none of {fields}"
                ).format(heading=heading, field=name, fields=", ".join(allowed))
            )
    return table


def _sheets(table: Any) -> dict[str, SheetChoice]:
    choices = {}
    for name, entry in table.items() if isinstance(table, dict) else ():
        row, height = entry.get("heading_row"), entry.get("heading_height", 1)
        if row is not None and (not isinstance(row, int) or row < 1):
            raise _wrong(
                translate("Wangge", "heading_row of {sheet} must be a row number from 1").format(
                    sheet=name
                )
            )
        if not isinstance(height, int) or not 1 <= height <= 10:
            raise _wrong(
                translate("Wangge", "heading_height of {sheet} must be 1 to 10").format(sheet=name)
            )
        choices[name] = SheetChoice(row, height, bool(entry.get("skip", False)))
    return choices
