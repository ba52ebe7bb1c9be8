"""Layers that only show others (roll-ups, density): nobody's input."""

from __future__ import annotations

from qgis.core import QgsMapLayer

_PROPERTY = "wangge/derived"


def mark_derived(layer: QgsMapLayer, role: str = "") -> None:
    """Note on a layer that it only shows others, or is only there for one later step."""
    layer.setCustomProperty(_PROPERTY, role or True)


def is_derived(layer: QgsMapLayer) -> bool:
    """Return whether a layer only shows others."""
    return bool(layer.customProperty(_PROPERTY))


def role_of(layer: QgsMapLayer) -> str:
    """Return what a later step takes a derived layer for, "" for nothing."""
    role = layer.customProperty(_PROPERTY)
    # A project file keeps the mark of a layer without a role as a text.
    return role if isinstance(role, str) and role.startswith("sample") else ""
