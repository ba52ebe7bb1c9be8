"""Files with tables: spreadsheets, and JSON as interfaces give it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...plugin.errors import WanggeError
from ...plugin.risk.intake.sheets import read_sheets
from ...plugin.translation import translate

TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".json")


def file_rows(path: Path) -> Sequence[Sequence[object]]:
    """Return the cells of a spreadsheet's longest sheet, or of a list of objects in JSON."""
    if path.suffix.lower() == ".json":
        return _json_rows(path)
    sheets = [s for s in read_sheets(path) if s.rows]
    if not sheets:
        raise WanggeError(translate("Wangge", "The file {path} is empty.").format(path=path))
    # Systems export one sheet; a cover sheet is shorter.
    return max(sheets, key=lambda s: len(s.rows)).rows


def _json_rows(path: Path) -> Sequence[Sequence[object]]:
    """Return a list of objects, wherever it lies in the file, as a table with a heading."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise WanggeError(
            translate("Wangge", "The file {path} cannot be read as JSON.").format(path=path),
            detail=str(error),
        ) from error
    records = [_flat(r) for r in _records(content)]
    if not records:
        raise WanggeError(
            translate("Wangge", "The file {path} holds no list of objects.").format(path=path)
        )
    heading = list(dict.fromkeys(name for record in records for name in record))
    return [heading, *([record.get(name) for name in heading] for record in records)]


def _records(content: Any) -> list[dict]:
    # Interfaces wrap the list: {"code": 0, "data": {"total": 3, "rows": [...]}}.
    if isinstance(content, list):
        return [r for r in content if isinstance(r, dict)]
    if isinstance(content, dict):
        return max((_records(v) for v in content.values()), key=len, default=[])
    return []


def _flat(record: dict) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat.update(_flat(value))
        elif not isinstance(value, list):
            flat[name] = value
    return flat


def field_map(text: str) -> dict[str, str]:
    """Return headings and our field names out of JSON, or out of the JSON file it names."""
    if not text:
        return {}
    try:
        if not text.lstrip().startswith("{"):
            text = Path(text).read_text("utf-8-sig")
        values = json.loads(text)
    except (OSError, ValueError) as error:
        raise WanggeError(
            translate(
                "Wangge", "The field map cannot be read; it must be JSON of headings and fields."
            ),
            detail=str(error),
        ) from error
    if not isinstance(values, dict):
        raise WanggeError(
            translate(
                "Wangge", "The field map cannot be read; it must be JSON of headings and fields."
            )
        )
    return {str(k): str(v) for k, v in values.items()}
