"""wangge:create_census_project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingOutputFile,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsVectorLayer,
)

from ...forms.census_project import CensusPlan, write_census_project
from ...forms.census_tables import CensusTables, write_census_tables
from ...plugin.census.project import found_project
from ...plugin.layers.source import LayerSource
from ...plugin.layers.whole_table import whole_table
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.standards.editions import EDITIONS, edition
from ...plugin.standards.extension import extend_classes, extend_domains, extend_layers
from ...plugin.standards.profile import Profile
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..folders import whole_folder
from ..inputs import renamed, require_field, require_polygons
from ..job import Job
from ..outputs import numbers

FILE, PROJECT, PHOTOS = "census.gpkg", "census.qgz", "photos"
# Degrees: only where nothing says better, since distances need metres.
_FALLBACK = "EPSG:4490"


class CreateCensusProject(WanggeAlgorithm):
    """Make everything a census begins with: one GeoPackage and a project with forms."""

    ID = "create_census_project"
    GROUP = Group.CENSUS
    FOLDER, PROFILE, STANDARD = "FOLDER", "PROFILE", "STANDARD"
    COMMUNITIES, GRIDS, COMPONENTS = "COMMUNITIES", "GRIDS", "COMPONENTS"
    DEPARTMENTS, ADDRESSES = "DEPARTMENTS", "ADDRESSES"
    GEOPACKAGE, PROJECT = "GEOPACKAGE", "PROJECT"

    def title(self):
        return translate("Wangge", "Create census project")

    def summary(self):
        return translate(
            "Wangge",
            "Makes a folder with one GeoPackage and a project: components with forms, class lists, "
            "department lookup, legends, snapping and map themes. Grid, community, street, code, "
            "date and surveyor fill themselves. The forms work without Wangge, in QField and in "
            "Mergin Maps.",
        )

    def example(self):
        return (
            "qgis_process run wangge:create_census_project -- FOLDER=census "
            "GRIDS='city.gpkg|layername=unit_grid' COMMUNITIES='city.gpkg|layername=community'"
        )

    def parameters(self):
        polygons = Qgis.ProcessingSourceType.VectorPolygon
        anything = Qgis.ProcessingSourceType.Vector

        def source(name: str, title: str, kind, text: str):
            return described(
                QgsProcessingParameterFeatureSource(name, title, [kind], optional=True), text
            )

        return [
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate("Wangge", "An empty folder or one that is not there yet."),
            ),
            profile_parameter(self.PROFILE),
            source(
                self.COMMUNITIES,
                translate("Wangge", "Communities"),
                polygons,
                translate("Wangge", "Fill the names of community and street."),
            ),
            source(
                self.GRIDS,
                translate("Wangge", "Unit grids"),
                polygons,
                translate("Wangge", "Fill unit grid, community, street and district of the code."),
            ),
            source(
                self.COMPONENTS,
                translate("Wangge", "Components"),
                anything,
                translate("Wangge", "What is known already; empty for a first census."),
            ),
            source(
                self.DEPARTMENTS,
                translate("Wangge", "Departments"),
                anything,
                translate(
                    "Wangge", "Table with department_code and department_name to choose from."
                ),
            ),
            source(
                self.ADDRESSES,
                translate("Wangge", "Geocoded places"),
                anything,
                translate("Wangge", "Shown for orientation."),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.STANDARD,
                    translate("Wangge", "Standard"),
                    options=[e.id for e in EDITIONS],
                    usesStaticStrings=True,
                    optional=True,
                ),
                translate("Wangge", "Edition of the component standard; the profile's if empty."),
                advanced=True,
            ),
        ]

    def outputs(self):
        return [
            QgsProcessingOutputFile(self.PROJECT, translate("Wangge", "Project")),
            QgsProcessingOutputFile(self.GEOPACKAGE, translate("Wangge", "GeoPackage")),
            *numbers(
                [
                    ("COMPONENT_COUNT", translate("Wangge", "Components")),
                    ("CELL_COUNT", translate("Wangge", "Number of cells")),
                    ("COMMUNITY_COUNT", translate("Wangge", "Communities")),
                    ("DEPARTMENT_COUNT", translate("Wangge", "Departments")),
                    ("CLASS_COUNT", translate("Wangge", "Component classes")),
                ]
            ),
        ]

    def execute(self, job: Job):
        profile = self._profile(job)
        crs = self._crs(job, profile)
        specs = extend_layers(profile)
        classes = extend_classes(profile)
        folder = Path(self.parameterAsFileOutput(job.parameters, self.FOLDER, job.context))
        with whole_folder(folder, ()) as part:
            tables = CensusTables(classes, specs, crs, self._read(job, profile, crs))
            (part / PHOTOS).mkdir()
            written = write_census_tables(
                part / FILE, tables, progress=Part(job.progress, 0.1, 0.8)
            )
            plan = CensusPlan(
                part / FILE,
                written.specs,
                classes,
                extend_domains(profile),
                profile.edition,
                crs,
                translate("Wangge", "Component census {city}").format(city=profile.title),
                profile.id,
                written.district_code,
                variables={"wangge_project_id": found_project(part / FILE)},
            )
            write_census_project(part / PROJECT, plan)
        return {
            self.FOLDER: str(folder),
            self.PROJECT: str(folder / PROJECT),
            self.GEOPACKAGE: str(folder / FILE),
            "COMPONENT_COUNT": written.count("component"),
            "CELL_COUNT": written.count("unit_grid"),
            "COMMUNITY_COUNT": written.count("community"),
            "DEPARTMENT_COUNT": written.count("department"),
            "CLASS_COUNT": written.count("component_class"),
        }

    def _profile(self, job: Job) -> Profile:
        profile = read_profile(job, self.PROFILE)
        if job.is_given(self.STANDARD):
            profile = replace(profile, edition=edition(job.choice(self.STANDARD)))
        if profile.edition.caution:
            job.progress.warn(profile.edition.caution)
        return profile

    def _crs(self, job: Job, profile: Profile) -> str:
        """Return the profile's CRS, else that of the first layer given, else the project's."""
        if profile.crs:
            return profile.crs
        found = [
            layer.crs()
            for name in (self.GRIDS, self.COMMUNITIES, self.COMPONENTS, self.ADDRESSES)
            if (layer := job.layer(name)) is not None
        ]
        project = job.context.project()
        if project is not None:
            found.append(project.crs())
        for crs in found:
            if crs.isValid():
                return crs.authid() or crs.toWkt()
        job.progress.warn(
            translate(
                "Wangge",
                "No layer and no profile names a coordinate reference system; {crs} is taken. "
                "Near duplicates are found by distance, so better set one in metres.",
            ).format(crs=_FALLBACK)
        )
        return _FALLBACK

    def _read(self, job: Job, profile: Profile, crs: str) -> dict[str, Batch]:
        target = QgsCoordinateReferenceSystem.fromOgcWmsCrs(crs)
        if not target.isValid():
            target = QgsCoordinateReferenceSystem.fromWkt(crs)
        specs = extend_layers(profile)
        wanted = {
            "community": (self.COMMUNITIES, "community_code"),
            "unit_grid": (self.GRIDS, "grid_code"),
            "component": (self.COMPONENTS, ""),
            "department": (self.DEPARTMENTS, "department_code"),
            "address": (self.ADDRESSES, ""),
        }
        found = {}
        for name, (parameter, needed) in wanted.items():
            source = job.source(parameter, crs=target)
            if source is None:
                continue
            source = _whole_table(source)
            batch = renamed(job.columns(source), specs[name])
            if needed:
                require_field(batch, source, needed)
            if name in ("community", "unit_grid"):
                require_polygons(batch, source)
            if name == "department":
                batch = replace(batch, geometry=None)
            found[name] = batch
        return found


def _whole_table(source: LayerSource) -> LayerSource:
    """Return all of a table of which a layer shows one kind of geometry.

    A census project has one table of components and three layers of it: who names one of
    them means them all.
    """
    text = whole_table(source.layer)
    if not text or source.selected_only or source.expression or source.layer.isEditable():
        return source
    whole = QgsVectorLayer(text, source.name, "ogr")
    return replace(source, layer=whole) if whole.isValid() else source
