"""Cells renumbered in an order: each ends under its old code and goes on under the next free one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QDate

from ..errors import WanggeError
from ..grid.numbering import continue_codes, width_of
from ..translation import translate
from .cell_edits import (
    COMMUNITY,
    END,
    KEY,
    START,
    add_cell,
    codes_of_community,
    end_cell,
    in_one_command,
    set_values,
)
from .features import is_null


def coming_codes(
    layer: QgsVectorLayer,
    communities: Sequence[str],
    *,
    known: dict[str, list[str]] | None = None,
) -> list[str]:
    """Return the codes that cells would get, given the community of each in their order.

    Numbers go on after the largest that the community ever used, retired ones too.

    Parameters
    ----------
    known : dict of str to list of str, optional
        Codes by community as read before; what is missing is read and added.

    Raises
    ------
    WanggeError
        If a cell has no community, or its community no number left.
    """
    count: dict[str, int] = defaultdict(int)
    for community in communities:
        count[community] += 1
    known = {} if known is None else known
    free = {}
    for community, cells in count.items():
        if community not in known:
            known[community] = codes_of_community(layer, community) if community else []
        used = known[community]
        free[community] = iter(continue_codes(community, used, cells, width=width_of(used)))
    return [next(free[community]) for community in communities]


def renumber_cells(
    layer: QgsVectorLayer, ids: Sequence[int], communities: Sequence[str], title: str
) -> list[int]:
    """Give cells the next free codes in an order, as one edit command; return the new ids.

    A cell that had a code ends under it and goes on as a new row, so that the old code stays
    in the layer as retired. A cell without a code, or in a layer without end dates, gets its
    code where it is.
    """
    codes = coming_codes(layer, communities)

    def work() -> list[int]:
        rows = zip(ids, communities, codes, strict=True)
        return [_renumber(layer, identity, home, code) for identity, home, code in rows]

    return in_one_command(layer, title, work)


def _renumber(layer: QgsVectorLayer, identity: int, community: str, code: str) -> int:
    cell = layer.getFeature(identity)
    if not cell.isValid():
        raise WanggeError(
            translate("Wangge", "A cell is no longer where it was. Choose the cells again.")
        )
    today = QDate.currentDate()
    fresh = {KEY: code, COMMUNITY: community}
    if is_null(cell[KEY]) or not str(cell[KEY]) or layer.fields().lookupField(END) < 0:
        set_values(layer, identity, fresh)
        return identity
    own = {layer.fields().at(i).name() for i in layer.primaryKeyAttributes()}
    values = {f.name(): cell[f.name()] for f in layer.fields() if f.name() not in own}
    end_cell(layer, identity)
    return add_cell(layer, cell.geometry(), {**values, **fresh, START: today, END: None})
