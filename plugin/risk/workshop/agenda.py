"""The agenda of a workshop from rows of the risk layer."""

from __future__ import annotations

import numpy as np

from ...rules.batch import Batch
from ...standards.domains import domain
from ..scoring import level_rank
from .session import Item


def make_agenda(risks: Batch, rows: np.ndarray | None = None) -> tuple[Item, ...]:
    """Return the items to talk about, the worst first and those without level last.

    Parameters
    ----------
    risks : Batch
    rows : ndarray of int or bool, optional
        Rows selected; all open risks when not given. Rows without code are left out: a
        settlement could not find its way back.
    """
    chosen = risks.take(risks.text("status") != "closed" if rows is None else rows)
    codes, levels = chosen.text("risk_code"), chosen.text("level")
    categories = {v.value: v.label for v in domain("risk_category").values}
    order = np.lexsort((codes.astype(str), -level_rank(levels)))
    return tuple(
        Item(
            code=str(codes[i]),
            name=str(chosen.text("risk_name")[i] or codes[i]),
            category=categories.get(category := str(chosen.text("category")[i]), category),
            address=str(chosen.text("address")[i]),
            description=str(chosen.text("description")[i]),
            level=str(levels[i]),
        )
        for i in order
        if codes[i]
    )
