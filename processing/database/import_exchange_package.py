"""wangge:import_exchange_package."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsVectorLayer,
)

from ...plugin.errors import WanggeError
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..job import Job
from ..outputs import numbers


class ImportExchangePackage(WanggeAlgorithm):
    """Take in a package that another system sent."""

    ID = "import_exchange_package"
    GROUP = Group.DATABASE
    FOLDER, PREVIOUS, OUTPUT, LAYERS = "FOLDER", "PREVIOUS", "OUTPUT", "LAYERS"

    def title(self):
        return translate("Wangge", "Import exchange package")

    def summary(self):
        return translate(
            "Wangge",
            "Checks a package (files, hashes, counts, every row) and writes it as one GeoPackage "
            "with a layer for each category, under our own field names. Nothing is written when "
            "anything is wrong.",
        )

    def example(self):
        return "qgis_process run wangge:import_exchange_package -- FOLDER=package OUTPUT=got.gpkg"

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFile(
                    self.FOLDER,
                    translate("Wangge", "Package"),
                    Qgis.ProcessingFileParameterBehavior.Folder,
                ),
                translate("Wangge", "Folder of the package; the one that holds manifest.json."),
            ),
            described(
                QgsProcessingParameterFile(
                    self.PREVIOUS,
                    translate("Wangge", "Previous package"),
                    Qgis.ProcessingFileParameterBehavior.Folder,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "For a package of changes: the full package before it, or a folder that holds it "
                    "and the changes between. The result is then the whole state.",
                ),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.OUTPUT, translate("Wangge", "Layers"), "GeoPackage (*.gpkg)"
                ),
                translate("Wangge", "One layer for each category; an older file is replaced."),
            ),
        ]

    def outputs(self):
        return [
            QgsProcessingOutputMultipleLayers(self.LAYERS, translate("Wangge", "Layers")),
            *numbers(
                [
                    ("CATEGORY_COUNT", translate("Wangge", "Categories")),
                    ("ROW_COUNT", translate("Wangge", "Rows")),
                ]
            ),
        ]

    def execute(self, job: Job):
        from ...plugin.database.exchange.arrival import import_package, packages_in

        output = job.file_output(self.OUTPUT)
        if output is None:
            raise WanggeError(translate("Wangge", "Say where the layers are to be written."))
        before = job.file(self.PREVIOUS)
        done = import_package(
            job.file(self.FOLDER),
            output,
            previous=packages_in(before) if before else (),
            progress=job.progress,
        )
        for name in done.spatial:
            layer = QgsVectorLayer(f"{output}|layername={name}", name, "ogr")
            layer.dataProvider().createSpatialIndex()
        for note in done.manifest.notes:
            job.progress.tell(note)
        return {
            self.OUTPUT: str(output),
            self.LAYERS: [f"{output}|layername={name}" for name in done.tables],
            "CATEGORY_COUNT": len(done.tables),
            "ROW_COUNT": done.rows,
        }
