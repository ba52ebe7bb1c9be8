"""The table of what became of components, and which changes go into it."""

from __future__ import annotations

from .spec import FieldSpec, FieldType, LayerSpec, Obligation

HISTORY = LayerSpec(
    "component_history",
    (
        FieldSpec(
            "uuid",
            length=36,
            obligation=Obligation.MANDATORY,
            alias_en="permanent identifier",
            alias_zh="唯一标识",
        ),
        FieldSpec(
            "component_code", length=17, alias_en="component code", alias_zh="管理部件标识码"
        ),
        FieldSpec("field", length=30, alias_en="what changed", alias_zh="变更内容"),
        FieldSpec("old_value", length=255, alias_en="before", alias_zh="变更前"),
        FieldSpec("new_value", length=255, alias_en="after", alias_zh="变更后"),
        FieldSpec("changed_at", FieldType.DATETIME, alias_en="changed at", alias_zh="变更时间"),
        FieldSpec("changed_by", length=50, alias_en="changed by", alias_zh="变更人"),
    ),
    "",
    title_en="History of components",
    title_zh="部件变更记录",
)
#: Fields whose changes are kept; a change of position goes by the name ``geometry``.
FOLLOWED = ("class_code", "subclass_code", "status", "component_code")
GEOMETRY, DELETED = "geometry", "deleted"
