"""What a check leaves behind: the findings, its reports, and the places they lead to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import Qgis, QgsCoordinateReferenceSystem

from ..plugin.layers.fields import alias, fields_of_columns
from ..plugin.layers.finding_places import ShownLayer, file_source, write_finding_places
from ..plugin.layers.source import LayerSource
from ..plugin.rules.batch import Batch
from ..plugin.rules.finding import Finding
from ..plugin.rules.findings import findings_batch, zoom_points
from ..plugin.rules.report import ReportInfo, shown_findings
from ..plugin.rules.report_csv import csv_report
from ..plugin.rules.report_html import html_report
from ..plugin.rules.report_json import json_report
from ..plugin.rules.report_places import Places
from ..plugin.rules.result import CheckResult
from ..plugin.standards.layers import layer as layer_spec
from ..plugin.standards.profile import Profile
from .files import write_text
from .job import Job


@dataclass(frozen=True)
class Checked:
    """Outcome of a check, with what its reports need."""

    result: CheckResult
    info: ReportInfo
    source: LayerSource

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """CRS of the findings."""
        return self.source.layer.crs()


def report_info(source: LayerSource, profile: Profile, references: dict) -> ReportInfo:
    """Return what the reports say about themselves."""
    communities = references.get("communities")
    names = () if communities is None or communities.keys is None else tuple(communities.keys)
    return ReportInfo(
        source=source.name,
        edition=profile.edition.number,
        communities=communities,
        community_names=names,
    )


def save_findings(
    job: Job, name: str, findings: list[Finding], crs: QgsCoordinateReferenceSystem
) -> str | None:
    """Write findings as points to zoom to."""
    batch = findings_batch(findings)
    batch = Batch(batch.fields, zoom_points(findings), batch.ids)
    fields = fields_of_columns(batch.fields, spec=layer_spec("finding"))
    return job.save(name, batch, fields, Qgis.WkbType.Point, crs, style="finding")


def write_reports(
    job: Job, checked: Checked, findings: str | None, html: str, data: str, table: str = ""
) -> dict[str, str]:
    """Write the reports that are wanted and return where; ``findings`` is their saved layer."""
    written = {}
    if path := job.file_output(html):
        layer = file_source("ogr", findings or "")
        info = replace(checked.info, findings=layer.partition("|")[0])
        places = _write_places(path, layer, checked) if layer else None
        write_text(path, html_report(checked.result, info, folder=path.parent, places=places))
        written[html] = str(path)
    if path := job.file_output(data):
        values = json_report(checked.result, checked.info)
        write_text(path, json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
        written[data] = str(path)
    if path := job.file_output(table):
        write_text(path, csv_report(checked.result))
        written[table] = str(path)
    return written


def _write_places(report: Path, findings: str, checked: Checked) -> Places:
    """Write the projects that a report leads to, in a folder beside it."""
    shown = [f for some in shown_findings(checked.result).values() for f in some]
    folder = report.with_name(f"{report.stem}_places")
    places = Places(shown, folder=folder.name, is_geographic=checked.crs.isGeographic())
    layers = [ShownLayer(alias(layer_spec("finding")), findings, "finding")]
    layer = checked.source.layer
    if source := file_source(layer.providerType(), layer.source()):
        kind = checked.result.layer
        layers.append(ShownLayer(alias(layer_spec(kind)), source, kind))
    write_finding_places(folder, layers, [(p.name, p.bounds) for p in places], checked.crs)
    return places
