"""wangge:import_components."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ...plugin.errors import WanggeError
from ...plugin.layers.fields import fields_of_columns
from ...plugin.native import own_libraries
from ...plugin.progress import Part
from ...plugin.rules.batch import Batch
from ...plugin.standards.layers import component_spec
from ...plugin.standards.spec import LayerSpec
from ...plugin.translation import translate
from ..base import Group, WanggeAlgorithm, described
from ..editions import edition_parameter, read_edition
from ..files import write_text
from ..job import Job
from ..outputs import geometry_of_columns, numbers, save_layer


class ImportComponents(WanggeAlgorithm):
    """Read what crews and older systems deliver; every row is accepted or rejected."""

    ID = "import_components"
    GROUP = Group.CENSUS
    INPUT, LAYER, ENCODING, FIELD_MAP = "INPUT", "LAYER", "ENCODING", "FIELD_MAP"
    STANDARD, CRS = "STANDARD", "CRS"
    OUTPUT, REJECTED, REPORT = "OUTPUT", "REJECTED", "REPORT"

    def title(self):
        return translate("Wangge", "Import components")

    def summary(self):
        return translate(
            "Wangge",
            "Reads a delivery (SHP, TAB/MIF, GeoPackage, FileGDB, GeoJSON, DXF, CSV, XLSX), finds "
            "its encoding and what its columns mean, and puts every row into the components or, with "
            "a reason, into the rejected rows. The delivery itself is not touched.",
        )

    def parameters(self):
        return [
            described(
                QgsProcessingParameterFile(self.INPUT, translate("Wangge", "Delivery")),
                translate(
                    "Wangge", "File or FileGDB folder; “file.gpkg|layername=name” also goes."
                ),
            ),
            described(
                QgsProcessingParameterString(
                    self.LAYER, translate("Wangge", "Layer or sheet"), optional=True
                ),
                translate("Wangge", "Needed when the file holds several."),
            ),
            described(
                QgsProcessingParameterString(
                    self.ENCODING, translate("Wangge", "Encoding"), optional=True
                ),
                translate("Wangge", "Such as GBK or UTF-8; found from the content when empty."),
            ),
            described(
                QgsProcessingParameterString(
                    self.FIELD_MAP, translate("Wangge", "Field map"), optional=True, multiLine=True
                ),
                translate(
                    "Wangge",
                    "JSON, or the path of a JSON file, of our field names and the delivery's columns; "
                    "suggested from names and content when empty.",
                ),
            ),
            edition_parameter(self.STANDARD),
            described(
                QgsProcessingParameterCrs(
                    self.CRS, translate("Wangge", "Coordinate reference system"), optional=True
                ),
                translate("Wangge", "Needed when the delivery does not name one."),
            ),
            described(
                QgsProcessingParameterFeatureSink(self.OUTPUT, translate("Wangge", "Components")),
                translate("Wangge", "Accepted rows in the layer's own fields."),
            ),
            described(
                QgsProcessingParameterFeatureSink(
                    self.REJECTED,
                    translate("Wangge", "Rejected rows"),
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "The other rows as they came, each with the reason."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    self.REPORT,
                    translate("Wangge", "Report (JSON)"),
                    translate("Wangge", "JSON files (*.json)"),
                    optional=True,
                    createByDefault=False,
                ),
                translate("Wangge", "Encoding, field map, counts and reasons."),
            ),
        ]

    def outputs(self):
        return numbers(
            [
                ("ACCEPTED_COUNT", translate("Wangge", "Accepted rows")),
                ("REJECTED_COUNT", translate("Wangge", "Rejected rows")),
            ]
        )

    def execute(self, job: Job):
        # Deliveries are read by fiona, which only this algorithm needs.
        try:
            with own_libraries():
                from ...plugin.census.intake import read_components
        except ImportError as error:
            raise WanggeError(
                translate(
                    "Wangge",
                    "Importing needs the Python package {package}, which this QGIS lacks. Install it "
                    "(OSGeo4W shell: pip install {package}; Debian: apt install python3-{package}).",
                ).format(package=error.name or "fiona")
            ) from error
        text, _, layer = job.text(self.INPUT).partition("|layername=")
        standard = read_edition(job, self.STANDARD)
        intake = read_components(
            Path(text),
            layer=job.text(self.LAYER) or layer,
            encoding=job.text(self.ENCODING),
            crs=_crs_text(job, self.CRS),
            field_map=_field_map(job.text(self.FIELD_MAP)),
            standard=standard,
            progress=Part(job.progress, 0.0, 0.8),
        )
        report = intake.report
        for warning in report["warnings"]:
            job.progress.warn(warning)
        job.progress.tell(
            translate(
                "Wangge",
                "{rows} rows in {file} ({encoding}): {accepted} accepted, {rejected} rejected.",
            ).format(**report)
        )
        for reason, count in report["reasons"].items():
            job.progress.tell(f"{count} × {reason}")
        crs = _crs_of(report["crs"])
        rejected = _storable(intake.rejected)
        results = {
            self.OUTPUT: save_layer(
                job,
                self.OUTPUT,
                intake.accepted,
                _roomy(job, component_spec(standard), intake.accepted),
                geometry_of_columns(intake.accepted),
                crs,
                style="component",
            ),
            self.REJECTED: job.save(
                self.REJECTED,
                rejected,
                fields_of_columns(rejected.fields),
                geometry_of_columns(rejected),
                crs,
            ),
            "ACCEPTED_COUNT": report["accepted"],
            "REJECTED_COUNT": report["rejected"],
        }
        if path := job.file_output(self.REPORT):
            write_text(path, json.dumps(report, ensure_ascii=False, indent=1))
            results[self.REPORT] = str(path)
        return results


def _roomy(job: Job, spec: LayerSpec, rows: Batch) -> LayerSpec:
    """Return the description with room for texts that are too long: they are told, not cut off."""
    fields = []
    for field in spec.fields:
        values = rows.fields.get(field.name)
        if values is None or values.dtype != object or not field.length:
            fields.append(field)
            continue
        lengths = list(map(len, filter(None, values.tolist())))
        longest = max(lengths, default=0)
        if longest > field.length:
            job.progress.warn(
                translate(
                    "Wangge",
                    "Field “{field}”: {count} values are longer than the {length} characters of the "
                    "standard.",
                ).format(
                    field=field.name,
                    count=sum(n > field.length for n in lengths),
                    length=field.length,
                )
            )
            field = replace(field, length=longest)
        fields.append(field)
    return replace(spec, fields=tuple(fields))


def _storable(rows: Batch) -> Batch:
    """Return the delivery's own columns under names that every file takes.

    A GeoPackage keeps ``fid`` and ``geom`` for itself and knows no capitals.
    """
    taken = {"fid", "geom", "geometry", "ogc_fid"}
    fields = {}
    for name, values in rows.fields.items():
        free, number = name, 1
        while free.lower() in taken:
            number += 1
            free = f"{name}_{number}"
        taken.add(free.lower())
        fields[free] = values
    return replace(rows, fields=fields, nulls={})


def _crs_text(job: Job, name: str) -> str:
    crs = job.algorithm.parameterAsCrs(job.parameters, name, job.context)
    if not job.is_given(name) or not crs.isValid():
        return ""
    return crs.authid() or crs.toWkt()


def _crs_of(text: str) -> QgsCoordinateReferenceSystem:
    return (
        QgsCoordinateReferenceSystem.fromOgcWmsCrs(text)
        if ":" in text[:12]
        else (QgsCoordinateReferenceSystem.fromWkt(text))
    )


def _field_map(text: str):
    from ...plugin.census.intake import FieldMap

    if not text:
        return None
    if not text.lstrip().startswith("{"):
        try:
            text = Path(text).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise WanggeError(
                translate("Wangge", "The field map “{file}” cannot be read: {reason}.").format(
                    file=text, reason=error.strerror or error
                )
            ) from error
    return FieldMap.from_json(text)
