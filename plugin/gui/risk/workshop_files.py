"""Where a workshop keeps its log and finds its photos."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsProject, QgsProviderRegistry, QgsVectorLayer


def folder_of(layer: QgsVectorLayer) -> Path:
    """Return where the log is kept: beside the project, beside the data, else a place of its own."""
    if home := QgsProject.instance().homePath():
        return Path(home)
    if layer.providerType() == "ogr":
        parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
        if (path := Path(parts.get("path") or "")).is_file():
            return path.parent
    return Path(tempfile.mkdtemp(prefix="wangge_workshop_"))


def photo_path(photo: str, layer: QgsVectorLayer | None) -> str:
    """Return where a photo lies that a risk names by its path beside project or data."""
    if not photo or layer is None:
        return ""
    path = Path(photo)
    return str(path if path.is_absolute() else folder_of(layer) / path)
