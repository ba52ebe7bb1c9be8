"""Default expressions that fill a place from the geometry: plain QGIS, no plugin needed.

Each stands on its own: QGIS evaluates defaults in the order of the columns and, after an
edit, all of them on the row as it was before, so that none may lean on another's new value.
"""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import Qgis, QgsExpression, QgsVectorLayer

from ..plugin.layers.expressions import area_expression

quoted = QgsExpression.quotedString

# What holds where a feature has a geometry; without one the old value stays.
_IF_PLACED = "if(@geometry IS NULL, {kept}, {found})"


def place_defaults(layer: QgsVectorLayer, tables: Mapping[str, QgsVectorLayer]) -> dict[str, str]:
    """Return field -> expression for grid, community and street of a feature's location.

    A point on a border belongs to the cell with the smallest code, a line or polygon to the
    cell that holds its largest share, as `census.placement` has it.
    """
    grids, communities = tables.get("unit_grid"), tables.get("community")
    if not layer.isSpatial() or not (grids or communities):
        return {}
    is_point = layer.geometryType() == Qgis.GeometryType.Point
    found: dict[str, str] = {}
    community = ""
    if grids:
        grid = area_expression(grids, "grid_code", is_point=is_point)
        found["grid_code"] = grid
        community = f"left({grid}, 12)"
    if communities:
        around = area_expression(communities, "community_code", is_point=is_point)
        community = f"coalesce({community}, {around})" if community else around
    found["community_code"] = community
    found["street_code"] = f"left({community}, 9)"
    if communities:
        row = f"get_feature({quoted(communities.id())}, 'community_code', {community})"
        found["community_name"] = f"attribute({row}, 'community_name')"
        found["street_name"] = f"attribute({row}, 'street_name')"
    return {n: _IF_PLACED.format(kept=f'"{n}"', found=text) for n, text in found.items()}
