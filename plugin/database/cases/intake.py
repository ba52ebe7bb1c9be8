"""Case tables of other systems taken into the case layer: every row accepted or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.classes import class_table
from ...standards.extension import extend_classes, extend_domains, extend_layers
from ...standards.profile import Profile
from ...translation import translate
from ..deliveries.placing import Cells, Placed, place
from ..deliveries.refusals import refuse, refuse_codes
from ..deliveries.table import DeliveredTable
from ..parsing import parse
from .stages import recognised

_TIMES = ("reported_at", "opened_at", "handled_at", "closed_at")


@dataclass(frozen=True)
class ImportedCases:
    """Outcome of an import; accepted and rejected rows are all rows.

    Attributes
    ----------
    cases : Batch
        The case layer; a case without place has no geometry.
    rejected : Batch
        ``row``, ``case_code``, ``reason``.
    placed : Placed
        Counts of the accepted rows by the way they were placed.
    notes : tuple of str
    """

    cases: Batch
    rejected: Batch
    placed: Placed
    notes: tuple[str, ...] = ()


def import_cases(
    table: DeliveredTable,
    profile: Profile,
    *,
    points: np.ndarray | None = None,
    cells: Cells | None = None,
    crs: str = "",
    progress: Progress = SILENT,
) -> ImportedCases:
    """Take a table's rows into the case layer.

    States, sources and types are taken in any spelling of the lists; a class is found by its
    code or its name; what a row leaves out is concluded from the rest (the state from the
    times, the type from the component). A row is refused without code, with the code of an
    earlier row, without time of report, with a time that is none or an unknown state.

    Parameters
    ----------
    table : DeliveredTable
    profile : Profile
    points : ndarray of shapely points, shape (n,), optional
        Where the rows say they are, in ``crs``; None where they do not say.
    cells : Cells, optional
        Unit grids in ``crs``: rows that only name a cell lie in it, the others are told
        theirs.
    crs : str
    progress : Progress
    """
    spec = extend_layers(profile)["case"]
    domains = extend_domains(profile)
    n = len(table.rows)
    reasons = np.full(n, "", object)
    fields: dict[str, np.ndarray] = {}
    for field in spec.fields:
        stop_if_cancelled(progress)
        texts = table.columns.get(field.name, np.full(n, None, object))
        values, wrong = parse(texts.tolist(), field.type)
        for row in wrong:
            refuse(
                reasons,
                int(row),
                translate("Wangge", "{field}: “{value}” is no {type}.").format(
                    field=field.alias, value=str(texts[row])[:60], type=field.type.value
                ),
            )
        if field.name in table.numeric and field.name == "class_code":
            values = _padded(values, profile.edition.class_code_length)
        fields[field.name] = values
    batch = Batch(fields, None, table.rows, crs)
    for field in spec.fields:
        if field.domain in domains:
            fields[field.name] = _emptied(recognised(batch, field.name, domains[field.domain]))
    _conclude(fields, profile)
    _check(fields, reasons, domains["case_state"].stored, spec.field("state").alias)
    progress.report(0.5)
    shapes, placed_by = place(batch, points, cells)
    fields["grid_code"] = placed_by.grid_codes
    good = np.equal(reasons, "")
    made = Batch(
        {f.name: fields[f.name] for f in spec.fields},
        shapes,
        np.arange(1, n + 1, dtype=np.int64),
        crs,
    ).take(good)
    progress.report(1.0)
    return ImportedCases(
        made,
        _rejected(table, batch, reasons),
        placed_by.count(good),
        _notes(table, made, domains["case_source"].stored),
    )


def _padded(values: np.ndarray, width: int) -> np.ndarray:
    # A spreadsheet makes the number 6001 of the code 06001.
    return _mapped(values, lambda v: v.zfill(width) if len(v) == width - 1 else v)


def _mapped(values: np.ndarray, change) -> np.ndarray:
    made = np.empty(len(values), object)
    made[:] = [None if v is None else change(v) for v in values.tolist()]
    return made


def _emptied(values: np.ndarray) -> np.ndarray:
    return _mapped(values, lambda v: v or None)


def _conclude(fields: dict[str, np.ndarray], profile: Profile) -> None:
    """Fill in what follows from the rest of a row."""
    state = fields["state"]
    missing = np.equal(state, None)  # type: ignore[call-overload]
    for time, reached in zip(_TIMES, ("reported", "opened", "handled", "closed"), strict=True):
        state[missing & ~np.isnat(fields[time])] = reached
    type_ = fields["case_type"]
    component = ~np.equal(fields["component_code"], None)  # type: ignore[call-overload]
    unknown = np.equal(type_, None)  # type: ignore[call-overload]
    type_[unknown] = np.where(component[unknown], "component", "matter")
    tables = {
        "component": extend_classes(profile),
        "matter": class_table(profile.edition, "matter"),
    }
    codes, names = fields["class_code"], fields["class_name"]
    for row in range(len(codes)):
        table = tables.get(type_[row])
        if table is None:
            continue
        if codes[row] is None and names[row]:
            entry = table.by_name(names[row])
            codes[row] = entry.code if entry else None
        elif names[row] is None and codes[row] in table:
            names[row] = table[codes[row]].name_zh


def _check(
    fields: Mapping[str, np.ndarray], reasons: np.ndarray, states: tuple[str, ...], title: str
) -> None:
    refuse_codes(reasons, fields["case_code"], translate("Wangge", "The case has no code."))
    for row, state in enumerate(fields["state"].tolist()):
        if state is not None and state not in states:
            refuse(
                reasons,
                row,
                translate("Wangge", "{field}: “{value}” is none of {values}.").format(
                    field=title, value=state, values=", ".join(states)
                ),
            )
    for row in np.flatnonzero(np.isnat(fields["reported_at"])):
        if not reasons[row]:
            refuse(reasons, int(row), translate("Wangge", "It is not said when it was reported."))


def _rejected(table: DeliveredTable, batch: Batch, reasons: np.ndarray) -> Batch:
    bad = np.flatnonzero(~np.equal(reasons, ""))
    fields = {
        "row": table.rows[bad],
        "case_code": batch.fields["case_code"][bad],
        "reason": reasons[bad],
    }
    return Batch(fields, None, np.arange(1, len(bad) + 1, dtype=np.int64))


def _notes(table: DeliveredTable, cases: Batch, sources: tuple[str, ...]) -> tuple[str, ...]:
    notes = []
    if table.left:
        notes.append(
            translate("Wangge", "Columns not taken: {columns}.").format(
                columns=", ".join(table.left)
            )
        )
    unknown = sorted({s for s in cases.text("source").tolist() if s and s not in sources})
    if unknown:
        notes.append(
            translate(
                "Wangge",
                "Sources that the list does not know, kept as they are: {values}. Add them to the "
                "profile.",
            ).format(values=", ".join(unknown[:20]))
        )
    backwards = np.zeros(len(cases), bool)
    for earlier, later in pairwise(_TIMES):
        with np.errstate(invalid="ignore"):
            backwards |= cases.fields[later] < cases.fields[earlier]
    if backwards.any():
        notes.append(
            translate(
                "Wangge",
                "{count} cases were opened, handled or closed before the step that comes first, for "
                "example {code}.",
            ).format(count=int(backwards.sum()), code=cases.text("case_code")[backwards][0])
        )
    return tuple(notes)
