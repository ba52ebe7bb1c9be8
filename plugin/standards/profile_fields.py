"""The parts of a profile that speak of fields: extra ones, extra layers, obligations, names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from ..translation import translate
from .domains import DOMAINS
from .editions import Edition
from .exchange import EXCHANGE_TABLES
from .extension import exchange_names, extend_layers
from .layers import LAYERS, component_spec
from .profile import EXCHANGE_CATEGORIES, EXCHANGE_FORMATS, ExchangeLayout, Profile
from .spec import FieldSpec, FieldType, Geometry, LayerSpec, Obligation
from .toml_section import Section

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_TYPES = [t.value for t in FieldType]
_OBLIGATIONS = [o.value for o in Obligation]
_GEOMETRIES = [g.value for g in Geometry]


def extra_fields(
    top: Section, of: Edition, domains: Collection[str]
) -> Mapping[str, tuple[FieldSpec, ...]]:
    """Read ``[[fields]]``: extra fields by layer."""
    fields: dict[str, tuple[FieldSpec, ...]] = {}
    for section in top.tables("fields"):
        layer = section.choice("layer", list(LAYERS))
        standard = component_spec(of) if layer == "component" else LAYERS[layer]
        known = (*standard.fields, *fields.get(layer, ()))
        field = _field(section, known, of, domains)
        fields[layer] = (*fields.get(layer, ()), field)
    return fields


def extra_layers(top: Section, of: Edition, domains: Collection[str]) -> tuple[LayerSpec, ...]:
    """Read ``[[layers]]`` with their ``[[layers.fields]]``."""
    layers: list[LayerSpec] = []
    for section in top.tables("layers"):
        name = _name(section)
        if name in LAYERS or name in {known.name for known in layers}:
            section.fail("name", translate("Wangge", "there is a layer of this name already"))
        fields: tuple[FieldSpec, ...] = ()
        for entry in section.tables("fields"):
            fields = (*fields, _field(entry, fields, of, domains))
        key = section.choice("key", [f.name for f in fields])
        if not next(f for f in fields if f.name == key).is_mandatory:
            section.fail("key", translate("Wangge", "the key must be a field of obligation M"))
        layers.append(
            LayerSpec(
                name=name,
                fields=fields,
                key=key,
                geometries=tuple(
                    Geometry(g) for g in section.texts("geometries", _GEOMETRIES) or ()
                ),
                title_en=section.text("title_en", ""),
                title_zh=section.text("title_zh"),
            )
        )
        section.finish()
    return tuple(layers)


def with_obligations(profile: Profile, section: Section) -> Profile:
    """Read ``[obligations.<layer>]``: field = "M", "C" or "O"."""
    layers = extend_layers(profile)
    obligations: dict[str, dict[str, Obligation]] = {}
    for layer in section:
        entry = _layer_table(section, layer, layers)
        obligations[layer] = {
            name: Obligation(entry.choice(name, _OBLIGATIONS))
            for name in _fields_of(entry, layers[layer])
        }
        key = layers[layer].key
        if obligations[layer].get(key, Obligation.MANDATORY) is not Obligation.MANDATORY:
            entry.fail(key, translate("Wangge", "the key of a layer is always mandatory"))
    return replace(profile, obligations=obligations)


def with_exchange(profile: Profile, section: Section) -> Profile:
    """Read ``[exchange]`` and ``[exchange.names.<layer>]``."""
    layers = {**EXCHANGE_TABLES, **extend_layers(profile)}
    default = ExchangeLayout()
    table = section.table("names")
    names: dict[str, dict[str, str]] = {}
    for layer in table:
        entry = _layer_table(table, layer, layers)
        names[layer] = {name: entry.text(name) for name in _fields_of(entry, layers[layer])}
    layout = ExchangeLayout(
        format=section.choice("format", EXCHANGE_FORMATS, default.format),
        encoding=_encoding(section, default.encoding),
        date_format=_date_format(section, default.date_format),
        categories=section.texts("categories", EXCHANGE_CATEGORIES) or default.categories,
        names=names,
    )
    section.finish()
    profile = replace(profile, exchange=layout)
    for layer, own in names.items():
        _refuse_double_names(exchange_names(profile, layer), own, table.table(layer))
    return profile


def _name(section: Section) -> str:
    name = section.text("name")
    if not _FIELD_NAME.fullmatch(name):
        section.fail(
            "name",
            translate(
                "Wangge",
                "“{name}” must be small letters, digits and underscores, begin with a letter and "
                "have at most 63 characters",
            ).format(name=name),
        )
    return name


def _field(
    section: Section, known: tuple[FieldSpec, ...], of: Edition, domains: Collection[str]
) -> FieldSpec:
    name = _name(section)
    if name in {f.name for f in known}:
        section.fail("name", translate("Wangge", "the layer has a field of this name already"))
    abbreviation = section.text("abbreviation", "")
    taken = {f.abbreviations.get(of.id, "").lower(): f.name for f in known}
    if abbreviation and abbreviation.lower() in taken:
        section.fail(
            "abbreviation",
            translate("Wangge", "the field {other} has it already").format(
                other=taken[abbreviation.lower()]
            ),
        )
    kind = FieldType(section.choice("type", _TYPES, FieldType.TEXT.value))
    length = section.integer("length", 0)
    if length and kind is not FieldType.TEXT:
        section.fail("length", translate("Wangge", "only a text has a length"))
    field = FieldSpec(
        name=name,
        type=kind,
        length=length,
        obligation=Obligation(section.choice("obligation", _OBLIGATIONS, "O")),
        domain=section.choice("domain", sorted(domains), ""),
        alias_en=section.text("alias_en", ""),
        alias_zh=section.text("alias_zh"),
        abbreviations={of.id: abbreviation} if abbreviation else {},
        synonyms=section.texts("synonyms") or (),
        help_en=section.text("help_en", ""),
        help_zh=section.text("help_zh", ""),
        unit=section.text("unit", ""),
    )
    if field.domain in DOMAINS and length:
        longest = max(DOMAINS[field.domain].stored, key=len)
        if len(longest) > length:
            section.fail(
                "length",
                translate("Wangge", "the value “{value}” of its list does not fit").format(
                    value=longest
                ),
            )
    section.finish()
    return field


def _layer_table(section: Section, layer: str, layers: Mapping[str, LayerSpec]) -> Section:
    if layer not in layers:
        section.fail(
            layer,
            translate("Wangge", "there is no such layer; the layers are {layers}").format(
                layers=", ".join(layers)
            ),
        )
    return section.table(layer)


def _fields_of(entry: Section, spec: LayerSpec) -> list[str]:
    for name in entry:
        if name not in spec.names:
            entry.fail(
                name,
                translate("Wangge", "the layer {layer} has no such field").format(layer=spec.name),
            )
    return list(entry)


def _refuse_double_names(names: Mapping[str, str], own: Mapping[str, str], entry: Section) -> None:
    for name, exchanged in own.items():
        for other, also in names.items():
            if other != name and also.lower() == exchanged.lower():
                entry.fail(
                    name,
                    translate("Wangge", "the field {other} goes by “{name}” already").format(
                        other=other, name=exchanged
                    ),
                )


def _encoding(section: Section, default: str) -> str:
    encoding = section.text("encoding", default)
    try:
        "网格".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        section.fail("encoding", translate("Wangge", "it must be an encoding for Chinese text"))
    return encoding


def _date_format(section: Section, default: str) -> str:
    text = section.text("date_format", default)
    if date(2026, 7, 1).strftime(text) in (date(2026, 7, 2).strftime(text), text):
        section.fail("date_format", translate("Wangge", "it must look like %Y%m%d"))
    return text
