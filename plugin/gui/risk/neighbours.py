"""What else lies near a risk, for the screen: in words and as a circle on the map."""

from __future__ import annotations

import numpy as np
import shapely

from ...risk.schemes import LEVELS
from ...rules.batch import Batch
from ...translation import translate
from .level_chip import word_of

_NAMED = 3
#: Metres around a risk within which others are its neighbours.
REACH = 200.0


def neighbours_text(risks: Batch, row: int, *, metres_per_unit: float = 1.0) -> str:
    """Return how many open risks of which level lie within `REACH`, and the nearest by name."""
    shapes = np.asarray(risks.geometry)
    own = shapes[row]
    if own is None or own.is_empty:
        return translate("Wangge", "This risk has no place on the map.")
    away = shapely.distance(shapes, own) * metres_per_unit
    near = (away <= REACH) & (risks.text("status") != "closed")
    near[row] = False
    rows = np.flatnonzero(near)
    if not len(rows):
        return translate("Wangge", "No other open risk within {metres} m.").format(
            metres=f"{REACH:g}"
        )
    levels = risks.text("level")[rows]
    counts = ", ".join(
        f"{word_of(level)} {count}" for level in LEVELS if (count := int((levels == level).sum()))
    )
    names = risks.text("risk_name")
    nearest = rows[np.argsort(away[rows], kind="stable")][:_NAMED]
    listed = "; ".join(f"{names[r]} ({away[r]:.0f} m)" for r in nearest)
    return translate("Wangge", "Within {metres} m: {counts}. Nearest: {names}.").format(
        metres=f"{REACH:g}", counts=counts or len(rows), names=listed
    )
