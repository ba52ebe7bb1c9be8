"""Tables of things with a code and a place (facilities, monitors, cameras) taken into their layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.domains import DOMAINS, Domain
from ...standards.spec import FieldSpec, FieldType, LayerSpec, Obligation
from ...translation import translate
from ..parsing import parse
from .placing import Cells, Placed, place
from .refusals import refuse, refuse_codes
from .table import DeliveredTable


@dataclass(frozen=True)
class ImportedObjects:
    """Outcome of an import; accepted and rejected rows are all rows.

    Attributes
    ----------
    objects : Batch
        The layer's own fields.
    rejected : Batch
        ``row``, ``code``, ``reason``.
    placed : Placed
        Counts of the accepted rows by the way they were placed.
    notes : tuple of str
    """

    objects: Batch
    rejected: Batch
    placed: Placed
    notes: tuple[str, ...] = ()


def import_objects(
    table: DeliveredTable,
    spec: LayerSpec,
    *,
    domains: Mapping[str, Domain] = DOMAINS,
    shapes: np.ndarray | None = None,
    cells: Cells | None = None,
    crs: str = "",
    progress: Progress = SILENT,
) -> ImportedObjects:
    """Take a table's rows into a layer of the city's.

    Values of lists are taken in any spelling. A row is refused without code, with the code of
    an earlier row, without something mandatory, with a value that is not of its field's type,
    too long or not in its list, and, where the layer is drawn, without place.

    Parameters
    ----------
    table : DeliveredTable
    spec : LayerSpec
    domains : mapping of str to Domain
    shapes : ndarray of shapely geometries or None, shape (n,), optional
        Where the rows say they are, in ``crs``.
    cells : Cells, optional
        Unit grids in ``crs``: rows that only name a cell lie in it, the others are told theirs.
    crs : str
    progress : Progress
    """
    n = len(table.rows)
    reasons = np.full(n, "", object)
    fields = {}
    for field in spec.fields:
        stop_if_cancelled(progress)
        fields[field.name] = _column(table, field, domains, reasons)
    missing = translate("Wangge", "{field} is empty.").format(field=spec.field(spec.key).alias)
    refuse_codes(reasons, fields[spec.key], missing)
    for field in spec.fields:
        if field.obligation is Obligation.MANDATORY and field.name != spec.key:
            empty = _is_empty(table.columns.get(field.name), n)
            _refuse(
                reasons, empty, translate("Wangge", "{field} is empty.").format(field=field.alias)
            )
    progress.report(0.5)
    placing_fields = dict(fields)
    placing_fields.setdefault("grid_code", np.full(n, None, object))
    places, placing = place(Batch(placing_fields, None, table.rows, crs), shapes, cells)
    if "grid_code" in fields:
        fields["grid_code"] = placing.grid_codes
    if spec.geometries:
        _refuse(
            reasons,
            shapely.is_missing(places),
            translate("Wangge", "It has no place: neither coordinates nor a unit grid."),
        )
    good = np.equal(reasons, "")
    ids = np.arange(1, n + 1, dtype=np.int64)
    made = Batch(fields, places if spec.geometries else None, ids, crs).take(good)
    progress.report(1.0)
    rejected = Batch(
        {
            "row": table.rows[~good],
            "code": fields[spec.key][~good],
            "reason": reasons[~good],
        },
        None,
        np.arange(1, int((~good).sum()) + 1, dtype=np.int64),
    )
    return ImportedObjects(made, rejected, placing.count(good), _notes(table))


def _column(
    table: DeliveredTable, field: FieldSpec, domains: Mapping[str, Domain], reasons: np.ndarray
) -> np.ndarray:
    n = len(table.rows)
    texts = table.columns.get(field.name, np.full(n, None, object))
    if field.domain and field.domain in domains:
        texts = _recognised(texts, field, domains[field.domain], reasons)
    values, wrong = parse(texts.tolist(), field.type)
    for row in wrong.tolist():
        refuse(
            reasons,
            row,
            translate("Wangge", "{field}: “{value}” is no {type}.").format(
                field=field.alias, value=str(texts[row])[:60], type=field.type.value
            ),
        )
    if field.type is FieldType.TEXT and field.length:
        too_long = np.array([v is not None and len(v) > field.length for v in values], bool)
        _refuse(
            reasons,
            too_long,
            translate("Wangge", "{field} is longer than {length} characters.").format(
                field=field.alias, length=field.length
            ),
        )
    return values


def _recognised(
    texts: np.ndarray, field: FieldSpec, domain: Domain, reasons: np.ndarray
) -> np.ndarray:
    known = {t: domain.recognise(t) for t in set(texts.tolist()) if t}
    column = np.empty(len(texts), object)
    column[:] = [known.get(t) for t in texts.tolist()]
    for row in np.flatnonzero([t in known and known[t] is None for t in texts.tolist()]).tolist():
        refuse(
            reasons,
            row,
            translate("Wangge", "{field}: “{value}” is none of {values}.").format(
                field=field.alias,
                value=str(texts[row])[:60],
                values=", ".join(v.label for v in domain.values),
            ),
        )
    return column


def _is_empty(texts: np.ndarray | None, n: int) -> np.ndarray:
    if texts is None:
        return np.ones(n, bool)
    return np.array([not t for t in texts.tolist()], bool)


def _refuse(reasons: np.ndarray, rows: np.ndarray, reason: str) -> None:
    for row in np.flatnonzero(rows).tolist():
        refuse(reasons, row, reason)


def _notes(table: DeliveredTable) -> tuple[str, ...]:
    if not table.left:
        return ()
    columns = ", ".join(table.left)
    return (translate("Wangge", "Columns not taken: {columns}.").format(columns=columns),)
