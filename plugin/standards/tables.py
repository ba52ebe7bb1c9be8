"""Read the tables under ``resources/``: every list of the standards is data, not code."""

from __future__ import annotations

import csv
from pathlib import Path

from ..errors import WanggeError
from ..translation import translate

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of ``resources/standards/<name>.csv``, every value as text.

    Raises
    ------
    WanggeError
        When the file is missing or no UTF-8 text: the installation is damaged.
    """
    path = RESOURCES / "standards" / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WanggeError(
            translate(
                "Wangge", "The table {path} cannot be read. Install the plugin again."
            ).format(path=path),
            detail=str(error),
        ) from error
