"""wangge:create_one_map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsProcessingOutputFile,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from ...plugin.layers.city_map.entries import Dictionary
from ...plugin.layers.city_map.pages import Heading
from ...plugin.layers.city_map.project import Ground, OneMap, write_one_map
from ...plugin.layers.city_map.tables import AREA, CELL
from ...plugin.layers.city_map.themes import missing_themes
from ...plugin.layers.container import write_container
from ...plugin.layers.source import LayerSource
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.standards.extension import extend_classes, extend_domains, extend_layers
from ...plugin.standards.layers import LAYERS
from ...plugin.standards.profile import Profile
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..checking import profile_parameter, read_profile
from ..city_platform import pull_city
from ..city_tables import INPUTS, count_city, read_city
from ..database.connections import CONNECTION, SCHEMA
from ..job import Job
from ..outputs import geometry_of_columns, numbers

FILE, PROJECT = "one_map.gpkg", "one_map.qgz"
LEVELS = ("community", "street", "district")
_GROUND = ("street", "water", "building")


class CreateOneMap(WanggeAlgorithm):
    """Make the one map: a project with four themes and its layouts from what the city has."""

    ID = "create_one_map"
    GROUP = Group.GENERAL
    BACKGROUND, LEVEL, RADIUS = "BACKGROUND", "LEVEL", "RADIUS"
    TITLE, PROFILE, FOLDER = "TITLE", "PROFILE", "FOLDER"

    def title(self):
        return translate("Wangge", "Create one map")

    def summary(self):
        return translate(
            "Wangge",
            "Makes a project with the themes supervision, network operation, municipal facilities "
            "and risks, with layouts for a wall screen and A3. Give what there is: a theme without "
            "data is left out. The map is a snapshot; run it again to renew it.",
        )

    def example(self):
        return (
            "qgis_process run wangge:create_one_map -- GRIDS='city.gpkg|layername=unit_grid' "
            "COMMUNITIES='city.gpkg|layername=community' CASES='city.gpkg|layername=case' "
            "FACILITIES='city.gpkg|layername=facility' FOLDER=one_map"
        )

    def parameters(self):
        return [*self._layers(), *self._choices()]

    def _layers(self):
        kinds = Qgis.ProcessingSourceType
        polygon, point, spatial = kinds.VectorPolygon, kinds.VectorPoint, kinds.VectorAnyGeometry
        rows = (
            ("COMMUNITIES", translate("Wangge", "Communities"), polygon,
             translate("Wangge", "Borders and names; rates and rankings are counted by them.")),
            ("GRIDS", translate("Wangge", "Unit grids"), polygon,
             translate("Wangge", "Components, service and risks are shown by cell.")),
            ("COMPONENTS", translate("Wangge", "Components"), spatial,
             translate("Wangge", "Counted by cell; each shows from near.")),
            ("CASES", translate("Wangge", "Cases"), kinds.Vector,
             translate("Wangge", "With state and the code of the unit grid, or as points.")),
            ("RISKS", translate("Wangge", "Risks"), spatial,
             translate("Wangge", "The risk list with its levels.")),
            ("FACILITIES", translate("Wangge", "Facilities"), spatial,
             translate("Wangge", "Waste plants, landfills, transfer stations, public toilets.")),
            ("MONITORS", translate("Wangge", "Monitors"), point,
             translate("Wangge", "Waterlogging points and underpasses with their status.")),
            ("CAMERAS", translate("Wangge", "Video positions"), point,
             translate("Wangge", "Cameras with their status and direction.")),
        )  # fmt: skip
        return [
            described(QgsProcessingParameterFeatureSource(name, title, [kind], optional=True), text)
            for name, title, kind, text in rows
        ]

    def _choices(self):
        return [
            described(
                QgsProcessingParameterMultipleLayers(
                    self.BACKGROUND,
                    translate("Wangge", "Background"),
                    Qgis.ProcessingSourceType.VectorAnyGeometry,
                    optional=True,
                ),
                translate("Wangge", "Streets, water, buildings, the uppermost first."),
            ),
            described(
                QgsProcessingParameterProviderConnection(
                    CONNECTION, translate("Wangge", "Platform database"), "postgres", optional=True
                ),
                translate(
                    "Wangge",
                    "Communities, unit grids, components and risks not given come from it.",
                ),
            ),
            described(
                QgsProcessingParameterString(SCHEMA, translate("Wangge", "Schema"), optional=True),
                translate("Wangge", "Schema of the platform; the profile's when empty (wangge)."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterEnum(
                    self.LEVEL,
                    translate("Wangge", "Level"),
                    list(LEVELS),
                    defaultValue="community",
                    usesStaticStrings=True,
                ),
                translate("Wangge", "By which areas rates and rankings are counted."),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.RADIUS,
                    translate("Wangge", "Service radius (m)"),
                    QgsProcessingParameterNumber.Type.Double,
                    0.0,
                    minValue=0.0,
                ),
                translate(
                    "Wangge", "How far a public toilet serves; 0 takes the radius of the profile."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterString(
                    self.TITLE, translate("Wangge", "Title"), optional=True
                ),
                translate("Wangge", "Stands on each page; the profile's city when empty."),
            ),
            profile_parameter(self.PROFILE),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate(
                    "Wangge",
                    "Gets one_map.gpkg and the project one_map.qgz; both are replaced. It can be "
                    "carried to another machine as it is.",
                ),
            ),
        ]

    def outputs(self):
        return [
            QgsProcessingOutputFile("PROJECT", translate("Wangge", "Project")),
            *numbers(
                [
                    ("THEME_COUNT", translate("Wangge", "Themes")),
                    ("CELL_COUNT", translate("Wangge", "Number of cells")),
                    ("AREA_COUNT", translate("Wangge", "Areas")),
                ]
            ),
        ]

    def execute(self, job: Job):
        profile = read_profile(job, self.PROFILE)
        given = {INPUTS[name] for name in INPUTS if job.is_given(name)}
        pulled, crs = pull_city(job, profile, given) if job.is_given(CONNECTION) else ({}, None)
        city = read_city(job, profile, pulled=pulled, crs=crs)
        radius = job.number(self.RADIUS) or profile.tolerances["service_radius_m"]
        counted = count_city(job, city, profile, level=job.choice(self.LEVEL), radius=radius)
        specs: dict[str, LayerSpec] = {**extend_layers(profile), "cell": CELL, "area": AREA}
        tables = {n: _drawn(b) for n, b in {**city.layers, **counted}.items() if n != "unit_grid"}
        background, ground = self._background(job, city.crs)
        folder = job.folder(self.FOLDER)
        everything = {**tables, **background}
        write_container(
            folder / FILE,
            everything,
            {n: specs.get(n) or LayerSpec(n, (), "") for n in everything},
            city.crs.authid() or city.crs.toWkt(),
            types={n: geometry_of_columns(b) for n, b in everything.items()},
            progress=Part(job.progress, 0.6, 0.95),
        )
        for sentence in missing_themes(tables):
            job.progress.tell(sentence)
        # Layouts are graphics scenes: `postProcessAlgorithm`, in the main thread, makes them.
        self._content = OneMap(
            container=folder / FILE,
            tables=tables,
            ground=ground,
            crs=city.crs,
            dictionary=Dictionary(specs, extend_domains(profile), extend_classes(profile)),
            heading=Heading(
                job.text(self.TITLE) or _title(profile),
                translate("Wangge", "As of {day}").format(day=date.today().isoformat()),
                translate("Wangge", "Service radius of toilets: {radius} m").format(
                    radius=f"{radius:g}"
                ),
            ),
        )
        self._results = {
            self.FOLDER: str(folder),
            "PROJECT": str(folder / PROJECT),
            "CELL_COUNT": len(tables.get("cell", ())),
            "AREA_COUNT": len(tables.get("area", ())),
        }
        return self._results

    def postProcessAlgorithm(self, context, feedback):  # noqa: N802
        content, results = self._content, self._results
        themes = write_one_map(Path(str(results["PROJECT"])), content)
        return {**results, "THEME_COUNT": len(themes)}

    def _background(self, job: Job, crs) -> tuple[dict[str, Batch], list[Ground]]:
        tables: dict[str, Batch] = {}
        ground: list[Ground] = []
        for source in job.sources(self.BACKGROUND, crs=crs):
            batch = job.columns(LayerSource(source.layer, crs=crs), names=[])
            if batch.geometry is None or not len(batch):
                continue
            table = source.layer.source().rpartition("|layername=")[2].split("|")[0]
            words = f"{source.layer.name()} {table}".lower()
            kind = next((k for k in _GROUND if k in words or LAYERS[k].title_zh in words), "")
            name = f"ground_{len(ground) + 1}"
            title = LAYERS[kind].title if kind else source.layer.name()
            tables[name] = Batch({}, batch.geometry, batch.ids, batch.crs)
            ground.append(Ground(name, title, kind))
        return tables, ground


def _drawn(batch: Batch) -> Batch:
    """Return rows as one layer can draw them: a point each where points, lines and areas mix."""
    if batch.geometry is None:
        return batch
    there = ~shapely.is_missing(batch.geometry)
    if len(np.unique(shapely.get_dimensions(batch.geometry[there]))) < 2:
        return batch
    return replace(batch, geometry=shapely.point_on_surface(batch.geometry))


def _title(profile: Profile) -> str:
    if profile.id == "generic":
        return translate("Wangge", "City at a glance")
    return translate("Wangge", "{city} at a glance").format(city=profile.title)
