"""A uuid for rows whose delivery gives none: the same row gets the same one again.

A delivery that is imported a second time, whole or corrected, must not look like so many
new components. A component code that is whole, district and class and number, says which
component a row is, whatever else changed in it and whatever the file is called now. Of
rows without one only the whole content, in that file and layer, tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from ...standards.editions import EDITIONS
from ..columns import null_to_blank
from .raw import RawRows, SourceInfo

_NAMESPACE = bytes.fromhex("6f1d3c0a58e14d7b9c2f0a4b7e9d5c31")
_BETWEEN = "\x1f"
_LENGTHS = {e.component_code_length for e in EDITIONS}


@dataclass
class Identities:
    """The uuids of one file, given and made.

    Attributes
    ----------
    source : str
        File and layer, without the folder.
    seen : set of str
        All uuids that rows have so far.
    """

    source: str
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, info: SourceInfo) -> Identities:
        """Return the identities of a file that is opened."""
        return cls(f"{info.path.name}{_BETWEEN}{info.layer}")

    def repeated(self, given: Sequence[str]) -> np.ndarray:
        """Note the uuids that rows bring; return which are those of earlier rows."""
        found = np.zeros(len(given), bool)
        for i, value in enumerate(given):
            if value and value in self.seen:
                found[i] = True
            elif value:
                self.seen.add(value)
        return found

    def make(self, raw: RawRows, codes: np.ndarray, rows: np.ndarray) -> list[str]:
        """Return a uuid for each of some rows that bring none.

        Parameters
        ----------
        raw : RawRows
        codes : ndarray of object
            Component codes of all rows of ``raw``, cleaned.
        rows : ndarray of int
        """
        own = null_to_blank(codes[rows]).tolist()
        found = [""] * len(rows)
        for i, code in enumerate(own):
            if len(code) in _LENGTHS and code.isdecimal():
                found[i] = self._free(f"code{_BETWEEN}{code}")
        left = [i for i, value in enumerate(found) if not value]
        for i, content in zip(left, _contents(raw, rows[left]), strict=True):
            found[i] = self._next(_BETWEEN.join((self.source, own[i], content)))
        return found

    def _free(self, name: str) -> str:
        """Return the uuid of a name and note it; "" when another row has it."""
        value = _uuid(name)
        if value in self.seen:
            return ""
        self.seen.add(value)
        return value

    def _next(self, name: str) -> str:
        # Rows that are alike in everything are told apart by their order.
        number = 0
        while not (value := self._free(f"{name}{_BETWEEN}{number}")):
            number += 1
        return value


def _contents(raw: RawRows, rows: np.ndarray) -> list[str]:
    columns = [raw.columns[name][rows].tolist() for name in sorted(raw.columns)]
    if raw.geometry is not None:
        columns.append(shapely.to_wkb(raw.geometry[rows], hex=True).tolist())
    if not columns:
        return [""] * len(rows)
    return [
        _BETWEEN.join("" if v is None else str(v) for v in values)
        for values in zip(*columns, strict=True)
    ]


def _uuid(name: str) -> str:
    """Return the uuid of a name, version 5 of RFC 4122."""
    data = bytearray(
        hashlib.sha1(
            _NAMESPACE + name.encode("utf-8", "surrogatepass"), usedforsecurity=False
        ).digest()[:16]
    )
    data[6] = data[6] & 0x0F | 0x50
    data[8] = data[8] & 0x3F | 0x80
    text = data.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
