"""Which stages a case has been through: found, opened, handled, closed, or rejected."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...rules.batch import Batch
from ...standards.domains import DOMAINS, Domain

#: Columns of `stages`, in order.
STAGES = ("reported", "opened", "handled", "closed", "rejected")

# A case in this state has been through these stages.
_REACHED = {
    "reported": (),
    "opened": ("opened",),
    "dispatched": ("opened",),
    "handled": ("opened", "handled"),
    "closed": ("opened", "handled", "closed"),
    "rejected": ("rejected",),
}


def recognised(batch: Batch, field: str, domain: Domain) -> np.ndarray:
    """Return a column's values as the list stores them (``"结案"`` is ``"closed"``).

    Text that the list does not know stays as it is; null is "".
    """
    values = batch.text(field)
    known = {v: domain.recognise(v) or v for v in set(values.tolist())}
    column = np.empty(len(values), object)
    column[:] = [known[v] for v in values.tolist()]
    return column


def stages(batch: Batch, domains: Mapping[str, Domain] = DOMAINS) -> np.ndarray:
    """Return the stages each case has been through, shape (n, 5) of bool, see `STAGES`.

    A stage counts when its time is there or the state lies beyond it. What was rejected was
    found, and is never counted as opened.
    """
    state = recognised(batch, "state", domains["case_state"])
    made = np.zeros((len(batch), len(STAGES)), bool)
    made[:, 0] = True
    for column, stage in enumerate(STAGES[1:], 1):
        reached = [s for s, through in _REACHED.items() if stage in through]
        made[:, column] = np.isin(state.astype(str), reached)
        time = f"{stage}_at"
        if time in batch.fields:
            made[:, column] |= ~batch.is_null(time)
    made[made[:, 4], 1:4] = False
    # Whoever closed a case without noting the steps before has been through them.
    made[:, 2] |= made[:, 3]
    made[:, 1] |= made[:, 2]
    return made


def rates(counts: np.ndarray) -> np.ndarray:
    """Return the shares opened of found, handled of opened, closed of opened, shape (k, 3).

    Parameters
    ----------
    counts : ndarray of int, shape (k, 5)
        As `STAGES`.

    Returns
    -------
    ndarray of float64
        Rounded to four decimals; NaN where there is nothing to share.
    """
    found, opened = counts[:, 0].astype(float), counts[:, 1].astype(float)
    with np.errstate(all="ignore"):
        made = np.column_stack([opened / found, counts[:, 2] / opened, counts[:, 3] / opened])
    return np.round(np.where(np.isfinite(made), made, np.nan), 4)
