"""City profiles: read from TOML, checked key by key, written back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..errors import WanggeError
from ..translation import translate
from .classes import class_table
from .codes import DISTRICT_6
from .component_class import ComponentClass, Subclass
from .domains import DOMAINS, DomainValue
from .editions import Edition, edition
from .profile import LEVELS, TOLERANCES, Profile, PushSettings, RuleOverride
from .profile_fields import extra_fields, extra_layers, with_exchange, with_obligations
from .profile_writing import profile_text
from .spec import Geometry
from .tables import RESOURCES
from .toml_section import Section, read_toml

PROFILE_FOLDER = RESOURCES / "profiles"

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
_AUTHORITY = re.compile(r"[A-Za-z]+:[0-9A-Za-z_]+")
_WKT = re.compile(r"\s*[A-Z]+(CRS|CS)\s*\[")
_RULE = re.compile(r"[A-Z]{1,2}[0-9]{1,2}[A-Za-z]?")


def list_profiles() -> list[str]:
    """Return the names of the profiles that come with the plugin, generic first."""
    names = sorted(p.stem for p in PROFILE_FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "generic")


def load_profile(name_or_path: str | Path = "generic") -> Profile:
    """Return a profile by name or from a file.

    Parameters
    ----------
    name_or_path : str or Path
        A name out of `list_profiles`, or the path of a TOML file.

    Raises
    ------
    WanggeError
        When there is no such profile, or a key is wrong: names the file, line and key.
    """
    names = list_profiles()
    if str(name_or_path) in names:
        path = PROFILE_FOLDER / f"{name_or_path}.toml"
    else:
        path = Path(name_or_path)
        if not path.is_file():
            raise WanggeError(
                translate(
                    "Wangge", "There is no profile “{name}”. Use {names}, or the path of a file."
                ).format(name=name_or_path, names=", ".join(names))
            )
    return _read(read_toml(path))


def write_profile(profile: Profile, path: str | Path) -> None:
    """Write a profile so that `load_profile` gives it back equal.

    Raises
    ------
    WanggeError
        When the file cannot be written; what was there is kept then.
    """
    path = Path(path)
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(profile_text(profile), encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WanggeError(
            translate("Wangge", "The profile cannot be written to {path}.").format(path=path),
            detail=str(error),
        ) from error


def _read(top: Section) -> Profile:
    chosen = _edition(top)
    values = _values(top)
    domains = {*DOMAINS, *values}
    profile = Profile(
        id=_identifier(top, "id"),
        title_en=top.text("title_en"),
        title_zh=top.text("title_zh"),
        edition=chosen,
        district_codes=_district_codes(top),
        levels=_levels(top),
        crs=_crs(top.table("crs")),
        classes=_classes(top, chosen),
        subclasses=_subclasses(top),
        fields=extra_fields(top, chosen, domains),
        layers=extra_layers(top, chosen, domains),
        values=values,
        tolerances=_tolerances(top.table("tolerances")),
        rules=_rules(top.table("rules")),
        risk_scheme=_risk_scheme(top.table("risk")),
        push=_push(top.table("push")),
    )
    _check_classes(top, profile)
    profile = with_obligations(profile, top.table("obligations"))
    profile = with_exchange(profile, top.table("exchange"))
    top.finish()
    return profile


def _identifier(section: Section, key: str, default: str | None = None) -> str:
    text = section.text(key, default)
    if not _IDENTIFIER.fullmatch(text):
        section.fail(
            key,
            translate(
                "Wangge",
                "“{text}” must be small letters, digits and underscores, and begin with a letter",
            ).format(text=text),
        )
    return text


def _edition(top: Section) -> Edition:
    text = top.text("edition", "")
    try:
        return edition(text)
    except WanggeError as error:
        top.fail("edition", error.message)


def _district_codes(top: Section) -> tuple[str, ...]:
    codes = top.texts("district_codes") or ()
    for code in codes:
        if not DISTRICT_6.match(code):
            top.fail(
                "district_codes",
                translate("Wangge", "“{code}” is no district code of 6 digits").format(code=code),
            )
    return codes


def _levels(top: Section) -> tuple[str, ...]:
    levels = top.texts("levels", LEVELS)
    if levels is None:
        return Profile.levels
    if not levels or levels[0] != "grid" or list(levels) != sorted(levels, key=LEVELS.index):
        top.fail(
            "levels",
            translate("Wangge", "they must go upward from the unit grid: {levels}").format(
                levels=", ".join(LEVELS)
            ),
        )
    return levels


def _crs(section: Section) -> str:
    authid, wkt = section.text("authid", "").strip(), section.text("wkt", "").strip()
    if authid and wkt:
        section.fail("wkt", translate("Wangge", "give either authid or wkt, not both"))
    if authid and not _AUTHORITY.fullmatch(authid):
        section.fail("authid", translate("Wangge", "it must look like EPSG:4547"))
    if wkt and not _WKT.match(wkt):
        section.fail("wkt", translate("Wangge", "it must be the WKT of a CRS"))
    section.finish()
    return authid or wkt


def _classes(top: Section, of: Edition) -> tuple[ComponentClass, ...]:
    majors = {c.major_code: c for c in class_table(of).values()}
    classes = []
    for section in top.tables("classes"):
        code = section.text("code")
        major = majors.get(code[:2])
        classes.append(
            ComponentClass(
                code=code,
                major_code=code[:2],
                name_zh=section.text("name_zh"),
                name_en=section.text("name_en", ""),
                major_name_zh=section.text("major_name_zh", major.major_name_zh if major else None),
                major_name_en=section.text("major_name_en", major.major_name_en if major else ""),
                geometries=tuple(
                    Geometry(g)
                    for g in section.texts("geometries", [g.value for g in Geometry]) or ()
                ),
                accuracy=section.choice("accuracy", ("A", "B", "C"), ""),
                status="city",
            )
        )
        section.finish()
    return tuple(classes)


def _subclasses(top: Section) -> tuple[Subclass, ...]:
    subclasses = []
    for section in top.tables("subclasses"):
        subclasses.append(
            Subclass(
                code=section.text("code"),
                class_code=section.text("class_code"),
                name_zh=section.text("name_zh"),
                name_en=section.text("name_en", ""),
            )
        )
        section.finish()
    return tuple(subclasses)


def _check_classes(top: Section, profile: Profile) -> None:
    # One by one, so that the message names the line of the wrong one.
    table = class_table(profile.edition)
    seen: set[tuple[str, str]] = set()
    for section, entry in zip(top.tables("classes"), profile.classes, strict=True):
        if (entry.code, "") in seen:
            section.fail("code", translate("Wangge", "this code is there twice"))
        seen.add((entry.code, ""))
        try:
            table.with_extensions([entry])
        except WanggeError as error:
            section.fail("code", error.message)
    table = table.with_extensions(profile.classes)
    for section, sub in zip(top.tables("subclasses"), profile.subclasses, strict=True):
        if (sub.class_code, sub.code) in seen:
            section.fail("code", translate("Wangge", "this code is there twice"))
        seen.add((sub.class_code, sub.code))
        try:
            table.with_extensions((), [sub])
        except WanggeError as error:
            section.fail("class_code", error.message)


def _values(top: Section) -> Mapping[str, tuple[DomainValue, ...]]:
    values: dict[str, tuple[DomainValue, ...]] = {}
    for section in top.tables("values"):
        name = _identifier(section, "domain")
        value = section.text("value")
        known = DOMAINS[name].values if name in DOMAINS else ()
        if value in {v.value for v in (*known, *values.get(name, ()))}:
            section.fail("value", translate("Wangge", "this value is there already"))
        entry = DomainValue(
            value,
            en=section.text("en", value),
            zh=section.text("zh", value),
            synonyms=section.texts("synonyms") or (),
        )
        section.finish()
        values[name] = (*values.get(name, ()), entry)
    return values


def _tolerances(section: Section) -> Mapping[str, float]:
    tolerances = {key: section.number(key, default) for key, default in TOLERANCES.items()}
    section.finish()
    return tolerances


def _rules(section: Section) -> Mapping[str, RuleOverride]:
    rules = {}
    for rule in section:
        if not _RULE.fullmatch(rule):
            section.fail(rule, translate("Wangge", "this is no rule; rules look like G6 or P11"))
        entry = section.table(rule)
        parameters = entry.table("parameters")
        rules[rule] = RuleOverride(
            off=entry.flag("off"),
            severity=entry.choice("severity", ("error", "warning", "info"), ""),
            parameters={key: parameters.raw(key) for key in parameters},
        )
        entry.finish()
    return rules


def _risk_scheme(section: Section) -> str:
    scheme = _identifier(section, "scheme", Profile.risk_scheme)
    section.finish()
    return scheme


def _push(section: Section) -> PushSettings:
    settings = PushSettings(
        schema=_identifier(section, "schema", PushSettings.schema),
        srid=section.integer("srid", PushSettings.srid, least=1),
    )
    section.finish()
    return settings
