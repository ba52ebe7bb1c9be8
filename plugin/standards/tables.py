"""Read the tables under ``resources/``: every list of the standards is data, not code."""

from __future__ import annotations

import csv
from pathlib import Path

from ..errors import WanggeError
from ..translation import translate

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def table_path(name: str) -> Path:
    """Return the path of ``resources/standards/<name>.csv``."""
    return RESOURCES / "standards" / f"{name}.csv"


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of the plugin's own table ``name``; see `read_csv`."""
    return read_csv(table_path(name))


def read_csv(path: str | Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file in UTF-8, every value as text ("" where a row is short).

    Raises
    ------
    WanggeError
        When the file is missing or no UTF-8 text.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as source:
            return list(csv.DictReader(source, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The table {path} cannot be read; it must be a CSV file in UTF-8. If it is one of "
                "the plugin's own, install the plugin again.",
            ).format(path=path),
            detail=str(error),
        ) from error
