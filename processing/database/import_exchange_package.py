"""wangge:import_exchange_package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsProcessingContext,
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

if TYPE_CHECKING:
    from ...plugin.database.exchange.arrival import Imported


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

    def _show(self, job: Job, output: Path, done: Imported) -> None:
        """Let the desktop open what has rows, in a group of its own."""
        titles = {c.table.name: c.table.title for c in done.manifest.contents}
        for name, rows in done.tables.items():
            if rows and job.context.project() is not None:
                title = titles.get(name, name)
                details = QgsProcessingContext.LayerDetails(title, job.context.project(), name)
                details.groupName = output.stem
                job.context.addLayerToLoadOnCompletion(f"{output}|layername={name}", details)

    def execute(self, job: Job):
        from ...plugin.database.exchange.arrival import import_package
        from ...plugin.database.exchange.folders import packages_in

        output = job.file_output(self.OUTPUT)
        if output is None:
            raise WanggeError(translate("Wangge", "Say where the layers are to be written."))
        before = job.file(self.PREVIOUS)
        done = import_package(
            job.required_file(self.FOLDER),
            output,
            previous=packages_in(before) if before else (),
            progress=job.progress,
        )
        for name in done.spatial:
            layer = QgsVectorLayer(f"{output}|layername={name}", name, "ogr")
            layer.dataProvider().createSpatialIndex()
        for note in done.manifest.notes:
            job.progress.tell(note)
        self._show(job, output, done)
        return {
            self.OUTPUT: str(output),
            self.LAYERS: [f"{output}|layername={name}" for name in done.tables],
            "CATEGORY_COUNT": len(done.tables),
            "ROW_COUNT": done.rows,
        }
