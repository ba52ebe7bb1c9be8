"""Import a delivery of components: open, map, sort into accepted and rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ...errors import WanggeError
from ...progress import SILENT, Progress, stop_if_cancelled
from ...rules.batch import Batch, concatenate
from ...standards.editions import Edition, edition
from ...translation import translate
from . import positions
from .fields import WKT, FieldMap, X, Y, suggest_fields
from .identity import Identities
from .offset import suspect_layer_offset
from .opening import open_source
from .raw import CHUNK, RawRows, SourceInfo, no_problems
from .rows import REASON, ROW, Settings, Tally, numbers, read_rows
from .tables import XlsxSource


@dataclass(frozen=True)
class Intake:
    """The result of an import; ``len(accepted) + len(rejected)`` is the number of rows.

    Attributes
    ----------
    accepted : Batch
        Columns of a component.
    rejected : Batch
        The delivery's own columns as text, ``source_row`` and ``reason``.
    report : dict
        Plain values for JSON; see `Importer.report`.
    """

    accepted: Batch
    rejected: Batch
    report: dict[str, Any]


class Importer:
    """An import made ready: what the file is, how it will be read; then `parts` reads it.

    Parameters
    ----------
    path : Path or str
    layer, encoding, crs : str
        Override what the file says. ``crs`` is needed where it says nothing.
    field_map : FieldMap, optional
        Without it the suggested one is used.
    standard : str or Edition
        Edition whose class codes the delivery follows.
    axes : {"auto", "keep", "swap"}
        What to do where x and y have changed places: ``auto`` swaps them back when
        nearly all rows show it, and says so; single rows are rejected.

    Raises
    ------
    WanggeError
        When the file cannot be imported; nothing has been read then.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        layer: str = "",
        encoding: str = "",
        crs: str = "",
        field_map: FieldMap | None = None,
        standard: str | Edition = "",
        axes: str = "auto",
    ):
        self.source = open_source(path, layer=layer, encoding=encoding)
        self.info: SourceInfo = self.source.info
        self.edition = edition(standard)
        has_geometry = self.info.has_geometry
        self.field_map = field_map or suggest_fields(
            self.info.fields, self.info.sample, standard=self.edition, has_geometry=has_geometry
        )
        self.field_map.check_against(self.info.fields)
        self._check_position()
        x, y = self._first_positions()
        self.crs = crs.strip() or self.info.crs
        if not self.crs:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The file {file} does not say in which coordinate reference system it is. "
                    "Choose it. {hint}",
                )
                .format(file=self.info.path.name, hint=positions.crs_hint(x, y))
                .strip()
            )
        geographic = positions.is_geographic(self.crs, x, y)
        swap = axes == "swap"
        if axes == "auto" and len(x):
            swap = bool(np.mean(positions.looks_swapped(x, y, geographic=geographic)) > 0.9)
        self.settings = Settings(
            self.field_map,
            self.edition,
            self.crs,
            geographic,
            swap,
            workbook=isinstance(self.source, XlsxSource),
        )
        self.tally = Tally(Identities.of(self.info))
        self._given_crs = crs.strip()

    def _check_position(self) -> None:
        columns = self.field_map.columns
        if (X in columns) != (Y in columns):
            raise WanggeError(
                translate(
                    "Wangge",
                    "The field map names a column for only one of x and y. Name both.",
                )
            )
        if not self.info.has_geometry and X not in columns and WKT not in columns:
            raise WanggeError(
                translate(
                    "Wangge",
                    "The file {file} has neither geometry nor columns known to hold coordinates. "
                    "Name them as x and y (or wkt) in the field map; there are: {fields}.",
                ).format(file=self.info.path.name, fields=", ".join(self.info.fields))
            )

    def _first_positions(self) -> tuple[np.ndarray, np.ndarray]:
        columns = self.field_map.columns
        for raw in self.source.chunks(5000):
            if X in columns:
                x, y = (numbers(raw.columns[columns[k]])[0] for k in (X, Y))
            else:
                shapes = raw.geometry
                if WKT in columns:
                    shapes = positions.from_wkt(raw.columns[columns[WKT]])
                with np.errstate(invalid="ignore"):
                    bounds = shapely.bounds(shapes)
                x, y = bounds[:, 0], bounds[:, 1]
            good = np.isfinite(x) & np.isfinite(y)
            return x[good], y[good]
        return np.empty(0), np.empty(0)

    def parts(
        self, *, size: int = CHUNK, progress: Progress = SILENT
    ) -> Iterator[tuple[Batch, Batch]]:
        """Yield accepted and rejected rows, chunk by chunk; at least one pair."""
        self.tally = Tally(Identities.of(self.info))
        empty = True
        for raw in self.source.chunks(size):
            stop_if_cancelled(progress)
            yield read_rows(raw, self.settings, self.tally)
            empty = False
            if self.info.rows > 0:
                progress.report(min(1.0, self.tally.rows / self.info.rows))
        if empty:
            columns = {name: np.empty(0, dtype=object) for name in self.info.fields}
            nothing = RawRows(columns, None, np.empty(0, np.int64), no_problems(0))
            yield read_rows(nothing, self.settings, self.tally)

    def report(self) -> dict[str, Any]:
        """Return what was read and how, as plain values; complete once `parts` has ended."""
        tally = self.tally
        used = set(self.field_map.columns.values())
        return {
            "file": self.info.path.name,
            "layer": self.info.layer,
            "format": self.info.format,
            "encoding": self.info.encoding.name,
            "encoding_found_by": self.info.encoding.how,
            "crs": self.crs,
            "standard": self.edition.id,
            "field_map": dict(self.field_map.columns),
            "field_map_reasons": dict(self.field_map.reasons),
            "unused_fields": [f for f in self.info.fields if f not in used],
            "rows": tally.rows,
            "accepted": tally.accepted,
            "rejected": tally.rejected,
            "reasons": dict(tally.reasons.most_common()),
            "warnings": self._warnings(),
        }

    def _warnings(self) -> list[str]:
        tally, notes = self.tally, list(self.info.notes)
        if self.edition.caution:
            notes.append(self.edition.caution)
        if self._given_crs and self.info.crs and self._given_crs != self.info.crs:
            notes.append(
                translate(
                    "Wangge", "The file declares {declared}; {given} was used as you chose."
                ).format(declared=self.info.crs[:80], given=self._given_crs[:80])
            )
        if tally.swapped_back:
            notes.append(
                translate(
                    "Wangge",
                    "X and Y had changed places in nearly all rows; they were swapped back.",
                )
            )
        if tally.few_decimals:
            notes.append(
                translate(
                    "Wangge",
                    "{count} points have degrees with two decimals or fewer, which is about 1 km. "
                    "Ask for the full coordinates.",
                ).format(count=tally.few_decimals)
            )
        if tally.with_height:
            notes.append(
                translate("Wangge", "{count} geometries had a height, which is not kept.").format(
                    count=tally.with_height
                )
            )
        if tally.new_uuids:
            notes.append(
                translate("Wangge", "{count} rows got a new uuid.").format(count=tally.new_uuids)
            )
        return notes


def read_components(
    path: Path | str,
    *,
    layer: str = "",
    encoding: str = "",
    crs: str = "",
    field_map: FieldMap | None = None,
    standard: str | Edition = "",
    axes: str = "auto",
    reference: Batch | None = None,
    progress: Progress = SILENT,
) -> Intake:
    """Import a whole delivery at once; see `Importer` for the parameters and for streaming.

    ``reference`` is a layer that surely lies right (unit grids, roads): with it the report
    tells when the delivery seems to be in GCJ-02 or BD-09.
    """
    importer = Importer(
        path,
        layer=layer,
        encoding=encoding,
        crs=crs,
        field_map=field_map,
        standard=standard,
        axes=axes,
    )
    pairs = list(importer.parts(progress=progress))
    accepted = concatenate([a for a, _ in pairs])
    rejected = concatenate(_same_columns([r for _, r in pairs]))
    report = importer.report()
    if reference is not None and len(accepted):
        suspicion = suspect_layer_offset(accepted, reference)
        report["offset"] = suspicion.offset.value
        report["warnings"] += [suspicion.message] if suspicion.message else []
    return Intake(accepted, rejected, report)


def _same_columns(batches: list[Batch]) -> list[Batch]:
    # Columns may turn up late (attributes of CAD blocks).
    names = dict.fromkeys(name for b in batches for name in b.fields if name not in (ROW, REASON))
    order = [*names, ROW, REASON]
    return [
        replace(
            b,
            fields={
                name: b.fields.get(name, np.full(len(b), None, dtype=object)) for name in order
            },
        )
        for b in batches
    ]
