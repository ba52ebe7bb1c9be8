"""Dress a layer with its form, made from its description.

Everything is stored in the project by QGIS's own means (widgets, expressions, relations): the
form works in QGIS without Wangge, in QField and in Mergin Maps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorField,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsFieldConstraints,
    QgsOptionalExpression,
    QgsRelation,
    QgsRelationContext,
    QgsVectorLayer,
)

from ..plugin.standards.domains import DOMAINS, Domain
from ..plugin.standards.editions import Edition, edition
from ..plugin.standards.spec import LayerSpec
from .codes import ensure_code_block
from .constraints import constraint
from .defaults import COMPUTED, REUSED, defaults
from .layouts import Group, tabs
from .widgets import DEPARTMENT_FIELDS, department_widget, widget

_NOT_NULL = QgsFieldConstraints.Constraint.ConstraintNotNull
_EXPRESSION = QgsFieldConstraints.Constraint.ConstraintExpression
_SOFT = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft
_HARD = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard


def dress(
    layer: QgsVectorLayer,
    spec: LayerSpec,
    *,
    tables: dict[str, QgsVectorLayer],
    of: str | Edition = "",
    domains: Mapping[str, Domain] = DOMAINS,
) -> None:
    """Give a layer aliases, inputs, constraints, defaults and tabs as its description says.

    Parameters
    ----------
    layer : QgsVectorLayer
        Best already in its project: the department lookup needs a relation there, and
        without one departments are plain text.
    spec : LayerSpec
        Fields of it that the layer lacks are left out; fields of the layer that it lacks
        are hidden.
    tables : dict of str to QgsVectorLayer
        Layers of the same project that the form looks things up in, as far as there are
        any: ``component_major``, ``component_class``, ``component_subclass``,
        ``department``, ``unit_grid``, ``community``; and every layer of components
        (``component``, ``component_line``, ``component_polygon``) so that no number is
        given twice.
    of : str or Edition
        Edition that component codes follow.
    domains : mapping of str to Domain
        Value lists, a city's own among them.
    """
    the_edition = edition(of)
    fields = layer.fields()
    config = layer.editFormConfig()
    filled = defaults(layer, spec, tables, the_edition)
    project = layer.project()
    if project is not None:
        ensure_code_block(project)
    present: set[str] = set()
    for one in spec.fields:
        index = fields.lookupField(one.name)
        if index < 0:
            continue
        present.add(one.name)
        layer.setFieldAlias(index, one.alias)
        layer.setEditorWidgetSetup(index, widget(one, layer, tables, domains))
        if one.name in filled:
            default = filled[one.name]
            layer.setDefaultValueDefinition(
                index, QgsDefaultValue(default.expression, default.on_update)
            )
        _constrain(layer, index, one, spec, the_edition)
        config.setReadOnly(index, one.name in COMPUTED and one.name in filled)
        config.setReuseLastValue(index, spec.name == "component" and one.name in REUSED)
    if spec.name == "component" and "department" in tables:
        _look_up_departments(layer, tables["department"])
    for index, field in enumerate(fields):
        if field.name() not in present:
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("Hidden", {}))
    _lay_out(config, layer, spec, present, tables)
    layer.setEditFormConfig(config)
    if "photo" in present:
        _name_photos(layer)
    if spec.name != "department":  # shown as the lookups need it
        layer.setDisplayExpression(_title(spec, present))
    layer.setMapTipTemplate(_map_tip(spec, present))


def _constrain(layer: QgsVectorLayer, index: int, one, spec: LayerSpec, of: Edition) -> None:
    found = constraint(one, spec, of)
    if found is None:
        return
    strength = _HARD if found.is_hard else _SOFT
    if one.is_mandatory:
        layer.setFieldConstraint(index, _NOT_NULL, strength)
    layer.setConstraintExpression(index, found.expression, found.sentence)
    layer.setFieldConstraint(index, _EXPRESSION, strength)


def _look_up_departments(layer: QgsVectorLayer, departments: QgsVectorLayer) -> None:
    project = layer.project()
    if project is None:
        return
    # A column alone: comparisons with it are answered by the file.
    has_label = departments.fields().lookupField("label") >= 0
    departments.setDisplayExpression('"label"' if has_label else '"department_name"')
    for name in DEPARTMENT_FIELDS:
        index = layer.fields().lookupField(name)
        if index < 0:
            continue
        relation = QgsRelation(QgsRelationContext(project))
        relation.setId(f"{layer.id()}_{name}")
        relation.setName(f"{layer.name()}: {layer.attributeDisplayName(index)}")
        relation.setReferencedLayer(departments.id())
        relation.setReferencingLayer(layer.id())
        relation.addFieldPair(name, "department_code")
        project.relationManager().addRelation(relation)
        layer.setEditorWidgetSetup(index, department_widget(relation.id(), departments))


def _lay_out(
    config: QgsEditFormConfig,
    layer: QgsVectorLayer,
    spec: LayerSpec,
    present: set[str],
    tables: Mapping[str, QgsVectorLayer],
) -> None:
    config.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    config.clearTabs()
    root = config.invisibleRootContainer()
    subclasses = tables.get("component_subclass")
    for tab in tabs(spec, present, subclasses=subclasses.id() if subclasses else ""):
        page = QgsAttributeEditorContainer(tab.title, root)
        page.setType(Qgis.AttributeEditorContainerType.Tab)
        for group in tab.groups:
            parent = _box(group, page) if group.title else page
            for name in group.fields:
                parent.addChildElement(_element(name, layer, parent))
        config.addTab(page)


def _box(group: Group, page: QgsAttributeEditorContainer) -> QgsAttributeEditorContainer:
    box = QgsAttributeEditorContainer(group.title, page)
    box.setType(Qgis.AttributeEditorContainerType.GroupBox)
    box.setColumnCount(group.columns)
    if group.visible:
        box.setVisibilityExpression(QgsOptionalExpression(QgsExpression(group.visible)))
    page.addChildElement(box)
    return box


def _element(name: str, layer: QgsVectorLayer, parent) -> QgsAttributeEditorField:
    return QgsAttributeEditorField(name, layer.fields().lookupField(name), parent)


def _name_photos(layer: QgsVectorLayer) -> None:
    # Where QField puts photos it takes; read by QField alone.
    name = "'photos/' || \"uuid\" || '_' || format_date(now(), 'yyyyMMddHHmmss') || '.{extension}'"
    for key in ("QFieldSync/attachment_naming", "QFieldSync/photo_naming"):
        layer.setCustomProperty(key, json.dumps({"photo": name}))


def _title(spec: LayerSpec, present: set[str]) -> str:
    parts = [n for n in (f"{spec.name}_name", spec.key) if n in present]
    return "concat(" + ", ' ', ".join(f'"{n}"' for n in parts) + ")" if parts else ""


def _map_tip(spec: LayerSpec, present: set[str]) -> str:
    shown = [
        f
        for f in spec.fields
        if f.name in present
        and f.name
        in (
            f"{spec.name}_name",
            spec.key,
            "status",
            "grid_code",
            "authority_name",
            "community_name",
        )
    ]
    rows = "".join(f'<tr><td>{f.alias}</td><td>[% "{f.name}" %]</td></tr>' for f in shown)
    return f"<table>{rows}</table>"
