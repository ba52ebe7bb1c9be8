"""The default expression that gives a new component its code, offline and without a plugin."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsExpressionContextUtils, QgsProject, QgsVectorLayer

from ..plugin.standards.editions import SEQUENCE_WIDTH, Edition
from .places import quoted

#: Project variables: the running numbers this device may give, and the district outside cells.
BLOCK_START, BLOCK_END, DISTRICT = (
    "wangge_block_start",
    "wangge_block_end",
    "wangge_district_code",
)
_LARGEST = 10**SEQUENCE_WIDTH - 1


def set_code_block(
    project: QgsProject, start: int = 1, end: int = _LARGEST, *, district_code: str = ""
) -> None:
    """Reserve the running numbers ``start`` to ``end`` for whoever works in a project."""
    values = {BLOCK_START: start, BLOCK_END: end, DISTRICT: district_code}
    for name, value in values.items():
        QgsExpressionContextUtils.setProjectVariable(project, name, value)


def ensure_code_block(project: QgsProject) -> None:
    """Set the variables where a project has none.

    A filter with a variable that does not exist cannot be answered by the file's index: on
    600,000 components the next number then takes two seconds instead of 25 ms.
    """
    known = QgsExpressionContextUtils.projectScope(project)
    for name, value in ((BLOCK_START, 1), (BLOCK_END, _LARGEST), (DISTRICT, "")):
        if not known.hasVariable(name):
            QgsExpressionContextUtils.setProjectVariable(project, name, value)


def code_default(layers: Sequence[QgsVectorLayer], of: Edition) -> str:
    """Return the expression of ``component_code``.

    A code that fits district and class stays; otherwise the one after the largest in the
    block follows, null when the block is full or class or district are not known.

    Parameters
    ----------
    layers : sequence of QgsVectorLayer
        All layers whose codes count: points, lines and polygons of one table.
    of : Edition
    """
    own = _district('"grid_code"', '"community_code"')
    parent = _district("attribute(@parent, 'grid_code')", "attribute(@parent, 'community_code')")
    prefix = f"{parent} || attribute(@parent, 'class_code')"
    low = f"{prefix} || lpad(to_string(@{BLOCK_START}), {SEQUENCE_WIDTH}, '0')"
    high = f"{prefix} || lpad(to_string(@{BLOCK_END}), {SEQUENCE_WIDTH}, '0')"
    within = f'"component_code" >= {low} AND "component_code" <= {high}'
    largest = [
        f"coalesce(to_int(right(aggregate({quoted(layer.id())}, 'max', \"component_code\", "
        f"{within}), {SEQUENCE_WIDTH})), 0)"
        for layer in layers
    ]
    following = f"max({', '.join([*largest, f'to_int(@{BLOCK_START}) - 1'])}) + 1"
    return (
        f"with_variable('prefix', {own} || \"class_code\", CASE "
        f"WHEN length(@prefix) = {6 + of.class_code_length} "
        f'AND length("component_code") = {of.component_code_length} '
        f'AND left("component_code", {6 + of.class_code_length}) = @prefix '
        f'THEN "component_code" '
        f"WHEN length(@prefix) = {6 + of.class_code_length} "
        f"THEN with_variable('following', {following}, "
        f"if(@following <= to_int(@{BLOCK_END}), "
        f"@prefix || lpad(to_string(@following), {SEQUENCE_WIDTH}, '0'), NULL)) "
        f"END)"
    )


def _district(grid: str, community: str) -> str:
    return (
        f"left(coalesce(nullif({grid}, ''), nullif({community}, ''), nullif(@{DISTRICT}, '')), 6)"
    )
