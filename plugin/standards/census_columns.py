"""The component table of a census: the described columns, in an order in which defaults work."""

from __future__ import annotations

from dataclasses import replace

from .spec import FieldSpec, LayerSpec

#: Chosen first in the form; the class narrows it down. Not part of any exchange.
MAJOR_CODE = FieldSpec(
    "major_code",
    length=2,
    alias_en="major class",
    alias_zh="部件大类",
    help_en="Choose it first; the classes below are then those of this major class.",
    help_zh="先选大类，再在该大类中选择小类。",
)

# QGIS evaluates defaults from the first column to the last, and an expression only sees
# what stands before it.
_FIRST = (
    "uuid",
    "standard",
    "class_code",
    "major_code",
    "subclass_code",
    "component_name",
    "authority_code",
    "authority_name",
    "owner_code",
    "owner_name",
    "maintainer_code",
    "maintainer_name",
    "grid_code",
    "community_code",
    "community_name",
    "street_code",
    "street_name",
    "component_code",
)


def filling_order(spec: LayerSpec) -> LayerSpec:
    """Return the description of components with its columns in an order in which defaults work."""
    fields = {f.name: f for f in spec.fields}
    first = [n for n in _FIRST if n in fields]
    names = [*first, *(n for n in fields if n not in first)]
    return replace(spec, fields=tuple(fields[n] for n in names))


def census_component(spec: LayerSpec) -> LayerSpec:
    """Return the description of components with the major class and its columns in order."""
    if MAJOR_CODE.name in spec.names:
        return filling_order(spec)
    return filling_order(replace(spec, fields=(MAJOR_CODE, *spec.fields)))
