"""What the pages of an atlas show, as values: counts, table rows, changes, provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import shapely

from ..errors import WanggeError
from ..progress import SILENT, Progress
from ..rules.batch import Batch
from ..translation import translate
from .aggregation import aggregate_risks
from .history import real_column
from .schemes import LEVELS
from .scoring import level_rank


class Change(Enum):
    """How a risk differs from the previous edition."""

    NEW = "new"
    RAISED = "raised"
    LOWERED = "lowered"
    CLOSED = "closed"
    REOPENED = "reopened"
    GONE = "gone"
    RATED = "rated"


@dataclass(frozen=True)
class ChangedRisk:
    """A risk that changed, with its level in both editions (empty where it had none)."""

    change: Change
    risk_code: str
    risk_name: str
    old_level: str
    new_level: str


@dataclass(frozen=True)
class TableRow:
    """One line of a page's table.

    ``number`` is also written beside the risk on the map; ``row`` is the row of the risk
    layer; ``values`` holds the text fields of the layer.
    """

    number: int
    row: int
    level: str
    score: float
    values: Mapping[str, str]


@dataclass(frozen=True)
class AtlasPage:
    """One area of the atlas.

    Attributes
    ----------
    key, name : str
    area : int
        Row of the areas.
    counts : mapping of str to int
        Level -> open risks, ``unrated`` besides.
    worst_level : str
        Empty without rated risks.
    rows : tuple of TableRow
        Worst first.
    changes : tuple of ChangedRisk
    extent : tuple of float
        (xmin, ymin, xmax, ymax) of the area and what of its risks reaches beyond.
    """

    key: str
    name: str
    area: int
    counts: Mapping[str, int]
    worst_level: str
    rows: tuple[TableRow, ...]
    changes: tuple[ChangedRisk, ...]
    extent: tuple[float, float, float, float]

    @property
    def is_empty(self) -> bool:
        """True for an area without open risks: its page says so."""
        return not self.rows


@dataclass(frozen=True)
class Provenance:
    """What a page says about where it comes from."""

    title: str = ""
    edition: str = ""
    day: date | None = None
    previous_edition: str = ""
    source: str = ""


@dataclass(frozen=True)
class Atlas:
    """All pages and the totals over them.

    Attributes
    ----------
    pages : tuple of AtlasPage
        In the order of their keys.
    counts : mapping of str to int
        Each open risk once.
    schemes : tuple of str
        References of the schemes that the risks were assessed by.
    elsewhere : tuple of TableRow
        Open risks in no area or without a place; they belong on a page of their own.
    changes : tuple of ChangedRisk
        All changes, those outside the areas included.
    has_previous : bool
    provenance : Provenance
    """

    pages: tuple[AtlasPage, ...]
    counts: Mapping[str, int]
    schemes: tuple[str, ...]
    elsewhere: tuple[TableRow, ...]
    changes: tuple[ChangedRisk, ...]
    has_previous: bool
    provenance: Provenance


def make_atlas(
    risks: Batch,
    areas: Batch,
    *,
    key_field: str,
    name_field: str = "",
    previous: Batch | None = None,
    provenance: Provenance | None = None,
    progress: Progress = SILENT,
) -> Atlas:
    """Gather what the pages of an atlas show.

    Parameters
    ----------
    risks, areas : Batch
        As `aggregation.aggregate_risks` takes them.
    key_field, name_field : str
        Fields of the areas that give order and title.
    previous : Batch, optional
        The risk layer of the previous edition, matched by ``risk_code``.
    provenance : Provenance, optional

    Returns
    -------
    Atlas

    Raises
    ------
    WanggeError
        When the areas lack the key field, or for what `aggregate_risks` refuses.
    """
    if key_field not in areas.fields:
        raise WanggeError(
            translate(
                "Wangge", "The areas have no field {field}. Choose the field of the key."
            ).format(field=key_field)
        )
    result = aggregate_risks(risks, areas, progress=progress)
    shapes, polygons = np.asarray(risks.geometry), np.asarray(areas.geometry)
    pairs = result.membership
    keys = areas.text(key_field)
    names = areas.text(name_field) if name_field else keys
    changes = changed_risks(risks, previous) if previous is not None else ()
    changes_of = _changes_by_area(changes, risks, areas, previous, progress)
    pages = []
    for area in np.argsort(keys.astype(str), kind="stable"):
        own = pairs.risk[pairs.area == area]
        pages.append(
            AtlasPage(
                key=str(keys[area]),
                name=str(names[area] or keys[area]),
                area=int(area),
                counts=_counts(risks, own),
                worst_level=str(result.areas.fields["worst_level"][area] or ""),
                rows=_table(risks, own),
                changes=changes_of.get(int(area), ()),
                extent=_extent(np.append(shapes[own], polygons[area])),
            )
        )
    nowhere = np.concatenate([result.outside, result.unplaced])
    is_open = np.setdiff1d(np.arange(len(risks)), result.closed)
    return Atlas(
        pages=tuple(pages),
        counts=_counts(risks, is_open),
        schemes=tuple(sorted({str(s) for s in risks.text("scheme")[is_open] if s})),
        elsewhere=_table(risks, nowhere),
        changes=changes,
        has_previous=previous is not None,
        provenance=provenance or Provenance(),
    )


def changed_risks(risks: Batch, previous: Batch) -> tuple[ChangedRisk, ...]:
    """Return what changed since the previous edition, by change and code; matched by code."""
    now, before = _states(risks), _states(previous)
    changes = []
    for code in sorted(now.keys() | before.keys()):
        name, level, is_closed = now.get(code, ("", "", False))
        old_name, old_level, was_closed = before.get(code, ("", "", False))
        change = None
        if code not in now:
            change = None if was_closed else Change.GONE
        elif code not in before:
            change = None if is_closed else Change.NEW
        elif is_closed != was_closed:
            change = Change.CLOSED if is_closed else Change.REOPENED
        elif level != old_level and not is_closed:
            new_rank, old_rank = level_rank(np.array([level, old_level], dtype=object))
            change = Change.RAISED if new_rank > old_rank else Change.LOWERED
            if not old_level:
                change = Change.RATED
        if change:
            changes.append(ChangedRisk(change, code, name or old_name, old_level, level))
    order = list(Change)
    return tuple(sorted(changes, key=lambda c: (order.index(c.change), c.risk_code)))


def _states(risks: Batch) -> dict[str, tuple[str, str, bool]]:
    columns = (risks.text(n) for n in ("risk_code", "risk_name", "level", "status"))
    return {
        str(code): (str(name), str(level), status == "closed")
        for code, name, level, status in zip(*columns, strict=True)
        if code
    }


def _changes_by_area(
    changes: tuple[ChangedRisk, ...],
    risks: Batch,
    areas: Batch,
    previous: Batch | None,
    progress: Progress,
) -> dict[int, tuple[ChangedRisk, ...]]:
    """Put each change on the pages of the areas where the risk lies, or lay."""
    if previous is None or not changes:
        return {}
    found: dict[int, list[ChangedRisk]] = {}
    by_code = {c.risk_code: c for c in changes}
    for batch, kinds in ((risks, set(Change) - {Change.GONE}), (previous, {Change.GONE})):
        if batch.geometry is None:
            continue
        pairs = aggregate_risks(batch, areas, include_closed=True, progress=progress).membership
        codes = batch.text("risk_code")
        for risk, area in zip(pairs.risk, pairs.area, strict=True):
            change = by_code.get(str(codes[risk]))
            if change and change.change in kinds:
                found.setdefault(int(area), []).append(change)
    position = {c.risk_code: i for i, c in enumerate(changes)}
    return {
        area: tuple(sorted(own, key=lambda c: position[c.risk_code])) for area, own in found.items()
    }


def _counts(risks: Batch, rows: np.ndarray) -> dict[str, int]:
    rank = level_rank(risks.text("level")[rows])
    counts = {name: int((rank == len(LEVELS) - i).sum()) for i, name in enumerate(LEVELS)}
    return {**counts, "unrated": int((rank == 0).sum())}


def _table(risks: Batch, rows: np.ndarray) -> tuple[TableRow, ...]:
    level = risks.text("level")[rows]
    score = real_column(risks, "score")[rows]
    code = risks.text("risk_code")[rows].astype(str)
    order = np.lexsort((code, -np.nan_to_num(score, nan=-1.0), -level_rank(level)))
    texts = {name: risks.text(name) for name in risks.fields if name not in ("score", "level")}
    return tuple(
        TableRow(
            number=number,
            row=int(rows[i]),
            level=str(level[i]),
            score=float(score[i]),
            values={name: str(column[rows[i]]) for name, column in texts.items()},
        )
        for number, i in enumerate(order, 1)
    )


def _extent(shapes: np.ndarray) -> tuple[float, float, float, float]:
    bounds = shapely.bounds(shapes)
    xmin, ymin = np.nanmin(bounds[:, :2], axis=0)
    xmax, ymax = np.nanmax(bounds[:, 2:], axis=0)
    return float(xmin), float(ymin), float(xmax), float(ymax)
