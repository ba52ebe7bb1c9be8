"""Merge what came back from the field with what the office did meanwhile.

Rows are known by their uuid and compared attribute by attribute against the base, the
snapshot that the package carried out. What only one side changed is taken; what both
changed alike is recognised; everything else waits as a conflict, and until it is settled
the office's value stays. Nothing is dropped without a trace: each row and value of the
field ends in the merged layer, is unchanged, or lies in the conflicts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from .changes import Changes
from .conflicts import Collector, Kind
from .keys import check_keys, index_of, shared_columns, with_uuids
from .values import rows_to_json
from .work import Work


@dataclass(frozen=True)
class Merged:
    """Result of a merge.

    Attributes
    ----------
    office : Batch
        The office's layer with the clean changes applied.
    conflicts : Batch
        See `conflicts.COLUMNS`; its geometry is that of the field, else of the office.
    changes : Changes
        What was done to the office's layer, to be undone.
    counts : dict of str to int
        ``inserted``, ``updated`` (rows), ``deleted``, ``identical`` (rows both sides
        changed alike), ``unchanged``, ``conflicts``.
    warnings : tuple of str
    """

    office: Batch
    conflicts: Batch
    changes: Changes
    counts: dict[str, int]
    warnings: tuple[str, ...] = field(default=())


def merge(
    base: Batch,
    returned: Batch,
    office: Batch,
    *,
    package_id: str,
    area: np.ndarray | None = None,
    near: float = 1.0,
    origin: Batch | None = None,
    progress: Progress = SILENT,
) -> Merged:
    """Merge one returned package into the office's layer.

    Parameters
    ----------
    base : Batch
        Rows as they went out; with ``uuid``.
    returned : Batch
        Rows as they came back.
    office : Batch
        The office's layer as it is now; more rows than the package had, as a rule.
    package_id : str
    area : ndarray of shapely polygons, optional
        Cells of the package: what is new outside of them is a conflict.
    near : float
        Distance (units of the CRS) within which a new component is suspected to be one
        the office has already, if of the same class; negative: never.
    origin : Batch, optional
        For a package that was merged before, with ``base`` as it came back then: the rows
        as they went out. What is again as it was then is not taken without asking.

    Returns
    -------
    Merged
        Merging the same package into ``Merged.office`` again changes nothing.
    """
    warnings: list[str] = []
    for rows in (base, office):
        check_keys(rows)
    columns = shared_columns(base, returned, office, warnings)
    returned, copies = with_uuids(returned, base, package_id)
    in_base, in_field, in_office = (index_of(b) for b in (base, returned, office))
    conflicts = Collector(package_id)
    for row, key in copies.items():
        # A copy that was accepted before is a row like others.
        if key not in in_office:
            del in_field[key]
            text = rows_to_json(returned, np.array([row]), columns)[0]
            shape = None if returned.geometry is None else returned.geometry[row]
            conflicts.add(Kind.SAME_UUID, key, shape, field_value=text)

    work = Work(base, returned, office, columns, conflicts, origin)
    work.update(
        [k for k in in_base if k in in_field and k in in_office], in_base, in_field, in_office
    )
    stop_if_cancelled(progress)
    work.delete([k for k in in_base if k not in in_field and k in in_office], in_base, in_office)
    work.revive([k for k in in_base if k in in_field and k not in in_office], in_base, in_field)
    fresh = [k for k in in_field if k not in in_base]
    work.insert(fresh, in_field, in_office, area, near)
    stop_if_cancelled(progress)
    found = conflicts.batch(office.crs)
    merged, changes = work.result()
    work.counts["conflicts"] = len(found)
    return Merged(merged, found, changes, work.counts, tuple(warnings))
