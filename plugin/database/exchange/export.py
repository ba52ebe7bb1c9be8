"""An exchange package made from layers or the platform."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from ...errors import WanggeError
from ...progress import SILENT, Part, Progress, stop_if_cancelled
from ...rules.batch import Batch
from ...standards.profile import EXCHANGE_CATEGORIES, Profile
from ...standards.spec import FieldType
from ...translation import translate
from .changes import Writing
from .checking import check_files, check_package
from .columns import Table, conform
from .files import FORMATS, Layout, PackageFiles
from .folders import complete_or_absent, refuse_foreign_folder
from .manifest import Content, Manifest, digest_of, write_manifest
from .persons import persons_of
from .state import FILE as STATE
from .state import NOTHING, TableState, read_state, write_states
from .statistics import Statistics
from .tables import LAYER_CATEGORIES, category_spec, category_table, layer_table, needed_sources
from .texts import TextLayout

_TOLD = 500_000

#: Reads a layer: called once, yields its batches.
Source = Callable[[], Iterable[Batch]]


@dataclass(frozen=True)
class Exported:
    """A package that is ready to leave.

    Attributes
    ----------
    folder : Path
    manifest : Manifest
    """

    folder: Path
    manifest: Manifest

    @property
    def rows(self) -> int:
        return self.manifest.rows


def export_package(
    folder: Path,
    sources: Mapping[str, Source],
    profile: Profile,
    *,
    categories: Sequence[str] = (),
    format: str = "",  # noqa: A002 - as the profile and the algorithm call it
    previous: Path | None = None,
    progress: Progress = SILENT,
) -> Exported:
    """Make a package and check it; the folder is complete afterwards, or as it was.

    Parameters
    ----------
    folder : Path
        New, empty, or with an earlier package, which is replaced.
    sources : mapping of str to callable
        Layer (`tables.SOURCES`) -> its batches; layers that are not there are left out.
    profile : Profile
        Names, format, encoding and dates of the package.
    categories : sequence of str
        Out of `EXCHANGE_CATEGORIES`; the profile's when empty.
    format : str
        ``json``, ``xml``, ``csv`` or ``gpkg``; the profile's when empty.
    previous : Path, optional
        An earlier package, full or not: only what changed since is written, and the keys of
        what is gone.
    progress : Progress

    Raises
    ------
    WanggeError
        A row without key, two with one, a value that cannot be written, a damaged previous
        package, a folder that cannot be written. Nothing is left behind then.
    """
    chosen = _categories(categories or profile.exchange.categories)
    layout = Layout(
        _format(format or profile.exchange.format),
        TextLayout(profile.exchange.encoding, profile.exchange.date_format),
    )
    refuse_foreign_folder(folder)
    if previous is not None and previous.resolve() == folder.resolve():
        raise WanggeError(
            translate(
                "Wangge",
                "The changes cannot take the place of the package they build on ({folder}): the "
                "receiver needs both. Choose another folder.",
            ).format(folder=folder)
        )
    base = check_files(previous, progress=Part(progress, 0.0, 0.05)) if previous else None
    try:
        with complete_or_absent(folder) as part:
            job = _Export(part, sources, profile, chosen, layout, previous, progress)
            manifest = job.run(base.package if base else "")
            # Read back from the disk: what leaves is what was meant.
            check_package(part, progress=Part(progress, 0.7, 1.0))
    except sqlite3.Error as error:
        raise WanggeError(
            translate(
                "Wangge",
                "The package cannot be written to “{folder}”: {reason}. Choose another place or "
                "make room.",
            ).format(folder=folder, reason=error)
        ) from error
    return Exported(folder, manifest)


def _categories(wanted: Sequence[str]) -> tuple[str, ...]:
    for category in wanted:
        if category not in EXCHANGE_CATEGORIES:
            raise WanggeError(
                translate("Wangge", "There is no category “{name}”. Choose among {names}.").format(
                    name=category, names=", ".join(EXCHANGE_CATEGORIES)
                )
            )
    return tuple(c for c in EXCHANGE_CATEGORIES if c in wanted)


def _format(wanted: str) -> str:
    if wanted not in FORMATS:
        raise WanggeError(
            translate("Wangge", "There is no format “{name}”. Choose among {names}.").format(
                name=wanted, names=", ".join(FORMATS)
            )
        )
    return wanted


class _Export:
    """One package on its way: each layer is read once, written and counted as it passes."""

    def __init__(
        self,
        folder: Path,
        sources: Mapping[str, Source],
        profile: Profile,
        categories: tuple[str, ...],
        layout: Layout,
        previous: Path | None,
        progress: Progress,
    ):
        self._folder = folder
        self._sources = sources
        self._profile = profile
        self._categories = categories
        self._layout = layout
        self._previous = previous
        self._progress = progress
        self._statistics = Statistics(profile)
        self._contents: dict[str, Content] = {}
        self._states: dict[str, TableState] = {}
        self._surveyors: set[str] = set()
        self._notes: list[str] = []

    def run(self, base: str) -> Manifest:
        """Write everything but the hashes' own check."""
        layers = needed_sources(self._categories)
        with PackageFiles(self._folder, self._layout) as files:
            for number, layer in enumerate(layers):
                span = Part(self._progress, 0.05 + 0.6 * number / len(layers), 0.65)
                self._pass(files, layer, span)
            for category in self._categories:
                if category not in LAYER_CATEGORIES:
                    self._write(files, category, [self._statistics.table(category)])
            self._tell_gaps(layers)
        write_states(self._folder / STATE, self._states)
        manifest = Manifest(
            package=str(uuid.uuid4()),
            created=datetime.now().astimezone().isoformat(timespec="milliseconds"),
            base=base,
            profile=self._profile.id,
            edition=self._profile.edition.id,
            layout=self._layout,
            contents=tuple(self._contents[c] for c in self._categories),
            files={p.name: digest_of(p) for p in sorted(self._folder.iterdir())},
            notes=tuple(self._notes),
        )
        write_manifest(self._folder, manifest)
        return manifest

    def _pass(self, files: PackageFiles, layer: str, progress: Progress) -> None:
        batches = self._batches(layer, progress)
        if layer in self._categories:
            self._write(files, layer, batches)
        else:
            for _ in batches:
                pass

    def _batches(self, layer: str, progress: Progress) -> Iterator[Batch]:
        table = layer_table(self._profile, layer)
        count = {
            "community": self._statistics.names.add_areas,
            "department": self._statistics.names.add_departments,
            "unit_grid": self._statistics.add_cells,
            "component": self._count_components,
            "case": self._statistics.add_cases,
        }.get(layer)
        source = self._sources.get(layer)
        if source is None:
            if layer == "person":
                yield conform(persons_of(self._surveyors), table.columns, layer)
            return
        left: set[str] = set()
        done = 0
        for batch in source():
            stop_if_cancelled(self._progress)
            # How many will come is not known; a sign of life every half million rows is.
            done += len(batch)
            if done // _TOLD > (done - len(batch)) // _TOLD:
                progress.tell(
                    translate("Wangge", "{layer}: {rows} rows so far.").format(
                        layer=table.title, rows=done
                    )
                )
            left |= set(batch.fields) - {c.name for c in table.columns} - {"fid"}
            rows = conform(batch, table.columns, layer, shapes=table.has_shapes)
            if count:
                count(rows)
            yield rows
        progress.report(1.0)
        if left and layer in self._categories:
            self._note(
                translate(
                    "Wangge",
                    "The profile knows no fields {fields} in layer {layer}; they stay behind.",
                ).format(fields=", ".join(sorted(left)), layer=layer)
            )

    def _count_components(self, batch: Batch) -> None:
        self._statistics.add_components(batch)
        self._surveyors.update(batch.text("surveyor").tolist())

    def _write(self, files: PackageFiles, category: str, batches: Iterable[Batch]) -> None:
        table = category_table(self._profile, category)
        before = None
        if self._previous is not None:
            path = self._previous / STATE
            before = read_state(path, category) if path.is_file() else NOTHING
        writing = Writing(files, table, before)
        lacking: dict[str, int] = {}
        for batch in batches:
            self._look(batch, table, lacking)
            writing.add(batch)
        content, self._states[category] = writing.end()
        self._contents[category] = content
        for name, count in lacking.items():
            self._note(
                translate(
                    "Wangge",
                    "Layer {layer}, field {field}: {count} rows are empty or longer than the "
                    "standard allows; the receiver may refuse them.",
                ).format(layer=category, field=name, count=count)
            )

    def _look(self, batch: Batch, table: Table, lacking: dict[str, int]) -> None:
        spec = category_spec(self._profile, table.name)
        for field in spec.fields:
            bad = batch.is_null(field.name) if field.is_mandatory else np.zeros(len(batch), bool)
            if field.type is FieldType.TEXT and field.length:
                values = batch.fields[field.name].tolist()
                bad = bad | np.array(
                    [v is not None and len(v) > field.length for v in values], bool
                )
            if bad.any():
                lacking[field.name] = lacking.get(field.name, 0) + int(bad.sum())

    def _tell_gaps(self, layers: Sequence[str]) -> None:
        missing = [s for s in layers if s not in self._sources and s != "person"]
        if missing:
            self._note(
                translate(
                    "Wangge",
                    "There is no layer {layers}; what would be made from it is empty or not counted.",
                ).format(layers=", ".join(missing))
            )
        if "person" in self._categories and "person" not in self._sources:
            self._note(
                translate(
                    "Wangge",
                    "There is no table of staff; the persons are the {count} surveyors whom the "
                    "components name.",
                ).format(count=self._contents["person"].rows)
            )
        cases = self._statistics.cases
        if cases and cases.unplaced:
            self._note(
                translate(
                    "Wangge",
                    "{count} cases name no unit grid; they are in the totals and in no area.",
                ).format(count=cases.unplaced)
            )

    def _note(self, text: str) -> None:
        self._notes.append(text)
        self._progress.warn(text)
