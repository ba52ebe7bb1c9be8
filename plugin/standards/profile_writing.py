"""A profile as TOML text."""

from __future__ import annotations

from typing import Any

from .editions import Edition
from .profile import Profile
from .spec import FieldSpec
from .toml_text import dump


def profile_text(profile: Profile) -> str:
    """Return the TOML text from which the profile reads back equal."""
    crs_key = "wkt" if "[" in profile.crs else "authid"
    exchange = profile.exchange
    return dump(
        {
            "id": profile.id,
            "title_en": profile.title_en,
            "title_zh": profile.title_zh,
            "edition": profile.edition.id,
            "district_codes": profile.district_codes,
            "levels": profile.levels,
            "crs": _filled({crs_key: profile.crs}),
            "tolerances": profile.tolerances,
            "risk": {"scheme": profile.risk_scheme},
            "push": {"schema": profile.push.schema, "srid": profile.push.srid},
            "exchange": {
                "format": exchange.format,
                "encoding": exchange.encoding,
                "date_format": exchange.date_format,
                "categories": exchange.categories,
                "names": exchange.names,
            },
            "rules": {
                rule: _filled(
                    {
                        "off": override.off,
                        "severity": override.severity,
                        "parameters": override.parameters,
                    }
                )
                for rule, override in profile.rules.items()
            },
            "obligations": {
                layer: {name: o.value for name, o in fields.items()}
                for layer, fields in profile.obligations.items()
            },
            "classes": [
                {
                    "code": c.code,
                    "name_zh": c.name_zh,
                    "name_en": c.name_en,
                    "major_name_zh": c.major_name_zh,
                    "major_name_en": c.major_name_en,
                    **_filled(
                        {"geometries": [g.value for g in c.geometries], "accuracy": c.accuracy}
                    ),
                }
                for c in profile.classes
            ],
            "subclasses": [
                _filled(
                    {
                        "code": s.code,
                        "class_code": s.class_code,
                        "name_zh": s.name_zh,
                        "name_en": s.name_en,
                    }
                )
                for s in profile.subclasses
            ],
            "values": [
                {
                    "domain": domain,
                    "value": v.value,
                    "en": v.en,
                    "zh": v.zh,
                    **_filled({"synonyms": v.synonyms}),
                }
                for domain, values in profile.values.items()
                for v in values
            ],
            "fields": [
                {"layer": layer, **_field(f, profile.edition)}
                for layer, fields in profile.fields.items()
                for f in fields
            ],
            "layers": [
                {
                    "name": layer.name,
                    **_filled({"title_en": layer.title_en, "title_zh": layer.title_zh}),
                    "key": layer.key,
                    "geometries": [g.value for g in layer.geometries],
                    "fields": [_field(f, profile.edition) for f in layer.fields],
                }
                for layer in profile.layers
            ],
        }
    )


def _field(spec: FieldSpec, of: Edition) -> dict[str, Any]:
    return _filled(
        {
            "name": spec.name,
            "type": spec.type.value,
            "length": spec.length,
            "obligation": spec.obligation.value,
            "domain": spec.domain,
            "alias_en": spec.alias_en,
            "alias_zh": spec.alias_zh,
            "abbreviation": spec.abbreviations.get(of.id, ""),
            "synonyms": spec.synonyms,
            "help_en": spec.help_en,
            "help_zh": spec.help_zh,
            "unit": spec.unit,
        }
    )


def _filled(table: dict[str, Any]) -> dict[str, Any]:
    """Return the table without what is empty: reading puts the same default there."""
    return {key: value for key, value in table.items() if value}
