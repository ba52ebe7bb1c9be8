"""What a worker does with a task: the same engines that do one district alone."""

from __future__ import annotations

import io
import tempfile
import time
import traceback
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import shapely

from ..census.assignment import assign_unit_grids
from ..database.exchange.export import export_package
from ..errors import Cancelled, WanggeError
from ..grid.cell_rows import cell_rows
from ..grid.partition import PartitionInput, PartitionOptions, partition
from ..progress import SILENT, Progress
from ..rules.batch import Batch
from ..rules.catalogue import subject_of
from ..rules.engine import run_rules
from ..rules.findings import findings_batch, zoom_points
from ..rules.profile_context import areas_of, context_of, departments_of
from ..rules.references import Shapes
from ..standards.layers import component_spec
from ..standards.layers import layer as layer_spec
from ..standards.profiles import load_profile
from ..translation import speak, translate
from .model import Answer, DistrictTask, JobKind, Outcome, State


def answer_elsewhere(task: DistrictTask) -> Outcome:
    """Work on a task in a process that does nothing else; the door for executors."""
    speak(task.language)
    return answer(task)


def answer(task: DistrictTask, progress: Progress = SILENT) -> Outcome:
    """Work on a task; whatever goes wrong is told in the outcome.

    Raises
    ------
    Cancelled
    """
    started = time.perf_counter()
    try:
        made = _JOBS[task.kind](task, progress)
    except Cancelled:
        raise
    except WanggeError as error:
        return Outcome(task.district, State.FAILED, time.perf_counter() - started, error.message)
    except Exception as error:
        # One district's mishap must not stop the others.
        message = translate(
            "Wangge",
            "Something went wrong inside Wangge ({kind}: {error}). Nothing was finished. "
            "Please send the log of this run to those who look after the plugin.",
        ).format(kind=type(error).__name__, error=error)
        seconds = time.perf_counter() - started
        trace = Answer({}, (traceback.format_exc(),))
        return Outcome(task.district, State.FAILED, seconds, message, trace)
    return Outcome(task.district, State.OK, time.perf_counter() - started, "", made)


def _partition(task: DistrictTask, progress: Progress) -> Answer:
    communities = _needed(task, "community")
    barriers, buildings = task.layers.get("barrier"), task.layers.get("building")
    load = task.layers.get("load")
    points = None if load is None else shapely.point_on_surface(load.shapes)
    names = communities.text("community_name")
    codes = communities.text("community_code")
    defaults = PartitionOptions()
    made = partition(
        PartitionInput(
            communities=communities.shapes,
            names=np.where(names == "", codes, names),
            barriers=np.array([], object) if barriers is None else barriers.shapes,
            ranks=None if barriers is None else barriers.fields.get("rank"),
            buildings=None if buildings is None else buildings.shapes,
            load_points=points,
        ),
        PartitionOptions(
            target_area=float(task.options["target_area"]),
            seed=int(task.options["seed"]),
            load_share=0.0 if load is None else 0.5,
            search_seconds=defaults.search_seconds * float(task.options.get("effort", 1.0)),
        ),
        progress=progress,
    )
    failures = tuple(f"{codes[i]} {names[i]}: {sentence}" for i, sentence in made.failures)
    if not len(made.cells):
        raise WanggeError(
            translate("Wangge", "No community could be cut: {reason}").format(
                reason=" ".join(failures)
            )
        )
    rows, _ = cell_rows(made.cells, made.community, codes, names, load_points=points)
    counts = {
        "communities": len(communities),
        "failures": len(failures),
        "building_cuts": len(made.exceptions),
    }
    return Answer(counts, (*made.notes, *failures), replace(rows, crs=communities.crs))


def _check_grids(task: DistrictTask, progress: Progress) -> Answer:
    references = {
        "communities": areas_of(_needed(task, "community"), "community"),
        "buildings": _shapes(task, "building"),
        "barriers": _shapes(task, "barrier"),
    }
    return _check(task, "unit_grid", references, progress)


def _check_components(task: DistrictTask, progress: Progress) -> Answer:
    layers = task.layers
    references = {
        "grids": areas_of(layers["unit_grid"], "unit_grid") if "unit_grid" in layers else None,
        "communities": areas_of(_needed(task, "community"), "community"),
        "departments": departments_of(layers["department"]) if "department" in layers else None,
        "buildings": _shapes(task, "building"),
        "water": _shapes(task, "water"),
    }
    return _check(task, "component", references, progress)


def _check(task: DistrictTask, kind: str, references: dict, progress: Progress) -> Answer:
    rows = _needed(task, kind)
    profile = task.profile or load_profile("generic")
    context = context_of(profile, kind, references, to_lonlat=task.lonlat, expected_rows=len(rows))
    result = run_rules(subject_of(kind), [rows], context, progress=progress)
    findings = list(result)
    batch = findings_batch(findings)
    batch = Batch(batch.fields, zoom_points(findings), batch.ids, rows.crs)
    counts = {
        "checked": result.row_count,
        "errors": result.error_count,
        "warnings": result.warning_count,
    }
    notes = tuple(f"{n.rule.id} {n.rule.title_en}: {n.reason}" for n in result.not_run)
    return Answer(counts, notes, batch)


def _assign(task: DistrictTask, progress: Progress) -> Answer:
    components = _needed(task, "component")
    filled, _, report = assign_unit_grids(
        components,
        _needed(task, "unit_grid"),
        task.layers.get("community"),
        tolerance=float(task.options.get("tolerance", 0.0)),
        progress=progress,
    )
    own = set(components.fields) | set(component_spec().names)
    kept = replace(filled, fields={n: v for n, v in filled.fields.items() if n in own})
    lost = report.outside + report.without_geometry
    counts = {"assigned": report.total - lost, "outside": lost, "changed": report.changed}
    return Answer(counts, (), kept)


def _exchange(task: DistrictTask, progress: Progress) -> Answer:
    with tempfile.TemporaryDirectory(prefix="wangge-exchange-") as name:
        folder = Path(name) / "package"
        done = export_package(
            folder,
            {layer: partial(_once, rows) for layer, rows in task.layers.items()},
            task.profile or load_profile("generic"),
            categories=[c for c in str(task.options.get("categories", "")).split(",") if c],
            progress=progress,
        )
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                archive.write(path, path.relative_to(folder).as_posix())
    contents = done.manifest.contents
    return Answer({"categories": len(contents)}, (), None, packed.getvalue())


def _once(rows: Batch) -> list[Batch]:
    return [rows]


def _needed(task: DistrictTask, name: str) -> Batch:
    rows = task.layers.get(name)
    if rows is None or not len(rows):
        raise WanggeError(
            translate(
                "Wangge",
                "District {district} has no rows in the layer {layer}. Give it some, or "
                "leave the district out.",
            ).format(district=task.district, layer=layer_spec(name).title)
        )
    return rows


def _shapes(task: DistrictTask, name: str) -> Shapes | None:
    rows = task.layers.get(name)
    return None if rows is None else Shapes(rows.shapes)


_JOBS = {
    JobKind.PARTITION: _partition,
    JobKind.CHECK_GRIDS: _check_grids,
    JobKind.ASSIGN: _assign,
    JobKind.CHECK_COMPONENTS: _check_components,
    JobKind.EXCHANGE: _exchange,
}
