"""What an import has to say about single cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

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
