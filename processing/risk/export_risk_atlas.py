"""wangge:export_risk_atlas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProcessingOutputFile,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ...plugin.layers.atlas.book import AtlasBook, AtlasMaps
from ...plugin.layers.styles import apply_style
from ...plugin.progress import Part
from ...plugin.risk.atlas_data import Provenance, make_atlas
from ...plugin.risk.schemes import LEVELS
from ...plugin.risk.workbook import write_risk_workbook
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..atlas_areas import read_areas
from ..base import Group, WanggeAlgorithm, described
from ..folders import whole_folder
from ..inputs import renamed
from ..job import Job
from ..outputs import numbers

PDF, LIST = "risk_atlas.pdf", "risk_list.xlsx"
_STYLED = ("street", "water", "building", "unit_grid", "community")
_TITLE = "城市风险图册"


class ExportRiskAtlas(WanggeAlgorithm):
    """Print the risk list as an atlas: a page or more for each area, and the list beside it."""

    ID = "export_risk_atlas"
    GROUP = Group.RISK
    INPUT, AREAS, KEY, PREVIOUS = "INPUT", "AREAS", "KEY_FIELD", "PREVIOUS"
    BACKGROUND, PAPER, TEMPLATES = "BACKGROUND", "PAPER", "TEMPLATES"
    TITLE, EDITION, DATE = "TITLE", "EDITION", "DATE"
    PREVIOUS_EDITION, SOURCE = "PREVIOUS_EDITION", "SOURCE"
    FOLDER = "FOLDER"

    def title(self):
        return translate("Wangge", "Export risk atlas")

    def summary(self):
        return translate(
            "Wangge",
            "Prints the open risks as a PDF atlas: an overview, one page or more for each area with "
            "map, index map, legend, table and what changed since the previous edition, and writes "
            "the list beside it as .xlsx. The folder gets both files or none.",
        )

    def example(self):
        return (
            "qgis_process run wangge:export_risk_atlas -- INPUT='city.gpkg|layername=risk' "
            "AREAS='city.gpkg|layername=community' KEY_FIELD=street_code FOLDER=atlas"
        )

    def flags(self):
        # Layouts are graphics scenes, which Qt allows in the main thread only.
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def parameters(self):
        return [*self._inputs(), *self._looks(), *self._words(), self._folder()]

    def _inputs(self):
        kinds = Qgis.ProcessingSourceType
        return [
            described(
                QgsProcessingParameterFeatureSource(
                    self.INPUT, translate("Wangge", "Risks"), [kinds.VectorAnyGeometry]
                ),
                translate("Wangge", "Scored risks: points, lines or polygons."),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.AREAS, translate("Wangge", "Areas"), [kinds.VectorPolygon]
                ),
                translate("Wangge", "Unit grids, communities, streets or districts."),
            ),
            described(
                QgsProcessingParameterField(
                    self.KEY,
                    translate("Wangge", "Field of the pages"),
                    parentLayerParameterName=self.AREAS,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "One page or more for each value: street_code makes pages of streets from "
                    "communities. The areas' own code when empty.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.PREVIOUS,
                    translate("Wangge", "Previous edition"),
                    [kinds.Vector],
                    optional=True,
                ),
                translate(
                    "Wangge", "The risks as they were, matched by their codes: changes are shown."
                ),
            ),
        ]

    def _looks(self):
        return [
            described(
                QgsProcessingParameterMultipleLayers(
                    self.BACKGROUND,
                    translate("Wangge", "Background"),
                    Qgis.ProcessingSourceType.MapLayer,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Layers under the risks, the uppermost first: streets, water, buildings. In their "
                    "own style when they are in the project.",
                ),
            ),
            described(
                QgsProcessingParameterEnum(
                    self.PAPER,
                    translate("Wangge", "Paper"),
                    ["A4", "A3"],
                    defaultValue="A4",
                    usesStaticStrings=True,
                ),
                translate("Wangge", "Both lie landscape."),
            ),
            described(
                QgsProcessingParameterFile(
                    self.TEMPLATES,
                    translate("Wangge", "Folder of layout templates"),
                    Qgis.ProcessingFileParameterBehavior.Folder,
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "The city's own copies of resources/layouts, edited in QGIS; those it lacks are "
                    "taken from the plugin.",
                ),
                advanced=True,
            ),
        ]

    def _words(self):
        texts = [
            (
                self.TITLE,
                translate("Wangge", "Title"),
                _TITLE,
                translate("Wangge", "Stands on each page."),
            ),
            (
                self.EDITION,
                translate("Wangge", "Edition"),
                None,
                translate("Wangge", "Such as 2026年第1期."),
            ),
            (
                self.PREVIOUS_EDITION,
                translate("Wangge", "Name of the previous edition"),
                None,
                translate("Wangge", "Such as 2025年第4期."),
            ),
            (
                self.SOURCE,
                translate("Wangge", "Source"),
                None,
                translate("Wangge", "Where the risks come from; the layer's name when empty."),
            ),
        ]
        return [
            *(
                described(
                    QgsProcessingParameterString(name, title, defaultValue=value, optional=True),
                    text,
                    advanced=name in (self.PREVIOUS_EDITION, self.SOURCE),
                )
                for name, title, value, text in texts
            ),
            described(
                QgsProcessingParameterDateTime(
                    self.DATE,
                    translate("Wangge", "Date"),
                    Qgis.ProcessingDateTimeParameterDataType.Date,
                    optional=True,
                ),
                translate("Wangge", "Date of the edition; today when empty."),
                advanced=True,
            ),
        ]

    def _folder(self):
        return described(
            QgsProcessingParameterFolderDestination(self.FOLDER, translate("Wangge", "Folder")),
            translate(
                "Wangge", "Gets {pdf} and {list}; an earlier atlas in it is replaced."
            ).format(pdf=PDF, list=LIST),
        )

    def outputs(self):
        return [
            QgsProcessingOutputFile("PDF", translate("Wangge", "Atlas")),
            QgsProcessingOutputFile("LIST", translate("Wangge", "List")),
            *numbers(
                [
                    ("PAGE_COUNT", translate("Wangge", "Pages")),
                    ("AREA_COUNT", translate("Wangge", "Areas")),
                    ("RISK_COUNT", translate("Wangge", "Open risks")),
                    ("CHANGE_COUNT", translate("Wangge", "Changes")),
                ]
            ),
        ]

    def execute(self, job: Job):
        areas, crs = read_areas(job, self.AREAS, job.text(self.KEY))
        risks = self._risks(job, self.INPUT, crs)
        previous = self._risks(job, self.PREVIOUS, crs) if job.is_given(self.PREVIOUS) else None
        atlas = make_atlas(
            risks,
            areas,
            key_field="key",
            name_field="name",
            previous=previous,
            provenance=self._provenance(job),
            progress=Part(job.progress, 0.0, 0.1),
        )
        shown = AtlasMaps(
            crs,
            np.asarray(risks.geometry),
            np.asarray(areas.geometry),
            np.where(np.isin(risks.text("level"), list(LEVELS)), risks.text("level"), ""),
            self._background(job),
        )
        templates = job.file(self.TEMPLATES) if job.is_given(self.TEMPLATES) else None
        book = AtlasBook(atlas, shown, paper=job.choice(self.PAPER).lower(), templates=templates)
        folder = Path(job.text(self.FOLDER))
        with whole_folder(folder, (PDF, LIST)) as part:
            pages = book.build(progress=Part(job.progress, 0.1, 0.3))
            book.write_pdf(part / PDF, progress=Part(job.progress, 0.3, 0.95))
            write_risk_workbook(part / LIST, risks, atlas)
        job.progress.tell(
            translate("Wangge", "{pages} pages for {areas} areas with {risks} open risks.").format(
                pages=pages, areas=len(atlas.pages), risks=sum(atlas.counts.values())
            )
        )
        return {
            self.FOLDER: str(folder),
            "PDF": str(folder / PDF),
            "LIST": str(folder / LIST),
            "PAGE_COUNT": pages,
            "AREA_COUNT": len(atlas.pages),
            "RISK_COUNT": sum(atlas.counts.values()),
            "CHANGE_COUNT": len(atlas.changes),
        }

    def _risks(self, job: Job, name: str, crs: QgsCoordinateReferenceSystem) -> Batch:
        return renamed(job.columns(job.required_source(name, crs=crs)), layer_spec("risk"))

    def _provenance(self, job: Job) -> Provenance:
        day = job.algorithm.parameterAsDateTime(job.parameters, self.DATE, job.context).date()
        given = job.is_given(self.DATE) and day.isValid()
        return Provenance(
            title=job.text(self.TITLE) or _TITLE,
            edition=job.text(self.EDITION),
            day=day.toPyDate() if given else date.today(),
            previous_edition=job.text(self.PREVIOUS_EDITION),
            source=job.text(self.SOURCE) or _name_of(job.required_source(self.INPUT).layer),
        )

    def _background(self, job: Job) -> list:
        if not job.is_given(self.BACKGROUND):
            return []
        layers = job.algorithm.parameterAsLayerList(job.parameters, self.BACKGROUND, job.context)
        project = job.context.project()
        for layer in layers:
            if project is None or project.mapLayer(layer.id()) is None:
                for name in _STYLED:
                    if name in layer.source().rpartition("|layername=")[2].split("|")[0]:
                        apply_style(layer, name)
        return layers


def _name_of(layer: QgsVectorLayer) -> str:
    """Return the layer's name, with the file it lies in where the name is only the file's."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path, table = parts.get("path") or "", parts.get("layerName") or ""
    if table and layer.name() == Path(path).stem:
        return f"{Path(path).name} {table}"
    return layer.name()
