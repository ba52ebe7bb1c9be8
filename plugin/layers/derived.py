"""Layers that only show others (roll-ups, density): nobody's input."""

from __future__ import annotations

from qgis.core import QgsMapLayer

_PROPERTY = "wangge/derived"


def mark_derived(layer: QgsMapLayer) -> None:
    """Note on a layer that it only shows others."""
    layer.setCustomProperty(_PROPERTY, True)


def is_derived(layer: QgsMapLayer) -> bool:
    """Return whether a layer only shows others."""
    return bool(layer.customProperty(_PROPERTY))
