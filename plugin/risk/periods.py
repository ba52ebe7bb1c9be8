"""When a risk had which level, for maps that follow levels through time."""

from __future__ import annotations

import numpy as np

from ..rules.batch import Batch

_EVER = np.datetime64("NaT", "ms")


def level_periods(risks: Batch, history: Batch) -> Batch:
    """Return one row for each risk and period in which it kept a level.

    Parameters
    ----------
    risks : Batch
        With ``risk_code`` and today's ``level``.
    history : Batch
        As `history.assess` writes it; rows of risks that are gone are left out.

    Returns
    -------
    Batch
        ``risk_code``, ``risk_name``, ``level``, ``start`` and ``end`` (datetime64[ms] in UTC;
        NaT: since ever, until now) and the risk's geometry. Periods without level are left out.
    """
    codes = risks.text("risk_code")
    row_of = {code: row for row, code in enumerate(codes) if code}
    changes: dict[int, list[tuple[np.datetime64, str, str]]] = {}
    times = history.fields["changed_at"]
    old, new = history.text("old_level"), history.text("new_level")
    listed = history.text("risk_code")
    for i in np.argsort(times, kind="stable"):
        row = row_of.get(listed[i])
        if row is not None and old[i] != new[i]:
            changes.setdefault(row, []).append((times[i], str(old[i]), str(new[i])))
    levels = risks.text("level")
    rows: list[int] = []
    made: list[tuple[str, np.datetime64, np.datetime64]] = []
    for row in range(len(risks)):
        start = _EVER
        for moment, before, _ in changes.get(row, ()):
            rows.append(row)
            made.append((before, start, moment))
            start = moment
        rows.append(row)
        made.append((str(levels[row]), start, _EVER))
    kept = np.array([bool(level) for level, _, _ in made], dtype=bool)
    index = np.array(rows, dtype=np.int64)[kept]
    shown = [m for m, keep in zip(made, kept, strict=True) if keep]
    return Batch(
        {
            "risk_code": codes[index],
            "risk_name": risks.text("risk_name")[index],
            "level": np.array([*(m[0] for m in shown), None], dtype=object)[:-1],
            "start": np.array([m[1] for m in shown], dtype="datetime64[ms]"),
            "end": np.array([m[2] for m in shown], dtype="datetime64[ms]"),
        },
        None if risks.geometry is None else np.asarray(risks.geometry)[index],
        np.arange(1, len(index) + 1, dtype=np.int64),
        risks.crs,
    )
