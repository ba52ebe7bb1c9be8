"""The categories of a package as tables under a city's profile, and where their rows come from."""

from __future__ import annotations

from ...standards.domains import DOMAINS
from ...standards.exchange import EXCHANGE_KEYS, EXCHANGE_TABLES
from ...standards.extension import exchange_names, extend_layers
from ...standards.profile import Profile
from ...standards.spec import LayerSpec
from .columns import SHAPE, Column, Table

#: Categories whose rows are those of a layer.
LAYER_CATEGORIES = ("person", "component", "unit_grid", "department")

#: Layers a package is made from, in the order in which they are read.
SOURCES = ("department", "community", "unit_grid", "component", "person", "case")

_READ_FOR = {
    "person": ("person", "component"),
    "component": ("component",),
    "unit_grid": ("unit_grid",),
    "department": ("department",),
    "area_case_statistics": ("community", "unit_grid", "case"),
    "department_case_statistics": ("department", "case"),
    "area_total_statistics": ("community", "unit_grid", "component", "case"),
    "case_total_statistics": ("case",),
    "case_type_statistics": ("case",),
    "case_source_statistics": ("case",),
}


def needed_sources(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Return the layers that must be read for these categories, in order."""
    wanted = {source for c in categories for source in _READ_FOR.get(c, ())}
    return tuple(s for s in SOURCES if s in wanted)


def category_spec(profile: Profile, category: str) -> LayerSpec:
    """Return the description of a category's rows."""
    return EXCHANGE_TABLES.get(category) or extend_layers(profile)[category]


def category_table(profile: Profile, category: str) -> Table:
    """Return a category as the profile has it in packages."""
    table = layer_table(profile, category)
    return Table(
        name=table.name,
        title=DOMAINS["exchange_category"][category].zh,
        columns=table.columns,
        keys=EXCHANGE_KEYS.get(category) or table.keys,
        has_shapes=table.has_shapes,
    )


def layer_table(profile: Profile, layer: str) -> Table:
    """Return any layer with its names in packages."""
    spec = category_spec(profile, layer)
    names = exchange_names(profile, layer)
    taken = {SHAPE}
    columns = []
    for field in spec.fields:
        name = names[field.name]
        if name.lower() in taken:
            name = field.name if field.name.lower() not in taken else f"{field.name}_"
        taken.add(name.lower())
        columns.append(Column(field.name, name, field.type, field.length))
    return Table(spec.name, spec.title_zh, tuple(columns), (spec.key,), bool(spec.geometries))
