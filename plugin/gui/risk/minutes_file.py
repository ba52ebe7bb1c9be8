"""Minutes as a file: HTML as it is, PDF printed from it."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ...errors import WanggeError
from ...layers.atlas.pdf_text import make_searchable
from ...translation import translate


def write_minutes(path: Path, html: str) -> None:
    """Write minutes as .pdf or .html, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".pdf":
            _print(part, html)
        else:
            part.write_text(html, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
            ).format(path=path, reason=error.strerror or error)
        ) from error


def _print(path: Path, html: str) -> None:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    writer.setResolution(120)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setHtml(html)
    area = writer.pageLayout().paintRectPixels(writer.resolution())
    document.setPageSize(QSizeF(area.size()))
    document.print(writer) if hasattr(document, "print") else document.print_(writer)
    if not path.is_file():
        raise OSError(f"{path} was not written")
    make_searchable(path)
