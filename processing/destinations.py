"""Where a result goes: to memory, to a file, and away again when it could not be written."""

from __future__ import annotations

import contextlib
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProperty,
)


def sink_text(destination) -> str:
    """Return where an output parameter points, as text."""
    definition = isinstance(destination, QgsProcessingOutputLayerDefinition)
    return str(destination.sink.staticValue() if definition else destination)


def is_in_memory(text: str) -> bool:
    """Return whether a destination is a layer in memory."""
    return text.startswith(("memory:", QgsProcessing.TEMPORARY_OUTPUT))


def remove_half(destination) -> None:
    """Remove a result that could not be written to its end; a layer within a file stays."""
    text = sink_text(destination)
    path = Path(text.partition("|")[0])
    if text.startswith("ogr:") or is_in_memory(text) or not path.suffix:
        return
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with contextlib.suppress(OSError):
            path.with_name(name).unlink()


def in_a_file(destination, name: str, context: QgsProcessingContext):
    """Return the destination; a temporary GeoPackage where it is a layer in memory.

    Layers in memory take one geometry type only: points, lines and polygons in one layer,
    as components are, need a file.
    """
    definition = isinstance(destination, QgsProcessingOutputLayerDefinition)
    if not is_in_memory(sink_text(destination)):
        return destination
    path = QgsProcessingUtils.generateTempFilename(f"{name.lower()}.gpkg", context)
    if not definition:
        return path
    moved = QgsProcessingOutputLayerDefinition(destination)
    moved.sink = QgsProperty.fromValue(path)
    return moved
