"""Many components changed at once, in one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRequest,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate

from ..census.blocks import LARGEST_SEQUENCE, CodeBlock
from ..census.numbering import number_components
from ..errors import WanggeError
from ..progress import SILENT, Progress, stop_if_cancelled
from ..rules.batch import Batch
from ..standards.component_class import ComponentClass
from ..standards.editions import SEQUENCE_WIDTH, edition
from ..translation import translate
from .component_entry import is_null, refused, start_editing

# Rows between two looks at the user's cancel.
_PACE = 50
#: Code of a department -> field with its name.
DEPARTMENT_NAMES = {
    "authority_code": "authority_name",
    "owner_code": "owner_name",
    "maintainer_code": "maintainer_name",
}


def change_components(
    layer: QgsVectorLayer,
    ids: Sequence[int],
    values: Mapping[str, Any],
    title: str,
    *,
    chosen: ComponentClass | None = None,
    siblings: Iterable[QgsVectorLayer] = (),
    progress: Progress = SILENT,
) -> int:
    """Give many components the same values in one step that undo takes back.

    What depends on them follows: names of departments, name and code of a new class, the date
    of change. Defaults are not asked for row by row, which on a large layer takes a second for
    every ten.

    Parameters
    ----------
    layer : QgsVectorLayer
    ids : sequence of int
    values : mapping of str to object
        Field -> value.
    title : str
        Of the step in the list of undos.
    chosen : ComponentClass, optional
        New class of all; they get new codes where the old ones do not fit it.
    siblings : iterable of QgsVectorLayer
        Further layers whose codes are taken.
    progress : Progress
        A cancelled change leaves everything as it was.

    Returns
    -------
    int
        Number of components that changed.

    Raises
    ------
    WanggeError
        When the layer cannot be edited, a field does not exist or the numbers run out.
    """
    fields = layer.fields()
    given = dict(values)
    unknown = [n for n in given if fields.lookupField(n) < 0]
    if unknown:
        raise WanggeError(
            translate("Wangge", "Layer “{layer}” has no field “{field}”.").format(
                layer=layer.name(), field=unknown[0]
            )
        )
    for code, name in DEPARTMENT_NAMES.items():
        if code in given and fields.lookupField(name) >= 0 and name not in given:
            found = _department_name(layer, given[code])
            if found is not None or is_null(given[code]):
                given[name] = found
    if chosen is not None:
        own = {
            "class_code": chosen.code,
            "major_code": chosen.major_code,
            "component_name": chosen.name_zh,
        }
        given |= {n: v for n, v in own.items() if fields.lookupField(n) >= 0}
    request = QgsFeatureRequest().setFilterFids(list(ids))
    request.setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    rows = {f.id(): f for f in layer.getFeatures(request)}
    codes = _codes(layer, siblings, rows, chosen) if chosen is not None else {}
    start_editing(layer)
    layer.beginEditCommand(title)
    changed = 0
    try:
        for done, (identity, row) in enumerate(rows.items()):
            if done % _PACE == 0:
                stop_if_cancelled(progress)
                progress.report(done / len(rows))
            wanted = dict(given)
            if identity in codes:
                wanted["component_code"] = codes[identity]
            if chosen is not None and _loses_subclass(row, chosen, wanted):
                wanted["subclass_code"] = None
            changed += _change(layer, row, wanted)
    except BaseException:
        layer.destroyEditCommand()
        raise
    if changed:
        layer.endEditCommand()
    else:
        layer.destroyEditCommand()
    return changed


def _loses_subclass(row: QgsFeature, chosen: ComponentClass, wanted: Mapping[str, Any]) -> bool:
    if "subclass_code" in wanted or row.fields().lookupField("subclass_code") < 0:
        return False
    return row["class_code"] != chosen.code


def _change(layer: QgsVectorLayer, row: QgsFeature, wanted: Mapping[str, Any]) -> bool:
    fields = layer.fields()
    new, old = {}, {}
    for name, value in wanted.items():
        index = fields.lookupField(name)
        before = row[index]
        if (is_null(before) and is_null(value)) or before == value:
            continue
        new[index], old[index] = (None if is_null(value) else value), before
    if not new:
        return False
    date, first = fields.lookupField("changed_date"), fields.lookupField("first_date")
    today = QDate.currentDate()
    if date >= 0 and first >= 0 and "changed_date" not in wanted:
        begun = row[first]
        if isinstance(begun, QDate) and begun < today and row[date] != today:
            new[date], old[date] = today, row[date]
    if not layer.changeAttributeValues(row.id(), new, old, True):
        raise refused(layer)
    return True


def _codes(
    layer: QgsVectorLayer,
    siblings: Iterable[QgsVectorLayer],
    rows: Mapping[int, QgsFeature],
    chosen: ComponentClass,
) -> dict[int, str]:
    scope = QgsExpressionContextUtils.projectScope(layer.project() or QgsProject.instance())
    of = edition(str(scope.variable("wangge_standard") or ""))
    if len(chosen.code) != of.class_code_length:
        return {}
    order = list(rows)
    texts = {n: _texts(rows, order, n) for n in ("component_code", "grid_code", "community_code")}
    own = str(scope.variable("wangge_district_code") or "")
    districts = {text[:6] for column in texts.values() for text in column if text} | {own}
    known = [
        code
        for one in {layer.id(): layer, **{s.id(): s for s in siblings}}.values()
        for district in sorted(districts - {""})
        for code in _codes_from(one, district + chosen.code)
    ]
    batch = Batch(
        {**texts, "class_code": np.full(len(order), chosen.code, dtype=object)},
        None,
        np.array(order, dtype=np.int64),
    )
    start = int(scope.variable("wangge_block_start") or 1)
    end = int(scope.variable("wangge_block_end") or LARGEST_SEQUENCE)
    limited = (start, end) != (1, LARGEST_SEQUENCE)
    made = number_components(
        batch,
        standard=of,
        district_code=own,
        known_codes=known,
        block=[CodeBlock(start, end, "")] if limited else (),
    )
    return {
        identity: code
        for identity, code in zip(order, made.codes.tolist(), strict=True)
        if code is not None
    }


def _codes_from(layer: QgsVectorLayer, prefix: str) -> list[str]:
    # By a range, which the file's index answers; edits that are not saved count too.
    low, high = f"{prefix}{0:0{SEQUENCE_WIDTH}d}", f"{prefix}{LARGEST_SEQUENCE}"
    field = QgsExpression.quotedColumnRef("component_code")
    request = QgsFeatureRequest().setFilterExpression(
        f"{field} >= {QgsExpression.quotedString(low)} AND "
        f"{field} <= {QgsExpression.quotedString(high)}"
    )
    request.setSubsetOfAttributes(["component_code"], layer.fields())
    request.setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    return [str(feature["component_code"]) for feature in layer.getFeatures(request)]


def _texts(rows: Mapping[int, QgsFeature], order: Sequence[int], name: str) -> np.ndarray:
    first = next(iter(rows.values()), None)
    column = np.full(len(order), "", dtype=object)
    if first is not None and first.fields().lookupField(name) >= 0:
        column[:] = ["" if is_null(rows[i][name]) else str(rows[i][name]) for i in order]
    return column


def _department_name(layer: QgsVectorLayer, code: Any) -> str | None:
    if is_null(code):
        return None
    project = layer.project() or QgsProject.instance()
    for relation in project.relationManager().referencingRelations(layer):
        parent = relation.referencedLayer()
        if parent is not None and parent.fields().lookupField("department_name") >= 0:
            request = QgsFeatureRequest().setFilterExpression(
                QgsExpression.createFieldEqualityExpression("department_code", code)
            )
            for row in parent.getFeatures(request.setLimit(1)):
                return str(row["department_name"])
            return None
    return None
