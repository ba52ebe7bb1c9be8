"""wangge:pack_field_packages."""

from __future__ import annotations

import re

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProviderRegistry,
)

from ...plugin.census.packages import Contents
from ...plugin.census.project import pack_project
from ...plugin.layers.class_tables import class_batches
from ...plugin.layers.container import write_container
from ...plugin.layers.source import LayerSource
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.standards.extension import extend_classes, extend_layers
from ...plugin.standards.layers import LAYERS
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.standards.profile import Profile
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..inputs import renamed, require_field, require_polygons, require_rows
from ..job import Job
from ..outputs import numbers
from .field_project import project_writer
from .project_layer import project_table
from .teams import (
    TEAM_COUNT,
    read_teams,
    share_evenly,
    team_count_parameter,
    team_parameters,
    without_team_field,
)


class PackFieldPackages(WanggeAlgorithm):
    """Give every team what it needs in the field, and nothing else."""

    ID = "pack_field_packages"
    GROUP = Group.CENSUS
    INPUT, GRIDS, FOLDER, PROFILE = "INPUT", "GRIDS", "FOLDER", "PROFILE"
    DEPARTMENTS, COMMUNITIES, ADDRESSES = "DEPARTMENTS", "COMMUNITIES", "ADDRESSES"
    BACKGROUND, PHOTOS, BLOCK_SIZE = "BACKGROUND", "PHOTOS", "BLOCK_SIZE"

    def title(self):
        return translate("Wangge", "Pack field packages")

    def summary(self):
        return translate(
            "Wangge",
            "Makes one offline package per team: its cells and components, the lists it needs, a "
            "project for QField, Mergin Maps or QGIS, a block of running numbers of its own, and a "
            "snapshot to merge against later. The components themselves stay as they are.",
        )

    def example(self):
        return (
            "qgis_process run wangge:pack_field_packages -- INPUT='city.gpkg|layername=component' "
            "GRIDS='city.gpkg|layername=unit_grid' TEAMS=teams.csv FOLDER=packages"
        )

    def parameters(self):
        vector = Qgis.ProcessingSourceType.Vector
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT,
                    translate("Wangge", "Components"),
                    [Qgis.ProcessingSourceType.VectorAnyGeometry],
                ),
                translate("Wangge", "Layer of the census project, a GeoPackage, with uuid filled."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS, translate("Wangge", "Unit grids"), [polygons]
                ),
                translate("Wangge", "Cells with codes; those with an end date are left out."),
            ),
            *team_parameters(),
            team_count_parameter(),
            described(
                QgsProcessingParameterFeatureSource(
                    self.DEPARTMENTS, translate("Wangge", "Departments"), [vector], optional=True
                ),
                translate("Wangge", "Goes along whole, to be chosen from."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMMUNITIES, translate("Wangge", "Communities"), [polygons], optional=True
                ),
                translate("Wangge", "Goes along as far as it lies in or near the team's cells."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.ADDRESSES, translate("Wangge", "Addresses"), [vector], optional=True
                ),
                translate("Wangge", "Goes along as far as it lies in or near the team's cells."),
            ),
            described(
                QgsProcessingParameterMultipleLayers(
                    self.BACKGROUND,
                    translate("Wangge", "Background layers"),
                    QgsProcessing.SourceType.TypeVectorAnyGeometry,
                    optional=True,
                ),
                translate("Wangge", "Streets, buildings, water … in or near the team's cells."),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.PHOTOS, translate("Wangge", "With photos"), False
                ),
                translate("Wangge", "Photos of the components, from the folder of the project."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.BLOCK_SIZE,
                    translate("Wangge", "Numbers per team"),
                    defaultValue=2000,
                    minValue=0,
                ),
                translate(
                    "Wangge",
                    "Running numbers that each team may give in every class; reserved in the project "
                    "and never given again.",
                ),
                advanced=True,
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate(
                    "Wangge", "Gets a folder per team; one that exists is never overwritten."
                ),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("PACKAGE_COUNT", translate("Wangge", "Packages")),
                ("COMPONENT_COUNT", translate("Wangge", "Components packed")),
                ("UNPACKED", translate("Wangge", "Components of no team")),
            ]
        )

    def checkParameterValues(self, parameters, context):  # noqa: N802
        return super().checkParameterValues(
            without_team_field(self, parameters, self.GRIDS, context), context
        )

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        project = project_table(job, self.INPUT)
        crs = project.source.layer.crs()
        components = project.rows(extend_layers(profile)["component"])
        require_rows(components, project.source)
        cells = job.required_source(self.GRIDS, crs=crs)
        grids = renamed(job.columns(cells), layer_spec("unit_grid"))
        require_rows(grids, cells)
        require_field(grids, cells, "grid_code")
        require_polygons(grids, cells)
        teams = read_teams(job, grids, cells)
        if not teams:
            teams = share_evenly(grids, components, job.integer(TEAM_COUNT))
        manifests = pack_project(
            project.path,
            components,
            grids,
            teams,
            job.folder(self.FOLDER),
            standard=profile.edition,
            block_size=job.integer(self.BLOCK_SIZE),
            contents=self._contents(job, crs, profile, project.path.parent),
            write=write_container,
            finish=project_writer(profile),
            progress=Part(job.progress, 0.1, 1.0),
        )
        for manifest in manifests:
            job.progress.tell(
                translate("Wangge", "{team}: {cells} unit grids, {components} components.").format(
                    team=manifest.team, cells=len(manifest.cells), components=len(manifest.uuids)
                )
            )
        packed = sum(len(m.uuids) for m in manifests)
        left = len(components) - packed
        if left:
            job.progress.warn(
                translate("Wangge", "{count} components lie in no team's cells.").format(count=left)
            )
        return {
            self.FOLDER: str(job.folder(self.FOLDER)),
            "PACKAGE_COUNT": len(manifests),
            "COMPONENT_COUNT": packed,
            "UNPACKED": left,
        }

    def _contents(self, job: Job, crs, profile: Profile, home) -> Contents:
        tables = dict(class_batches(extend_classes(profile)))
        if source := job.source(self.DEPARTMENTS):
            tables["department"] = renamed(
                job.columns(source, geometry=False), layer_spec("department")
            )
        around: dict[str, Batch] = {}
        for name, kind in ((self.COMMUNITIES, "community"), (self.ADDRESSES, "address")):
            if source := job.source(name, crs=crs):
                around[kind] = renamed(job.columns(source), layer_spec(kind))
        for source in job.sources(self.BACKGROUND, crs=crs):
            name = _table_name(source)
            while name in {"component", "finding", *around, *tables}:
                name += "_2"
            around[name] = job.columns(source)
        return Contents(tables, around, home if job.flag(self.PHOTOS) else None)


def _table_name(source: LayerSource) -> str:
    """Return the table a layer goes into: its described kind where its own table has that name."""
    parts = QgsProviderRegistry.instance().decodeUri(
        source.layer.providerType(), source.layer.source()
    )
    own = str(parts.get("layerName") or "")
    if own in LAYERS:
        return own
    return re.sub(r"\W+", "_", source.name.lower()).strip("_") or "layer"
