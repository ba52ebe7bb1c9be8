"""Small projects that open QGIS at a finding, with the findings and the layer they are about."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..errors import WanggeError
from ..translation import translate
from .styles import apply_style

_Bounds = tuple[float, float, float, float]
_VIEW = re.compile(r"(?<=<DefaultViewExtent )[^>]*?(?=/?>)")
_OURS = re.compile(r"\d+\.qgz")


@dataclass(frozen=True)
class ShownLayer:
    """A layer of a place's project: its name, its OGR source, and the style it gets."""

    title: str
    source: str
    style: str


def file_source(provider: str, source: str) -> str:
    """Return the whole path and all the rest of a layer's source, "" when it is in no file."""
    registry = QgsProviderRegistry.instance()
    parts = registry.decodeUri(provider, source) if provider == "ogr" else {}
    path = Path(parts.get("path") or "")
    return (
        registry.encodeUri(provider, {**parts, "path": str(path.resolve())})
        if path.is_file()
        else ""
    )


def write_finding_places(
    folder: Path,
    layers: Sequence[ShownLayer],
    places: Iterable[tuple[str, _Bounds]],
    crs: QgsCoordinateReferenceSystem,
) -> None:
    """Write a project for each place, all alike but for what they show.

    Parameters
    ----------
    folder : Path
        Made when it is not there; projects of an earlier report in it are removed.
    layers : sequence of ShownLayer
        From the top of the legend down; stored by paths relative to the folder.
    places : iterable of (str, tuple of float)
        Name of the file, a number, and west, south, east and north of what it shows.
    crs : QgsCoordinateReferenceSystem
        Of the places.

    Raises
    ------
    WanggeError
        When the folder cannot be written; of this report's projects none is left then.
    """
    written: set[Path] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = [path for path in folder.iterdir() if _OURS.fullmatch(path.name)]
        text = _template(folder, layers, crs)
        for name, (west, south, east, north) in places:
            path = folder / f"{name}.qgz"
            view = f'xmin="{west!r}" ymin="{south!r}" xmax="{east!r}" ymax="{north!r}"'
            written.add(path)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr(f"{name}.qgs", _VIEW.sub(view, text, count=1))
        for path in set(before) - written:
            path.unlink()
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise WanggeError(
            translate(
                "Wangge",
                "The file “{path}” cannot be written: {reason}. Choose another place or make room.",
            ).format(path=folder, reason=error.strerror or error)
        ) from error


def _template(folder: Path, layers: Sequence[ShownLayer], crs: QgsCoordinateReferenceSystem) -> str:
    """Return the text of a project that lies in the folder."""
    path = folder / "template.qgz"
    project = QgsProject()
    project.setCrs(crs)
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    project.setFileName(str(path))
    for shown in layers:
        layer = QgsVectorLayer(shown.source, shown.title, "ogr")
        if layer.isValid():
            apply_style(layer, shown.style)
            project.addMapLayer(layer, False)
            project.layerTreeRoot().addLayer(layer).setExpanded(False)
    # Each place puts its own in.
    project.viewSettings().setDefaultViewExtent(
        QgsReferencedRectangle(QgsRectangle(0, 0, 1, 1), crs)
    )
    try:
        if not project.write():
            raise OSError(project.error())
        with zipfile.ZipFile(path) as packed:
            return packed.read("template.qgs").decode("utf-8")
    finally:
        path.unlink(missing_ok=True)
