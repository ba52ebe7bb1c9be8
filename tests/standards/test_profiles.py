import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards.component_class import ComponentClass, Subclass
from wangge.plugin.standards.domains import DomainValue
from wangge.plugin.standards.editions import EDITIONS, edition
from wangge.plugin.standards.extension import (
    exchange_names,
    extend_classes,
    extend_domains,
    extend_layers,
)
from wangge.plugin.standards.profile import (
    EXCHANGE_CATEGORIES,
    EXCHANGE_FORMATS,
    LEVELS,
    TOLERANCES,
    ExchangeLayout,
    Profile,
    PushSettings,
    RuleOverride,
)
from wangge.plugin.standards.profiles import list_profiles, load_profile, write_profile
from wangge.plugin.standards.spec import FieldSpec, FieldType, Geometry, LayerSpec, Obligation
from wangge.plugin.standards.toml_text import dump, key_lines

HEAD = 'id = "here"\ntitle_en = "Here"\ntitle_zh = "这里"\n'


def make_profile(tmp_path, text):
    path = tmp_path / "here.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_profile(path)


def test_the_five_cities_and_the_generic_profile_come_with_the_plugin():
    cities = ["chengdu", "chongqing", "guangdong", "jiangxi", "xinxiang"]
    assert list_profiles() == ["generic", *cities]


@pytest.mark.parametrize("name", list_profiles())
def test_shipped_profile_loads_and_describes_every_layer(name):
    profile = load_profile(name)
    assert profile.id == name
    domains = extend_domains(profile)
    for spec in extend_layers(profile).values():
        assert len(set(spec.names)) == len(spec.names)
        for field in spec.fields:
            assert not field.domain or field.domain in domains
            assert field.alias_zh
        exchanged = exchange_names(profile, spec.name)
        assert len({n.lower() for n in exchanged.values()}) == len(exchanged), spec.name


@pytest.mark.parametrize("name", list_profiles())
def test_shipped_profile_survives_writing(name, tmp_path):
    path = tmp_path / "copy.toml"
    write_profile(load_profile(name), path)
    assert load_profile(path) == load_profile(name)


def test_generic_profile_says_what_holds_without_it():
    generic = load_profile()
    assert generic == Profile(generic.id, generic.title_en, generic.title_zh)


def test_every_key_in_a_comment_of_the_generic_profile_is_valid(root, tmp_path):
    text = (root / "resources/profiles/generic.toml").read_text(encoding="utf-8")
    sample = re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", text)
    sample = sample.replace('wkt = """PROJCRS[…]"""', "")
    path = tmp_path / "sample.toml"
    path.write_text(sample, encoding="utf-8")
    profile = load_profile(path)
    assert profile.crs == "EPSG:4547"
    assert extend_classes(profile)["01999"].name_zh == "智慧灯杆（自定义）"
    assert extend_classes(profile).subclasses("01001")[0].code == "0100101"
    assert extend_layers(profile)["component"].names[-1] == "material"
    assert extend_layers(profile)["component"].field("photo").is_mandatory
    assert extend_layers(profile)["shop"].key == "shop_code"
    assert exchange_names(profile, "component")["material"] == "CZ"
    assert exchange_names(profile, "unit_grid")["grid_code"] == "DYWGBSM"
    assert "cableway" in extend_domains(profile)["risk_category"]
    assert profile.rules["G6"].severity == "error"


def test_the_cities_stories_are_in_their_profiles():
    assert load_profile("jiangxi").exchange.categories == EXCHANGE_CATEGORIES
    assert len(EXCHANGE_CATEGORIES) == 13
    assert load_profile("chongqing").levels[-1] == "city"
    assert load_profile("chongqing").crs.startswith("PROJCRS[")
    camera = extend_layers(load_profile("guangdong"))["camera"]
    assert camera.field("platform_type").domain == "platform_type"
    monitor = extend_layers(load_profile("xinxiang"))["monitor"]
    assert monitor.field("closing_level_cm").unit == "cm"
    jiangxi = load_profile("jiangxi")
    assert "kitchen_waste" in extend_domains(jiangxi)["facility_kind"]
    assert extend_layers(jiangxi)["shop"].key == "shop_code"
    assert jiangxi.tolerances["search_distance_m"] == 5000
    assert extend_classes(load_profile("chengdu")).subclasses("01037")


def test_chongqing_crs_is_one_that_gis_software_takes():
    osr = pytest.importorskip("osgeo.osr")
    crs = osr.SpatialReference()
    crs.SetFromUserInput(load_profile("chongqing").crs)
    assert crs.IsProjected()
    assert crs.GetProjParm("central_meridian") == 106.5


WRONG = {
    "misspelt key": ('editon = "2026"', 4, "editon", "“edition” may be meant"),
    "unknown table": ("[colour]\nred = 1", 4, "colour", "not known"),
    "unknown edition": ('edition = "1999"', 4, "edition", "1999"),
    "wrong type": ("\nedition = 2026", 5, "edition", "a text"),
    "district": ('district_codes = ["510107", "99"]', 4, "district_codes", "99"),
    "levels": ('levels = ["street", "grid"]', 4, "levels", "upward"),
    "level": ('levels = ["grid", "planet"]', 4, "levels", "planet"),
    "crs twice": ('[crs]\nauthid = "EPSG:4547"\nwkt = "PROJCRS[]"', 6, "crs.wkt", "either"),
    "crs": ('[crs]\nauthid = "4547"', 5, "crs.authid", "EPSG:4547"),
    "wkt": ('[crs]\nwkt = "+proj=tmerc"', 5, "crs.wkt", "WKT"),
    "tolerance": ("[tolerances]\nsnap_m = -1", 5, "tolerances.snap_m", "negative"),
    "tolerance name": ("[tolerances]\nsnap = 1", 5, "tolerances.snap", "snap_m"),
    "tolerance text": ('[tolerances]\nsnap_m = "1"', 5, "tolerances.snap_m", "a number"),
    "truth is no number": ("[tolerances]\nsnap_m = true", 5, "tolerances.snap_m", "a number"),
    "not a number": ("[tolerances]\nsnap_m = nan", 5, "tolerances.snap_m", "infinite"),
    "srid": ("[push]\nsrid = 0", 5, "push.srid", "at least 1"),
    "schema": ('[push]\nschema = "a b"', 5, "push.schema", "underscores"),
    "severity": ('[rules.G6]\nseverity = "bad"', 5, "rules.G6.severity", "bad"),
    "rule": ("[rules.area]\noff = true", 4, "rules.area", "no rule"),
    "flag": ("[rules]\nG6.off = 1", 5, "rules.G6.off", "true or false"),
    "category": ('[exchange]\ncategories = ["dog"]', 5, "exchange.categories", "dog"),
    "encoding": ('[exchange]\nencoding = "latin-1"', 5, "exchange.encoding", "Chinese"),
    "date format": ('[exchange]\ndate_format = "%Y"', 5, "exchange.date_format", "%Y%m%d"),
    "exchange layer": ("[exchange.names.tree]\na = 1", 4, "exchange.names.tree", "no such layer"),
    "exchange field": (
        '[exchange.names.unit_grid]\nmj = "MJ"',
        5,
        "exchange.names.unit_grid.mj",
        "no such field",
    ),
    "exchange name": (
        '[exchange.names.unit_grid]\narea_m2 = "MJ"\nload = "mj"',
        5,
        "exchange.names.unit_grid.area_m2",
        "load",
    ),
    "obligation": ('[obligations.component]\nphoto = "X"', 5, "obligations.component.photo", "X"),
    "key": ('[obligations.risk]\nrisk_code = "O"', 5, "obligations.risk.risk_code", "always"),
    "class": ('[[classes]]\ncode = "01078"\nname_zh = "新"', 5, "classes.code", "01078"),
    "class length": ('[[classes]]\nname_zh = "新"\ncode = "0199"', 6, "classes.code", "5 digits"),
    "class twice": (
        '[[classes]]\ncode = "01999"\nname_zh = "甲"\n[[classes]]\ncode = "01999"\nname_zh = "乙"',
        8,
        "classes.code",
        "twice",
    ),
    "class name": ('[[classes]]\ncode = "01999"', 4, "classes.name_zh", "missing"),
    "subclass": (
        '[[subclasses]]\ncode = "1"\nclass_code = "99001"\nname_zh = "甲"',
        6,
        "subclasses.class_code",
        "99001",
    ),
    "value": ('[[values]]\ndomain = "risk_level"\nvalue = "red"', 6, "values.value", "already"),
    "field": (
        '[[fields]]\nlayer = "risk"\nname = "a"\nalias_zh = "甲"\n'
        '[[fields]]\nlayer = "risk"\nname = "a"\nalias_zh = "乙"',
        10,
        "fields.name",
        "already",
    ),
    "field name": ('[[fields]]\nlayer = "risk"\nname = "Ab"', 6, "fields.name", "small letters"),
    "abbreviation": (
        '[[fields]]\nlayer = "component"\nname = "a"\nalias_zh = "甲"\nabbreviation = "bz"',
        8,
        "fields.abbreviation",
        "note",
    ),
    "domain": (
        '[[fields]]\nlayer = "risk"\nname = "a"\nalias_zh = "甲"\ndomain = "moods"',
        8,
        "fields.domain",
        "moods",
    ),
    "length": (
        '[[fields]]\nlayer = "risk"\nname = "a"\nalias_zh = "甲"\ntype = "date"\nlength = 8',
        9,
        "fields.length",
        "only a text",
    ),
    "layer": ('[[layers]]\nname = "risk"', 5, "layers.name", "already"),
    "layer key": (
        '[[layers]]\nname = "a"\nkey = "b"\n[[layers.fields]]\nname = "b"\nalias_zh = "乙"',
        6,
        "layers.key",
        "obligation M",
    ),
    "field of the second layer": (
        '[[layers]]\nname = "a"\nkey = "b"\ntitle_zh = "甲"\n[[layers.fields]]\nname = "b"\n'
        'alias_zh = "乙"\nobligation = "M"\n[[layers]]\nname = "c"\n[[layers.fields]]\nname = "d"\n'
        'alias_zh = "丁"\nunit = 1',
        17,
        "layers.fields.unit",
        "a text",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_key_is_named_with_file_and_line(case, tmp_path):
    text, line, key, words = WRONG[case]
    with pytest.raises(WanggeError) as caught:
        make_profile(tmp_path, text)
    message = caught.value.message
    assert message.startswith(f"here.toml, line {line}, “{key}”: "), message
    assert words in message


def test_broken_toml_names_its_line(tmp_path):
    with pytest.raises(WanggeError, match=r"here\.toml .*line 5"):
        make_profile(tmp_path, "[crs]\nauthid = \n")


def test_profile_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "here.toml"
    path.write_bytes(HEAD.encode("gbk"))
    with pytest.raises(WanggeError, match="UTF-8"):
        load_profile(path)


def test_unknown_profile_names_the_known_ones():
    with pytest.raises(WanggeError, match="chongqing"):
        load_profile("atlantis")


def test_profile_that_cannot_be_written_leaves_the_old_one(tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "inside").touch()
    with pytest.raises(WanggeError, match="taken"):
        write_profile(load_profile(), folder)
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]
    with pytest.raises(WanggeError, match="nowhere"):
        write_profile(load_profile(), tmp_path / "nowhere" / "here.toml")


def test_multi_line_text_hides_what_looks_like_a_key(tmp_path):
    text = '[crs]\nwkt = """PROJCRS[\nid = 1\n[push]\n]"""\n[push]\nsrid = "x"'
    with pytest.raises(WanggeError, match=r"line 10, “push\.srid”"):
        make_profile(tmp_path, text)


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
WORD = TEXT.map(lambda t: "名" + t)
NAME = st.from_regex(r"x_[a-z0-9_]{0,12}", fullmatch=True)


@st.composite
def field_specs(draw, of):
    kind = draw(st.sampled_from(FieldType))
    return FieldSpec(
        name=draw(NAME),
        type=kind,
        length=draw(st.integers(0, 500)) if kind is FieldType.TEXT else 0,
        obligation=draw(st.sampled_from(Obligation)),
        domain=draw(st.sampled_from(["", "x_list"])),
        alias_en=draw(TEXT),
        alias_zh=draw(WORD),
        abbreviations={of.id: draw(NAME)},
        synonyms=tuple(draw(st.lists(WORD, unique=True, max_size=2))),
        help_en=draw(TEXT),
        help_zh=draw(TEXT),
        unit=draw(TEXT),
    )


def lists_of_fields(of, least=0):
    apart = (lambda f: f.name, lambda f: f.abbreviations[of.id].lower())
    return st.lists(field_specs(of), unique_by=apart, min_size=least, max_size=3).map(tuple)


@st.composite
def profiles(draw):
    of = draw(st.sampled_from(EDITIONS))
    own_class = ComponentClass(
        "01" + "9" * of.minor_width,
        "01",
        draw(WORD),
        draw(TEXT),
        draw(WORD),
        draw(TEXT),
        tuple(draw(st.lists(st.sampled_from(Geometry), unique=True))),
        draw(st.sampled_from(["", "A", "B", "C"])),
        "city",
    )
    inner = draw(lists_of_fields(of, least=1))
    inner = (replace(inner[0], obligation=Obligation.MANDATORY), *inner[1:])
    values = st.builds(DomainValue, WORD, TEXT, TEXT)
    number = st.floats(0, 1e6) | st.integers(0, 10**6) | st.booleans() | TEXT
    extra = draw(lists_of_fields(of))
    return Profile(
        id=draw(NAME),
        title_en=draw(WORD),
        title_zh=draw(WORD),
        edition=of,
        district_codes=tuple(draw(st.lists(st.sampled_from(["510107", "500103"]), unique=True))),
        levels=("grid", *draw(st.sampled_from([LEVELS[1:3], LEVELS[2:], ()]))),
        crs=draw(st.sampled_from(["", "EPSG:4547", 'PROJCS["a\n",\\]'])),
        classes=(own_class,),
        subclasses=(Subclass(draw(WORD), own_class.code, draw(WORD), draw(TEXT)),),
        fields={"risk": extra} if extra else {},
        layers=(LayerSpec("x_layer", inner, inner[0].name, (Geometry.LINE,), "", draw(WORD)),),
        obligations={"unit_grid": {"note": draw(st.sampled_from(Obligation))}},
        values={
            "x_list": tuple(
                draw(st.lists(values, unique_by=lambda v: v.value, min_size=1, max_size=3))
            )
        },
        tolerances={key: draw(st.floats(0, 1e9)) for key in TOLERANCES},
        rules={
            "G6": RuleOverride(
                draw(st.booleans()),
                draw(st.sampled_from(["", "error", "info"])),
                draw(st.dictionaries(TEXT.filter(bool), number | st.lists(number), max_size=3)),
            )
        },
        risk_scheme=draw(NAME),
        exchange=ExchangeLayout(
            draw(st.sampled_from(EXCHANGE_FORMATS)),
            draw(st.sampled_from(["utf-8", "gb18030"])),
            draw(st.sampled_from(["%Y%m%d", "%Y-%m-%d"])),
            tuple(draw(st.lists(st.sampled_from(EXCHANGE_CATEGORIES), unique=True, min_size=1))),
            {"unit_grid": {"area_m2": draw(WORD)}},
        ),
        push=PushSettings(draw(NAME), draw(st.integers(1, 10**6))),
    )


@settings(max_examples=60)
@given(profile=profiles())
def test_any_profile_survives_writing(profile, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    write_profile(profile, path)
    assert load_profile(path) == profile


PLAIN = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | TEXT
DOCUMENTS = st.dictionaries(
    TEXT,
    st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=12,
    ),
    max_size=4,
)


@given(DOCUMENTS)
def test_toml_written_is_the_toml_read(document):
    text = dump(document)
    assert tomllib.loads(text) == document
    key_lines(text)  # any valid document can be searched


def test_profile_follows_its_edition():
    profile = replace(load_profile(), edition=edition("2007"))
    assert extend_layers(profile)["component"].field("component_code").length == 16
    assert exchange_names(profile, "component")["component_code"] == "ObjID"
    assert "0101" in extend_classes(profile)
