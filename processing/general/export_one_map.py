"""wangge:export_one_map."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from ...plugin.layers.city_map.exporting import export_layouts, file_names
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..folders import whole_folder
from ..job import Job
from ..outputs import numbers

WIDTHS = {"1920×1080": 1920, "3840×2160": 3840}


class ExportOneMap(WanggeAlgorithm):
    """Print the one map: pictures for a wall of screens and an A3 PDF."""

    ID = "export_one_map"
    GROUP = Group.GENERAL
    PROJECT, SIZE, FOLDER = "PROJECT", "SIZE", "FOLDER"

    def title(self):
        return translate("Wangge", "Export one map")

    def summary(self):
        return translate(
            "Wangge",
            "Writes a picture of each theme for the wall screen and all themes as an A3 PDF, from "
            "the layouts of a one map project as they are saved in it.",
        )

    def example(self):
        return (
            "qgis_process run wangge:export_one_map -- PROJECT=one_map/one_map.qgz "
            "SIZE=3840×2160 FOLDER=wall"
        )

    def flags(self):
        # Layouts are graphics scenes, which Qt allows in the main thread only.
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFile(
                    self.PROJECT, translate("Wangge", "Project of the one map"), extension="qgz"
                ),
                translate("Wangge", "What “Create one map” made; its layouts may be edited."),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.SIZE,
                    translate("Wangge", "Size of the pictures"),
                    list(WIDTHS),
                    defaultValue="1920×1080",
                    usesStaticStrings=True,
                ),
                translate("Wangge", "In pixels."),
            ),
            described(
                QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
                translate(
                    "Wangge", "Gets wall_<theme>.png and one_map_a3.pdf; earlier ones are replaced."
                ),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("PICTURE_COUNT", translate("Wangge", "Pictures")),
                ("PAGE_COUNT", translate("Wangge", "Pages")),
            ]
        )

    def execute(self, job: Job):
        folder = Path(job.text(self.FOLDER))
        with whole_folder(folder, file_names()) as part:
            made = export_layouts(
                job.required_file(self.PROJECT),
                part,
                width=WIDTHS[job.choice(self.SIZE)],
                progress=job.progress,
            )
        return {self.FOLDER: str(folder), "PICTURE_COUNT": made.pictures, "PAGE_COUNT": made.pages}
