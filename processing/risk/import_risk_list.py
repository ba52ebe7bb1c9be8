"""wangge:import_risk_list."""

from __future__ import annotations

import json

from qgis.core import (
    Qgis,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ...plugin.layers.fields import fields_of_columns
from ...plugin.progress import Part
from ...plugin.risk.intake.importer import import_risk_list
from ...plugin.risk.intake.issues import issues_table, read_answers
from ...plugin.risk.intake.profile import read_profile
from ...plugin.risk.location import fill_cells
from ...plugin.risk.schemes import available_schemes, load_scheme
from ...plugin.standards.layers import layer as layer_spec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..files import write_text
from ..inputs import renamed
from ..job import Job
from ..outputs import numbers, save_layer
from ..risk_places import crs_of_places, read_places
from ..risk_report import intake_report, tell_counts


class ImportRiskList(WanggeAlgorithm):
    """Read the spreadsheet of a department; every row is taken or refused with its reason."""

    ID = "import_risk_list"
    GROUP = Group.RISK
    INPUT, FIELD_MAP, ADDRESSES = "INPUT", "FIELD_MAP", "ADDRESSES"
    GRIDS, COMPONENTS, CRS = "GRIDS", "COMPONENTS", "CRS"
    SCHEME, ANSWERS, LIKENESS, EXISTING = "SCHEME", "ANSWERS", "ACCEPT_LIKENESS", "EXISTING"
    OUTPUT, REJECTED, QUESTIONS = "OUTPUT", "REJECTED", "QUESTIONS"
    REPORT, SAVED_MAP = "REPORT", "SAVED_FIELD_MAP"

    def title(self):
        return translate("Wangge", "Import risk list")

    def summary(self):
        return translate(
            "Wangge",
            "Reads a spreadsheet of risks as departments send it (title rows, merged cells, several "
            "sheets), places each row by coordinates, address, component or unit grid, and puts every "
            "row into the risks or, with the cell and the reason, into the rejected rows.",
        )

    def example(self):
        return (
            "qgis_process run wangge:import_risk_list -- INPUT=桥梁.xlsx "
            "ADDRESSES='city.gpkg|layername=address' OUTPUT=risks.gpkg REJECTED=rejected.csv"
        )

    def parameters(self):
        return [*self._inputs(), *self._choices(), *self._results()]

    def _inputs(self):
        kinds = Qgis.ProcessingSourceType
        return [
            described(
                QgsProcessingParameterFile(self.INPUT, translate("Wangge", "Spreadsheet")),
                translate(
                    "Wangge",
                    "xlsx, ods or csv; xls where the Python package xlrd is installed. The file "
                    "itself is not touched.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.ADDRESSES,
                    translate("Wangge", "Addresses"),
                    [kinds.VectorAnyGeometry],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Geocoded places: addresses are looked up as written, then normalised; what is "
                    "only alike becomes a question.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.GRIDS,
                    translate("Wangge", "Unit grids"),
                    [kinds.VectorPolygon],
                    optional=True,
                ),
                translate(
                    "Wangge",
                    "Place rows that name a cell; every risk is told the cell it lies in.",
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.COMPONENTS,
                    translate("Wangge", "Components"),
                    [kinds.VectorAnyGeometry],
                    optional=True,
                ),
                translate("Wangge", "Place rows that name a component."),
            ),
        ]

    def _choices(self):
        kinds = Qgis.ProcessingSourceType
        schemes = ", ".join(scheme.id for scheme in available_schemes())
        return [
            described(
                QgsProcessingParameterString(
                    self.FIELD_MAP, translate("Wangge", "Field map"), optional=True, multiLine=True
                ),
                translate(
                    "Wangge",
                    "JSON, or the path of a JSON file, of headings and our field names, or a field "
                    "map that an earlier import saved; headings are recognised when empty.",
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.SCHEME, translate("Wangge", "Scheme"), optional=True
                ),
                translate(
                    "Wangge",
                    "Of the factors: one of {schemes}, or the path of the city's own file; by the "
                    "columns of the sheet when empty.",
                ).format(schemes=schemes),
            ),
            described(
                QgsProcessingParameterString(
                    self.ANSWERS, translate("Wangge", "Answers"), optional=True, multiLine=True
                ),
                translate(
                    "Wangge",
                    "JSON, or the path of a JSON file, of cells and the addresses meant: {example}.",
                ).format(example='{"桥梁!F12": "A00012"}'),
                advanced=True,
            ),
            described(
                QgsProcessingParameterNumber(
                    self.LIKENESS,
                    translate("Wangge", "Accept likeness from"),
                    QgsProcessingParameterNumber.Type.Double,
                    optional=True,
                    minValue=0.35,
                    maxValue=1.0,
                ),
                translate(
                    "Wangge",
                    "Take the likeliest address from this likeness (0.35 to 1) on without asking; "
                    "every one is asked when empty.",
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    self.EXISTING,
                    translate("Wangge", "Existing risks"),
                    [kinds.Vector],
                    optional=True,
                ),
                translate("Wangge", "New codes avoid theirs."),
                advanced=True,
            ),
            described(
                QgsProcessingParameterCrs(
                    self.CRS, translate("Wangge", "Coordinate reference system"), optional=True
                ),
                translate(
                    "Wangge",
                    "Of the result and of coordinates in metres; that of the layers given when empty.",
                ),
                advanced=True,
            ),
        ]

    def _results(self):
        table = Qgis.ProcessingSourceType.Vector
        texts = [
            (
                self.REJECTED,
                translate("Wangge", "Rejected rows"),
                translate("Wangge", "The other rows as they came, each with the reason."),
            ),
            (
                self.QUESTIONS,
                translate("Wangge", "Questions"),
                translate(
                    "Wangge",
                    "Cells that somebody should look at, with the addresses that may be meant.",
                ),
            ),
        ]
        return [
            described(
                QgsProcessingParameterFeatureSink(
                    self.OUTPUT,
                    translate("Wangge", "Risks"),
                    Qgis.ProcessingSourceType.VectorPoint,
                ),
                translate("Wangge", "Accepted rows in the layer's own fields."),
            ),
            *(
                described(
                    QgsProcessingParameterFeatureSink(
                        name, title, table, optional=True, createByDefault=False
                    ),
                    text,
                )
                for name, title, text in texts
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT,
                    translate("Wangge", "Report (JSON)"),
                    translate("Wangge", "JSON files (*.json)"),
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Where the rows of each sheet went, and what there is to say."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.SAVED_MAP,
                    translate("Wangge", "Field map as read"),
                    translate("Wangge", "JSON files (*.json)"),
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Give it as field map with the next delivery."),
                advanced=True,
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ROW_COUNT", translate("Wangge", "Rows of risks")),
                ("ACCEPTED_COUNT", translate("Wangge", "Accepted rows")),
                ("REJECTED_COUNT", translate("Wangge", "Rejected rows")),
                ("QUESTION_COUNT", translate("Wangge", "Questions")),
            ]
        )

    def execute(self, job: Job):
        crs = crs_of_places(job, (self.ADDRESSES, self.GRIDS, self.COMPONENTS), self.CRS)
        places, cells = read_places(
            job, crs, addresses=self.ADDRESSES, grids=self.GRIDS, components=self.COMPONENTS
        )
        scheme, field_map, answers = (
            job.text(name) for name in (self.SCHEME, self.FIELD_MAP, self.ANSWERS)
        )
        made = import_risk_list(
            job.text(self.INPUT),
            places=places,
            profile=read_profile(field_map) if field_map else None,
            scheme=load_scheme(scheme) if scheme else None,
            answers=read_answers(answers) if answers else None,
            accept_likeness=job.number(self.LIKENESS) if job.is_given(self.LIKENESS) else None,
            existing_codes=self._existing(job),
            progress=Part(job.progress, 0.1, 0.8),
        )
        risks = made.risks
        if cells is not None and len(cells) and len(risks):
            risks = fill_cells(risks, cells, progress=Part(job.progress, 0.8, 0.9))
        tell_counts(job, made)
        report = intake_report(made)
        questions = issues_table(made.questions)
        results = {
            self.OUTPUT: save_layer(
                job, self.OUTPUT, risks, layer_spec("risk"), Qgis.WkbType.Point, crs, style="risk"
            )
        }
        for name, rows in ((self.REJECTED, made.rejected), (self.QUESTIONS, questions)):
            fields = fields_of_columns(rows.fields)
            results[name] = job.save(name, rows, fields, Qgis.WkbType.NoGeometry, crs)
        for name, text in (
            (self.REPORT, json.dumps(report, ensure_ascii=False, indent=1)),
            (self.SAVED_MAP, made.profile.to_json()),
        ):
            if path := job.file_output(name):
                write_text(path, text)
                results[name] = str(path)
        return {
            **results,
            "ROW_COUNT": report["accepted"] + report["rejected"],
            "ACCEPTED_COUNT": report["accepted"],
            "REJECTED_COUNT": report["rejected"],
            "QUESTION_COUNT": report["questions"],
        }

    def _existing(self, job: Job) -> frozenset[str]:
        source = job.source(self.EXISTING)
        if source is None:
            return frozenset()
        batch = renamed(job.columns(source, geometry=False), layer_spec("risk"))
        return frozenset(str(code) for code in batch.text("risk_code") if code)
