"""How many cases were found, opened, handled and closed, by areas of any level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ...errors import WanggeError
from ...rules.batch import Batch
from ...standards.domains import DOMAINS
from ...translation import translate
from ..deliveries.placing import Cells
from .stages import STAGES, rates, stages

#: Levels a report can have, with the length of their codes; a grid's is 14 or 15.
LEVELS = {"grid": 15, "community": 12, "street": 9, "district": 6, "city": 4}

_RATES = ("opened_rate", "handled_rate", "closed_rate")


@dataclass(frozen=True)
class Areas:
    """Areas of one level or below it: unit grids or communities.

    Attributes
    ----------
    codes : ndarray of str, shape (k,)
    shapes : ndarray of shapely polygons, shape (k,)
    names : mapping of str to str
        Code of any level -> name.
    """

    codes: np.ndarray
    shapes: np.ndarray
    names: dict[str, str]


def area_code(code: str, level: str) -> str:
    """Return the code of the area of a level that holds a cell or community; "" for none."""
    length = LEVELS[level]
    if level == "grid":
        return code if len(code) in (14, 15) else ""
    if len(code) < max(length, 6) or not code[:length].isdigit():
        return ""
    return f"{code[:4]}00" if level == "city" else code[:length]


def case_rates(
    cases: Batch,
    level: str,
    *,
    areas: Areas | None = None,
    since: np.datetime64 | None = None,
    until: np.datetime64 | None = None,
) -> tuple[Batch, int]:
    """Count cases by area and rank the areas by the share closed.

    Parameters
    ----------
    cases : Batch
        With ``grid_code``; a case without one counts where its point lies in ``areas``.
    level : str
        Out of `LEVELS`.
    areas : Areas, optional
        Areas without cases are listed too, and all get a shape and a name.
    since, until : datetime64[D], optional
        First and last day of report.

    Returns
    -------
    rows : Batch
        ``area_code``, ``area_name``, ``area_level``, a count for each stage,
        ``opened_rate``, ``handled_rate``, ``closed_rate``, ``mean_hours`` from report to
        close, ``rank`` (1 is the best; areas of equal rates share it, none has a rank where
        nothing was opened).
    left_out : int
        Cases of the period that lie in no area.
    """
    if level not in LEVELS:
        raise WanggeError(
            translate("Wangge", "There is no level “{name}”. Choose among {names}.").format(
                name=level, names=", ".join(LEVELS)
            )
        )
    cases = cases.take(_within(cases, since, until))
    codes = _home_codes(cases, level, areas)
    known = sorted({area_code(c, level) for c in areas.codes.tolist()} - {""}) if areas else []
    found = sorted({*known, *codes.tolist()} - {""})
    place = {code: k for k, code in enumerate(found)}
    row = np.array([place.get(c, -1) for c in codes.tolist()], np.int64)
    inside = row >= 0
    reached = stages(cases)[inside]
    counts = np.zeros((len(found), len(STAGES)), np.int64)
    np.add.at(counts, row[inside], reached)
    shares = rates(counts)
    fields: dict[str, np.ndarray] = {
        "area_code": _texts(found),
        "area_name": _texts([(areas.names.get(c) if areas else None) or None for c in found]),
        "area_level": _texts([DOMAINS["level"][level].value] * len(found)),
        **{f"{stage}_count": counts[:, k] for k, stage in enumerate(STAGES)},
        **{name: shares[:, k] for k, name in enumerate(_RATES)},
        "mean_hours": _hours(cases.take(inside), row[inside], len(found)),
    }
    rank, ranked = _ranks(shares[:, 2])
    fields["rank"] = rank
    geometry = None if areas is None else _shapes(areas, level, found)
    ids = np.arange(1, len(found) + 1, dtype=np.int64)
    nulls = {} if ranked.all() else {"rank": ~ranked}
    return Batch(fields, geometry, ids, cases.crs, nulls), int((~inside).sum())


def _texts(values: list) -> np.ndarray:
    return np.array([*values, None], object)[:-1]


def _within(cases: Batch, since: np.datetime64 | None, until: np.datetime64 | None) -> np.ndarray:
    chosen = np.ones(len(cases), bool)
    if since is None and until is None:
        return chosen
    days = cases.fields["reported_at"].astype("M8[D]")
    if since is not None:
        chosen &= days >= since
    if until is not None:
        chosen &= days <= until
    return chosen


def _home_codes(cases: Batch, level: str, areas: Areas | None) -> np.ndarray:
    codes = _texts([area_code(c, level) for c in cases.text("grid_code").tolist()])
    if areas is None or cases.geometry is None:
        return codes
    lost = np.flatnonzero(np.equal(codes, "") & ~shapely.is_missing(cases.geometry))
    cell = Cells(areas.codes, areas.shapes).at(cases.geometry[lost])
    codes[lost] = [area_code(areas.codes[k], level) if k >= 0 else "" for k in cell.tolist()]
    return codes


def _hours(cases: Batch, row: np.ndarray, n: int) -> np.ndarray:
    if "closed_at" not in cases.fields or "reported_at" not in cases.fields:
        return np.full(n, np.nan)
    taken = cases.fields["closed_at"] - cases.fields["reported_at"]
    there = ~np.isnat(taken)
    hours = taken[there] / np.timedelta64(1, "h")
    total = np.bincount(row[there], weights=hours, minlength=n)
    count = np.bincount(row[there], minlength=n)
    with np.errstate(all="ignore"):
        return np.round(np.where(count > 0, total / count, np.nan), 2)


def _ranks(shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ranked = ~np.isnan(shares)
    best = np.sort(shares[ranked])[::-1]
    # 1, 2, 2, 4: as many areas are better.
    rank = len(best) - np.searchsorted(best[::-1], shares, side="right") + 1
    return np.where(ranked, rank, 0).astype(np.int64), ranked


def _shapes(areas: Areas, level: str, found: list[str]) -> np.ndarray:
    parts: dict[str, list] = {}
    for code, shape in zip(areas.codes.tolist(), areas.shapes, strict=True):
        if shape is not None:
            parts.setdefault(area_code(code, level), []).append(shape)
    made = np.full(len(found), None, object)
    for k, code in enumerate(found):
        if code in parts:
            one = parts[code]
            made[k] = one[0] if len(one) == 1 else shapely.union_all(shapely.make_valid(one))
    return made
