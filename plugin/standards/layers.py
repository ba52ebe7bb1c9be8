"""The layers of the product, as `LayerSpec`, read from the tables of fields and layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from .editions import EDITIONS, Edition, edition
from .spec import FieldSpec, FieldType, Geometry, LayerSpec, Obligation
from .tables import read_table

# The 2013 edition kept the exchange names of 2007.
_ABBREVIATION_COLUMNS = {
    "cjt214_2007": "cjt214_2007",
    "gbt30428_2_2013": "cjt214_2007",
    "gbt47678_5_2026": "gbt47678_5_2026",
}


def _field(row: Mapping[str, str]) -> FieldSpec:
    abbreviations = {e.id: row[_ABBREVIATION_COLUMNS[e.id]] for e in EDITIONS}
    return FieldSpec(
        name=row["name"],
        type=FieldType(row["type"]),
        length=int(row["length"]),
        obligation=Obligation(row["obligation"]),
        domain=row["domain"],
        alias_en=row["alias_en"],
        alias_zh=row["alias_zh"],
        abbreviations=MappingProxyType({k: v for k, v in abbreviations.items() if v}),
        synonyms=tuple(row["synonyms"].split()),
        help_en=row["help_en"],
        help_zh=row["help_zh"],
        unit=row["unit"],
    )


def _survey(component: LayerSpec) -> LayerSpec:
    # What a crew hands over: the exchange names of 2007, nothing promised.
    old = "cjt214_2007"
    delivered = [f for f in component.fields if old in f.abbreviations]
    ours = [component.field(n) for n in ("class_code", "photo", "surveyor", "surveyed_at")]
    fields = tuple(
        replace(f, name=f.abbreviations.get(old, f.name), obligation=Obligation.OPTIONAL)
        for f in (*delivered, *ours)
    )
    return LayerSpec(
        name="survey",
        fields=fields,
        key="",
        geometries=component.geometries,
        title_en="Survey delivery",
        title_zh="普查成果",
    )


def _load() -> dict[str, LayerSpec]:
    fields: dict[str, list[FieldSpec]] = {}
    for row in read_table("fields"):
        fields.setdefault(row["layer"], []).append(_field(row))
    layers = {
        row["layer"]: LayerSpec(
            name=row["layer"],
            fields=tuple(fields[row["layer"]]),
            key=row["key"],
            geometries=tuple(Geometry(g) for g in row["geometries"].split()),
            title_en=row["title_en"],
            title_zh=row["title_zh"],
        )
        for row in read_table("layers")
    }
    layers["survey"] = _survey(layers["component"])
    return layers


LAYERS: Mapping[str, LayerSpec] = MappingProxyType(_load())


def layer(name: str) -> LayerSpec:
    """Return the layer called ``name``; KeyError when there is none."""
    return LAYERS[name]


def component_spec(of: str | Edition = "") -> LayerSpec:
    """Return the layer ``component`` with the code lengths of an edition.

    Parameters
    ----------
    of : str or Edition
        Any spelling that `editions.edition` takes; empty for the default edition.
    """
    chosen = edition(of)
    lengths = {
        "component_code": chosen.component_code_length,
        "class_code": chosen.class_code_length,
        "grid_code": max(chosen.grid_code_lengths),
    }
    component = LAYERS["component"]
    return replace(
        component,
        fields=tuple(replace(f, length=lengths.get(f.name, f.length)) for f in component.fields),
    )
