"""The standard's descriptions with what a city's profile adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .classes import ClassTable, class_table
from .domains import DOMAINS, Domain
from .exchange import EXCHANGE_TABLES
from .layers import LAYERS, component_spec
from .profile import Profile
from .spec import LayerSpec


def extend_layers(profile: Profile) -> Mapping[str, LayerSpec]:
    """Return every layer by name as the city has it.

    Code lengths follow the profile's edition; extra fields come after the standard's, extra
    layers after the product's; obligations are the city's where it sets them.
    """
    layers = dict(LAYERS)
    layers["component"] = component_spec(profile.edition)
    layers |= {added.name: added for added in profile.layers}
    return {name: _extended(spec, profile) for name, spec in layers.items()}


def _extended(spec: LayerSpec, profile: Profile) -> LayerSpec:
    obligations = profile.obligations.get(spec.name, {})
    fields = (*spec.fields, *profile.fields.get(spec.name, ()))
    return replace(
        spec,
        fields=tuple(replace(f, obligation=obligations.get(f.name, f.obligation)) for f in fields),
    )


def extend_domains(profile: Profile) -> Mapping[str, Domain]:
    """Return every value list by name with the city's own values after the standard's."""
    domains = dict(DOMAINS)
    for name, values in profile.values.items():
        known = domains[name].values if name in domains else ()
        domains[name] = Domain(name, (*known, *values))
    return domains


def extend_classes(profile: Profile) -> ClassTable:
    """Return the component classes of the profile's edition with the city's own."""
    return class_table(profile.edition).with_extensions(profile.classes, profile.subclasses)


def exchange_names(profile: Profile, layer: str) -> dict[str, str]:
    """Return field -> name in exchange packages for a layer or a table of `EXCHANGE_TABLES`.

    The profile's own name comes first, then the edition's abbreviation, then our name.
    """
    own = profile.exchange.names.get(layer, {})
    spec = EXCHANGE_TABLES.get(layer) or extend_layers(profile)[layer]
    return {
        f.name: own.get(f.name) or f.abbreviations.get(profile.edition.id) or f.name
        for f in spec.fields
    }
