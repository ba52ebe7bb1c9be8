"""Which field stands on which tab."""

from __future__ import annotations

from dataclasses import dataclass

from ..plugin.standards.spec import LayerSpec, Obligation
from ..plugin.translation import translate


@dataclass(frozen=True)
class Group:
    """Fields in one box of a tab.

    Attributes
    ----------
    title : str
    fields : tuple of str
    columns : int
    visible : str
        Expression under which the box is shown; empty for always.
    """

    title: str
    fields: tuple[str, ...]
    columns: int = 1
    visible: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab: its title and boxes."""

    title: str
    groups: tuple[Group, ...]


def tabs(spec: LayerSpec, present: set[str], *, subclasses: str = "") -> tuple[Tab, ...]:
    """Return the tabs of a layer, with the fields that it has.

    What is entered comes first, what fills itself last; fields that no tab names (such as a
    city's own) follow on a tab of their own.

    Parameters
    ----------
    spec : LayerSpec
    present : set of str
        Fields that the layer has.
    subclasses : str
        Id of the table of 细类; classes without any do not ask for one.
    """
    chosen = _component(subclasses) if spec.name == "component" else _generic(spec)
    kept = []
    for tab in chosen:
        groups = tuple(
            Group(g.title, named, g.columns, g.visible)
            for g in tab.groups
            if (named := tuple(f for f in g.fields if f in present))
        )
        if groups:
            kept.append(Tab(tab.title, groups))
    listed = {f for tab in chosen for g in tab.groups for f in g.fields}
    rest = tuple(f for f in spec.names if f in present and f not in listed)
    if rest:
        kept.append(Tab(translate("Wangge", "Further"), (Group("", rest),)))
    return tuple(kept)


def _component(subclasses: str) -> tuple[Tab, ...]:
    has_subclasses = f"get_feature('{subclasses}', 'class_code', \"class_code\") IS NOT NULL"
    return (
        Tab(
            translate("Wangge", "Component"),
            (
                Group(translate("Wangge", "Class"), ("major_code", "class_code")),
                Group(
                    translate("Wangge", "Subclass"),
                    ("subclass_code",),
                    visible=has_subclasses if subclasses else "",
                ),
                Group(
                    translate("Wangge", "State"),
                    ("status", "photo", "note"),
                ),
            ),
        ),
        Tab(
            translate("Wangge", "In charge"),
            (
                Group(translate("Wangge", "Authority"), ("authority_code", "authority_name")),
                Group(translate("Wangge", "Owner"), ("owner_code", "owner_name")),
                Group(translate("Wangge", "Maintainer"), ("maintainer_code", "maintainer_name")),
            ),
        ),
        Tab(
            translate("Wangge", "Census"),
            (
                Group(
                    translate("Wangge", "Survey"),
                    ("surveyor", "surveyed_at", "source", "accuracy", "first_date", "changed_date"),
                    2,
                ),
                Group(
                    translate("Wangge", "Identity"),
                    ("component_code", "component_name", "standard", "uuid"),
                ),
                Group(
                    translate("Wangge", "Place"),
                    (
                        "grid_code",
                        "community_code",
                        "community_name",
                        "street_code",
                        "street_name",
                    ),
                ),
            ),
        ),
    )


def _generic(spec: LayerSpec) -> tuple[Tab, ...]:
    needed = tuple(f.name for f in spec.fields if f.obligation is not Obligation.OPTIONAL)
    others = tuple(f.name for f in spec.fields if f.obligation is Obligation.OPTIONAL)
    found = [Tab(spec.title, (Group("", needed),))] if needed else []
    if others:
        found.append(Tab(translate("Wangge", "Further"), (Group("", others),)))
    return tuple(found)
