"""Open a delivery with the reader for its format."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

from ...errors import WanggeError
from ...translation import translate
from .gpkg import GpkgSource, NotPlain
from .ogr import OgrSource
from .raw import Source
from .shapefile import ShapefileSource
from .tables import CsvSource, XlsxSource

_TEXT = {".csv", ".txt", ".tsv"}
_WORKBOOKS = {".xlsx", ".xlsm"}
_SHAPEFILES = {".shp", ".dbf"}


def open_source(path: Path | str, *, layer: str = "", encoding: str = "") -> Source:
    """Open a delivery of any supported format and find out what it is.

    Raises
    ------
    WanggeError
        When the file is missing, damaged, no format for components, or holds several
        layers and none is chosen.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if not path.exists():
        raise WanggeError(
            translate("Wangge", "The file {file} does not exist. Check its path and name.").format(
                file=path
            )
        )
    if suffix in _TEXT:
        return CsvSource(path, encoding=encoding)
    if suffix in _WORKBOOKS:
        return XlsxSource(path, layer=layer)
    if suffix in _SHAPEFILES:
        return ShapefileSource(path, encoding=encoding)
    if suffix == ".zip":
        return _open_zip(path, layer, encoding)
    if suffix == ".gpkg":
        with contextlib.suppress(NotPlain):
            return GpkgSource(path, layer=layer)
    return OgrSource(path, layer=layer, encoding=encoding)


def _open_zip(path: Path, layer: str, encoding: str) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise WanggeError(
            translate(
                "Wangge", "The archive {file} is damaged. Ask for the delivery again."
            ).format(file=path.name),
            detail=str(error),
        ) from error
    wanted = (".shp", ".gpkg", ".geojson", ".json", ".tab", ".mif", ".dxf")
    if not any(n.lower().endswith(wanted) or ".gdb/" in n.lower() for n in names):
        raise WanggeError(
            translate(
                "Wangge",
                "The archive {file} holds no file with components. Unpack it and choose the file.",
            ).format(file=path.name)
        )
    return OgrSource(path, layer=layer, encoding=encoding, name=f"zip://{path}")
