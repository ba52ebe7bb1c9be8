"""The tables that exist only in exchange packages: case dictionaries and statistics."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .domains import DOMAINS
from .spec import FieldSpec, FieldType, LayerSpec, Obligation
from .tables import read_table

#: What tells the rows of a table apart.
EXCHANGE_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "case_source": ("source_code",),
        "case_class": ("case_type", "class_code"),
        "case_state": ("state_code",),
        "area_case_statistics": ("area_code",),
        "department_case_statistics": ("department_code",),
        "area_total_statistics": ("area_code",),
        "case_total_statistics": ("area_code",),
        "case_type_statistics": ("case_type", "class_code"),
        "case_source_statistics": ("source_code",),
    }
)


def _load() -> dict[str, LayerSpec]:
    fields: dict[str, list[FieldSpec]] = {name: [] for name in EXCHANGE_KEYS}
    for row in read_table("exchange_fields"):
        fields[row["layer"]].append(
            FieldSpec(
                name=row["name"],
                type=FieldType(row["type"]),
                length=int(row["length"]),
                obligation=Obligation(row["obligation"]),
                domain=row["domain"],
                alias_zh=row["alias_zh"],
                alias_en=row["alias_en"],
            )
        )
    titles = DOMAINS["exchange_category"]
    return {
        name: LayerSpec(
            name=name,
            fields=tuple(found),
            key=EXCHANGE_KEYS[name][0] if len(EXCHANGE_KEYS[name]) == 1 else "",
            title_en=titles[name].en,
            title_zh=titles[name].zh,
        )
        for name, found in fields.items()
    }


EXCHANGE_TABLES: Mapping[str, LayerSpec] = MappingProxyType(_load())
