"""The input of each field: lists, cascades, lookups, dates and photos."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsEditorWidgetSetup, QgsVectorLayer

from ..plugin.standards.domains import Domain
from ..plugin.standards.spec import FieldSpec, FieldType

_LONG_TEXT = 200
# Fields whose value is a department's code.
DEPARTMENT_FIELDS = ("authority_code", "owner_code", "maintainer_code")
# Field -> (table, key column, filter): each level offers what belongs to the one above. A filter
# must not name its own field: the form would then fill its list for ever.
_CASCADE = {
    "major_code": ("component_major", "major_code", ""),
    "class_code": (
        "component_class",
        "class_code",
        "coalesce(current_value('major_code'), '') = '' "
        "OR \"major_code\" = current_value('major_code')",
    ),
    "subclass_code": (
        "component_subclass",
        "subclass_code",
        "\"class_code\" = current_value('class_code')",
    ),
}


def widget(
    field: FieldSpec,
    layer: QgsVectorLayer,
    tables: Mapping[str, QgsVectorLayer],
    domains: Mapping[str, Domain],
) -> QgsEditorWidgetSetup:
    """Return the input of a field."""
    if field.name in _CASCADE and _CASCADE[field.name][0] in tables:
        return _cascade(field.name, tables, layer)
    if field.domain in domains:
        entries = [{v.label: v.value} for v in domains[field.domain].values]
        return QgsEditorWidgetSetup("ValueMap", {"map": entries})
    if field.name == "photo":
        return _photo()
    if field.type is FieldType.DATE:
        return _calendar("yyyy-MM-dd")
    if field.type is FieldType.DATETIME:
        return _calendar("yyyy-MM-dd HH:mm")
    return QgsEditorWidgetSetup("TextEdit", {"IsMultiline": field.length > _LONG_TEXT})


def department_widget(relation: str, departments: QgsVectorLayer) -> QgsEditorWidgetSetup:
    """Return a lookup that fetches what fits the typed text, a hundred rows at a time.

    A value relation reads the whole table whenever a form opens: with 78,000 departments
    430 ms with completer and 660 ms without; this opens in 10 ms.
    """
    return QgsEditorWidgetSetup(
        "RelationReference",
        {
            "Relation": relation,
            "ReferencedLayerId": departments.id(),
            # No source: it would name the folder in which the project was made.
            "ReferencedLayerName": departments.name(),
            "ReferencedLayerProviderKey": departments.providerType(),
            "AllowNULL": True,
            "AllowAddFeatures": False,
            "ShowForm": False,
            "ShowOpenFormButton": False,
            "MapIdentification": False,
            # Sorting would read the whole table; the rows lie in order.
            "OrderByValue": False,
            "FetchLimitActive": True,
            "FetchLimitNumber": 100,
        },
    )


def _cascade(
    name: str, tables: Mapping[str, QgsVectorLayer], layer: QgsVectorLayer
) -> QgsEditorWidgetSetup:
    table_name, key, expression = _CASCADE[name]
    if "major_code" not in layer.fields().names() and name == "class_code":
        expression = ""
    table = tables[table_name]
    return QgsEditorWidgetSetup(
        "ValueRelation",
        {
            "Layer": table.id(),
            "LayerName": table.name(),
            "LayerProviderName": table.providerType(),
            "Key": key,
            "Value": "label",
            "FilterExpression": expression,
            "AllowNull": True,
            "AllowMulti": False,
            "OrderByKey": True,
            "OrderByValue": False,
            "UseCompleter": False,
            "NofColumns": 1,
        },
    )


def _calendar(shown: str) -> QgsEditorWidgetSetup:
    return QgsEditorWidgetSetup(
        "DateTime",
        {
            "allow_null": True,
            "calendar_popup": True,
            "display_format": shown,
            "field_format": shown if shown == "yyyy-MM-dd" else "yyyy-MM-ddTHH:mm:ss",
            "field_format_overwrite": False,
            "field_iso_format": False,
        },
    )


def _photo() -> QgsEditorWidgetSetup:
    # Paths relative to the project: the folder can be moved, on to a phone too.
    return QgsEditorWidgetSetup(
        "ExternalResource",
        {
            "DocumentViewer": 1,
            "DocumentViewerHeight": 240,
            "DocumentViewerWidth": 0,
            "FileWidget": True,
            "FileWidgetButton": True,
            "FileWidgetFilter": "",
            "FullUrl": False,
            "RelativeStorage": 1,
            "StorageMode": 0,
            "StorageType": "",
            "UseLink": False,
        },
    )
