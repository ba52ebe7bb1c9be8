"""Codes and lineage of an edit by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from .editing import Edit
from .lineage import Lineage, match_cells, trace_lineage
from .numbering import number_cells


@dataclass(frozen=True)
class CodedEdit:
    """What an edit means for codes.

    Attributes
    ----------
    created_codes : tuple of str
        For the created cells, in their order.
    lineage : Lineage
        Rows of the cells that changed; neighbours that only got a vertex have none.
    """

    created_codes: tuple[str, ...]
    lineage: Lineage


def code_edit(
    edit: Edit,
    cells: np.ndarray,
    codes: Sequence[str | None] | np.ndarray,
    community_code: str,
    date: np.datetime64,
    *,
    retired: Collection[str] = (),
    width: int = 3,
) -> CodedEdit:
    """Give the created cells of an edit their codes and write its lineage.

    Parameters
    ----------
    edit : Edit
    cells : ndarray of Polygon, shape (n,)
        As they were before the edit.
    codes : sequence of str or None, shape (n,)
        Their codes; all of the community's must be among them or in ``retired``.
    community_code : str
        12 digits, of the community in which cells are created.
    date : numpy.datetime64
    retired : collection of str
        Codes retired before this edit.
    width : int
        Digits of the sequence number.

    Raises
    ------
    WanggeError
        If the community has no number left.
    """
    cells = np.asarray(cells, dtype=object)
    created = np.array(edit.created, dtype=object)
    numbering = number_cells(
        created,
        np.zeros(len(created), np.int64),
        [community_code],
        retired={str(code) for code in codes if code} | set(retired),
        width=width,
    )
    going_on = sorted(edit.changed)
    old = np.array([*going_on, *edit.retired], dtype=np.int64)
    new = np.concatenate([np.array([edit.changed[i] for i in going_on], dtype=object), created])
    old_codes = [codes[i] for i in old]
    new_codes = [codes[i] for i in going_on] + list(numbering.codes)
    lineage = trace_lineage(match_cells(cells[old], new), old_codes, new_codes, date).told()
    return CodedEdit(tuple(str(code) for code in numbering.codes), lineage)
