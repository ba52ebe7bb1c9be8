"""wangge:create_sample_city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from ...plugin.layers.container import write_container
from ...plugin.layers.projects import ProjectLayer, write_project
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.sample.city import CRS
from ...plugin.sample.model import CityOptions
from ...plugin.sample.tiles import generate_districts
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers

FILE = "city.gpkg"
PROJECT = "city.qgz"


class CreateSampleCity(WanggeAlgorithm):
    """Invent a Chinese town with everything Wangge works on."""

    ID = "create_sample_city"
    GROUP = Group.GENERAL
    AREA, COMPONENTS, SEED, ERRORS = "AREA_KM2", "COMPONENTS", "SEED", "ERRORS"
    FOLDER, CITY, PROJECT = "FOLDER", "CITY", "PROJECT"

    def title(self):
        return translate("Wangge", "Create sample city")

    def summary(self):
        return translate(
            "Wangge",
            "Invents a town: communities, streets, rivers, buildings, unit grids, components, "
            "departments, addresses, risks, cases and a survey, as one GeoPackage and a project. All "
            "names and codes are made up, in valid form.",
        )

    def example(self):
        return "qgis_process run wangge:create_sample_city -- FOLDER=sample AREA_KM2=4 SEED=7"

    def parameters(self):
        return [
            described(
                QgsProcessingParameterNumber(
                    self.AREA,
                    translate("Wangge", "Area (km²)"),
                    QgsProcessingParameterNumber.Type.Double,
                    12,
                    minValue=0.1,
                ),
                translate(
                    "Wangge", "How large the town is; from 100 km² on it has several districts."
                ),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.COMPONENTS,
                    translate("Wangge", "Components"),
                    defaultValue=20_000,
                    minValue=0,
                ),
                translate("Wangge", "How many lamps, covers, benches … it has."),
            ),
            described(
                QgsProcessingParameterNumber(
                    self.SEED, translate("Wangge", "Seed"), defaultValue=0, minValue=0
                ),
                translate("Wangge", "The same seed gives the same town."),
            ),
            described(
                QgsProcessingParameterBoolean(
                    self.ERRORS, translate("Wangge", "With deliberate errors"), True
                ),
                translate("Wangge", "On: a handful of every kind, to try the checks on."),
            ),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate("Wangge", "Gets city.gpkg and the project city.qgz; both are replaced."),
            ),
        ]

    def outputs(self):
        return [
            QgsProcessingOutputFile(self.CITY, translate("Wangge", "GeoPackage")),
            QgsProcessingOutputFile(self.PROJECT, translate("Wangge", "Project")),
            *numbers(
                [
                    ("COMMUNITY_COUNT", translate("Wangge", "Communities")),
                    ("CELL_COUNT", translate("Wangge", "Number of cells")),
                    ("COMPONENT_COUNT", translate("Wangge", "Components")),
                    ("ERROR_COUNT", translate("Wangge", "Deliberate errors")),
                ]
            ),
        ]

    def execute(self, job: Job):
        options = CityOptions(
            area_km2=job.number(self.AREA),
            components=job.integer(self.COMPONENTS),
            seed=job.integer(self.SEED),
            errors=job.flag(self.ERRORS),
        )
        folder = job.folder(self.FOLDER)
        path: Path = folder / FILE
        counts = Counter[str]()
        specs: dict[str, LayerSpec] = {}

        def districts() -> Iterator[Mapping[str, Batch]]:
            for city in generate_districts(options, progress=Part(job.progress, 0.0, 0.95)):
                specs.update({name: layer_spec(name) for name in city.layers})
                counts.update({name: len(rows) for name, rows in city.layers.items()})
                counts["errors"] += len(city.deliberate)
                yield city.layers

        write_container(path, districts(), specs, CRS)
        write_project(folder / PROJECT, [ProjectLayer(name, path, name) for name in specs], CRS)
        return {
            self.FOLDER: str(folder),
            self.CITY: str(path),
            self.PROJECT: str(folder / PROJECT),
            "COMMUNITY_COUNT": counts["community"],
            "CELL_COUNT": counts["unit_grid"],
            "COMPONENT_COUNT": counts["component"],
            "ERROR_COUNT": counts["errors"],
        }
