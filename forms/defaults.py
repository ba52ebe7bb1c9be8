"""What fills itself: plain QGIS expressions, evaluated by QField and Mergin alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qgis.core import QgsVectorLayer

from ..plugin.standards.editions import Edition
from ..plugin.standards.spec import LayerSpec
from .codes import code_default
from .places import place_defaults, quoted

#: Entered once, offered again for the next feature.
REUSED = (
    "major_code",
    "class_code",
    "subclass_code",
    "authority_code",
    "owner_code",
    "maintainer_code",
    "source",
    "surveyor",
)
#: Filled by expressions alone; people only read them.
COMPUTED = (
    "component_code",
    "component_name",
    "standard",
    "uuid",
    "grid_code",
    "community_code",
    "community_name",
    "street_code",
    "street_name",
)


@dataclass(frozen=True)
class Default:
    """An expression; ``on_update`` evaluates it again whenever the feature changes."""

    expression: str
    on_update: bool = False


def defaults(
    layer: QgsVectorLayer,
    spec: LayerSpec,
    tables: Mapping[str, QgsVectorLayer],
    of: Edition,
) -> dict[str, Default]:
    """Return field -> default of the fields that fill themselves."""
    found = {n: Default(e, True) for n, e in place_defaults(layer, tables).items()}
    found["uuid"] = Default("uuid('WithoutBraces')")
    if spec.name == "component":
        found |= _component(layer, tables, of)
    if spec.name == "department":
        found["label"] = Default('concat("department_name", \' \', "initials")', True)
    present = set(layer.fields().names())
    return {n: d for n, d in found.items() if n in present and n in spec.names}


def _component(
    layer: QgsVectorLayer, tables: Mapping[str, QgsVectorLayer], of: Edition
) -> dict[str, Default]:
    siblings = [t for n, t in tables.items() if n.startswith("component") and _has_codes(t)]
    found = {
        "standard": Default(quoted(of.id)),
        "component_code": Default(code_default(siblings or [layer], of), True),
        "status": Default(quoted("完好")),
        "source": Default(quoted("实测")),
        "first_date": Default("to_date(now())"),
        # A change on a later day than the first census is a change.
        "changed_date": Default(
            'if("first_date" < to_date(now()), to_date(now()), "changed_date")', True
        ),
        "surveyed_at": Default("now()"),
        "surveyor": Default(
            "coalesce(nullif(@wangge_surveyor, ''), @cloud_username, @mm_username, "
            "@mergin_username, nullif(@user_full_name, ''), @user_account_name)"
        ),
    }
    if classes := tables.get("component_class"):
        row = f"get_feature({quoted(classes.id())}, 'class_code', \"class_code\")"
        name = f"attribute({row}, 'name_zh')"
        found["component_name"] = Default(f'coalesce({name}, "component_name")', True)
        found["accuracy"] = Default(f"nullif(attribute({row}, 'accuracy'), '')")
    if departments := tables.get("department"):
        for role in ("authority", "owner", "maintainer"):
            row = f"get_feature({quoted(departments.id())}, 'department_code', \"{role}_code\")"
            name = f"attribute({row}, 'department_name')"
            found[f"{role}_name"] = Default(f'coalesce({name}, "{role}_name")', True)
    return found


def _has_codes(table: QgsVectorLayer) -> bool:
    return table.fields().lookupField("component_code") >= 0
