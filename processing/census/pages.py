"""Reports of the census for people, as single HTML files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterFileDestination
from qgis.PyQt.QtCore import QBuffer, QIODevice
from qgis.PyQt.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ...plugin.grid.page import heading, html_page, table
from ...plugin.translation import translate
from ..base import described
from ..files import write_bytes, write_text
from ..job import Job

REPORT, REPORT_PDF = "REPORT", "REPORT_PDF"


def report_parameter() -> QgsProcessingParameterDefinition:
    """Return the destination of a report."""
    return described(
        QgsProcessingParameterFileDestination(
            REPORT,
            translate("Wangge", "Report (HTML)"),
            "HTML (*.html)",
            optional=True,
            createByDefault=False,
        ),
        translate("Wangge", "What was done, with all counts, for people and for the file."),
    )


def section(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a heading and a table; nothing when there are no rows."""
    listed = [["–" if v is None else v for v in row] for row in rows]
    return heading(title) + table(head, listed) if listed else ""


def write_report(job: Job, title: str, sections: Sequence[str]) -> dict[str, str]:
    """Write the report where it is wanted; return the output that names it."""
    path: Path | None = job.file_output(REPORT)
    if path is None:
        return {}
    write_text(path, html_page(title, [s for s in sections if s]))
    return {REPORT: str(path)}


def pdf_parameter() -> QgsProcessingParameterDefinition:
    """Return the destination of a report as PDF."""
    return described(
        QgsProcessingParameterFileDestination(
            REPORT_PDF,
            translate("Wangge", "Report (PDF)"),
            "PDF (*.pdf)",
            optional=True,
            createByDefault=False,
        ),
        translate("Wangge", "The same report, to be signed and filed."),
    )


def write_pdf(job: Job, title: str, sections: Sequence[str]) -> dict[str, str]:
    """Write the report as a PDF where it is wanted; tables only."""
    path = job.file_output(REPORT_PDF)
    if path is None:
        return {}
    document = QTextDocument()
    document.setDefaultFont(QFont("Noto Sans CJK SC", 9))
    document.setHtml(html_page(title, [s for s in sections if s]))
    # Qt says nothing of a disk that is full.
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    document.print(writer)
    del writer
    write_bytes(path, bytes(content.data()))
    return {REPORT_PDF: str(path)}
