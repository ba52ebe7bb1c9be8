"""Draw the border between two cells anew: both keep their codes, neighbours follow."""

from __future__ import annotations

import numpy as np
import shapely

from ...errors import WanggeError
from ...grid.border_editing import replace_border, shared_border
from ...grid.editing import Edit
from ...layers.cell_edits import NearCells, read_near
from ...translation import translate
from .figures import short
from .split_tool import SplitTool, box_of

_SAMPLES = 9


class RedrawTool(SplitTool):
    """Click along the new border; right click, double click or Enter puts it in place.

    The cell that has most of the line is one of the two; the other is the neighbour whose
    common border with it lies nearest to the line.
    """

    def invitation(self) -> str:
        return translate("Wangge", "Click where the new border begins, outside both cells")

    def _preview(self, points) -> None:
        further = translate("Wangge", "Click on along the new border")
        if len(points) < 2 or points[0] == points[-1]:
            self.tell(further)
            return
        line = shapely.LineString([(p.x(), p.y()) for p in points])
        self.draw([line], as_line=True)
        try:
            near, edit, pair = self._planned(line)
        except WanggeError:
            self.tell(further)
            return
        rows = [(short(near.codes[i]), edit.changed[i]) for i in pair]
        self.tell(
            self.table(near, rows)
            + "\n"
            + translate("Wangge", "Right click or Enter moves the border")
        )

    def _split(self, line: shapely.LineString) -> None:
        near, edit, _ = self._planned(line)
        self.write(near, edit, translate("Wangge", "Move border"))

    def _planned(self, line: shapely.LineString) -> tuple[NearCells, Edit, tuple[int, int]]:
        near = read_near(self.layer(), box_of(line))
        inside = shapely.length(shapely.intersection(near.cells, line))
        if not len(near.cells) or inside.max() <= 0:
            raise WanggeError(self.invitation())
        identity = int(near.ids[int(np.argmax(inside))])
        near = self.neighbourhood([near.cells[near.index_of(identity)]])
        first = near.index_of(identity)
        second = _neighbour(near, first, line)
        # With the second one's own neighbours: they get the ends of the border as vertices.
        other = int(near.ids[second])
        near = self.neighbourhood([near.cells[first], near.cells[second]])
        pair = (near.index_of(identity), near.index_of(other))
        return near, replace_border(near.cells, near.communities, *pair, line), pair


def _neighbour(near: NearCells, first: int, line: shapely.LineString) -> int:
    places = shapely.line_interpolate_point(line, np.linspace(0.0, 1.0, _SAMPLES), normalized=True)
    best, nearest = first, np.inf
    for other in range(len(near.cells)):
        if other == first or near.communities[other] != near.communities[first]:
            continue
        border = shared_border(near.cells, first, other)
        if border.is_empty:
            continue
        away = float(shapely.distance(places, border).mean())
        if away < nearest:
            best, nearest = other, away
    if best == first:
        raise WanggeError(
            translate(
                "Wangge",
                "The two cells share no border within one community. Pick two neighbours of one"
                " community.",
            )
        )
    return best
