"""The project file of a field package: opens in QField, Mergin Maps and QGIS without Wangge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ...forms.census_project import CensusPlan, write_census_project
from ...plugin.census.packages import WORK, Draft
from ...plugin.census.packages.packing import any_layer
from ...plugin.layers.class_tables import CLASS_LAYERS
from ...plugin.rules.batch import Batch
from ...plugin.standards.extension import extend_classes, extend_domains, extend_layers
from ...plugin.standards.profile import Profile

PROJECT = "package.qgz"


def project_writer(profile: Profile):
    """Return what writes the project of each package; see `packages.pack`."""
    known = {**extend_layers(profile), **CLASS_LAYERS}
    classes, domains = extend_classes(profile), extend_domains(profile)

    def finish(folder: Path, draft: Draft, layers: Mapping[str, Batch]) -> Sequence[str]:
        plan = CensusPlan(
            container=folder / WORK,
            specs={name: known.get(name, any_layer(name)) for name in layers},
            classes=classes,
            domains=domains,
            edition=profile.edition,
            crs=draft.crs,
            title=draft.team,
            profile=profile.id,
            district_code=_district(layers["unit_grid"]),
            block=(draft.blocks[0].start, draft.blocks[0].end) if draft.blocks else (),
            # The project it comes back to, and whose it is.
            variables={"wangge_project_id": draft.project_id, "wangge_team": draft.team},
        )
        write_census_project(folder / PROJECT, plan)
        return [PROJECT]

    return finish


def _district(cells: Batch) -> str:
    found = {code[:6] for code in cells.text("grid_code").tolist()}
    return found.pop() if len(found) == 1 else ""
