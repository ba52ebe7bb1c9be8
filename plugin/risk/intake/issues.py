"""What an import has to say about single cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...rules.batch import Batch
from ...translation import translate
from .address_index import Candidate


class Kind(Enum):
    """What is the matter with a cell."""

    NO_NAME = "no_name"
    NO_LEVEL = "no_level"
    NO_PLACE = "no_place"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_VALUE = "unknown_value"
    NO_NUMBER = "no_number"
    OUTSIDE_SET = "outside_set"
    CONTRADICTION = "contradiction"
    BAD_DATE = "bad_date"
    BAD_PHONE = "bad_phone"
    BAD_CODE = "bad_code"
    BAD_COORDINATE = "bad_coordinate"
    TOO_LONG = "too_long"
    DUPLICATE = "duplicate"
    ADDRESS_TWICE = "address_twice"
    ADDRESS_ALIKE = "address_alike"
    ADDRESS_UNKNOWN = "address_unknown"
    UNKNOWN_REFERENCE = "unknown_reference"


@dataclass(frozen=True)
class Issue:
    """One thing to say about one cell.

    Attributes
    ----------
    kind : Kind
    sheet, cell : str
        E.g. ``"桥梁"`` and ``"F12"``; the row's first cell where no single one is to blame.
    row : int
        Row number as the spreadsheet shows it.
    field : str
    value : str
        As it stands in the cell.
    reason : str
        A whole sentence.
    rejects : bool
        True when the row cannot be taken until this is settled; False for a question about
        a row that was taken.
    candidates : tuple of Candidate
        Addresses that may be meant, the likeliest first.
    """

    kind: Kind
    sheet: str
    cell: str
    row: int
    field: str
    value: str
    reason: str
    rejects: bool
    candidates: tuple[Candidate, ...] = ()

    @property
    def place(self) -> str:
        """The cell as answers name it, e.g. ``"桥梁!F12"``."""
        return f"{self.sheet}!{self.cell}"

    @property
    def message(self) -> str:
        """The whole sentence with its place."""
        return translate("Wangge", "Sheet {sheet}, cell {cell}: {reason}").format(
            sheet=self.sheet, cell=self.cell, reason=self.reason
        )


def issues_table(issues: Iterable[Issue]) -> Batch:
    """Return issues as a table: one row a cell, with candidates as ``name [code] likeness``."""
    listed = list(issues)

    def column(values: list[str]) -> np.ndarray:
        return np.array([*values, None], dtype=object)[:-1]

    fields = {
        "place": column([i.place for i in listed]),
        "sheet": column([i.sheet for i in listed]),
        "cell": column([i.cell for i in listed]),
        "row": np.array([i.row for i in listed], dtype=np.int64),
        "field": column([i.field for i in listed]),
        "value": column([i.value for i in listed]),
        "kind": column([i.kind.value for i in listed]),
        "outcome": column(["rejected" if i.rejects else "imported" for i in listed]),
        "message": column([i.message for i in listed]),
        "candidates": column(
            [
                "\n".join(f"{c.name} [{c.code}] {c.likeness:.2f}" for c in i.candidates)
                for i in listed
            ]
        ),
    }
    return Batch(fields, None, np.arange(1, len(listed) + 1, dtype=np.int64))


def read_answers(text_or_path: str | Path) -> dict[str, str]:
    """Read answers from JSON text or a file: ``{"桥梁!F12": "code or name of the address"}``.

    Raises
    ------
    WanggeError
        When it is no JSON object of texts.
    """
    text = str(text_or_path)
    try:
        if isinstance(text_or_path, Path) or not text.lstrip().startswith("{"):
            text = Path(text_or_path).read_text(encoding="utf-8-sig")
        table = json.loads(text)
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise ValueError("no object of texts")
    except (OSError, ValueError) as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The answers are no JSON object of cells and addresses, such as {example}.",
            ).format(example='{"桥梁!F12": "A00012"}'),
            detail=str(error),
        ) from error
    return table
