import pytest
from wangge.plugin.standards.domains import DOMAINS
from wangge.plugin.standards.editions import EDITIONS
from wangge.plugin.standards.layers import LAYERS, component_spec, layer
from wangge.plugin.standards.spec import FieldType

# What models and scripts hold on to; a name here is kept.
CONTRACT = {
    "community": "community_code community_name street_code street_name district_code"
    " district_name",
    "unit_grid": "grid_code community_code area_m2 perimeter_m start_date end_date load note",
    "component": "component_code component_name class_code subclass_code authority_code"
    " authority_name owner_code owner_name maintainer_code maintainer_name grid_code status"
    " first_date changed_date source note street_code street_name community_code community_name"
    " uuid standard accuracy photo surveyor surveyed_at",
    "risk": "risk_code risk_name category description address scheme likelihood exposure"
    " consequence score level grid_code community_code component_code responsible_unit"
    " responsible_person phone measures monitoring review_date status uuid",
    "finding": "rule severity layer feature_key field value message state accepted_by"
    " accepted_reason geometry_hash",
    "lineage": "old_code new_code operation share date",
    "department": "department_code department_name parent_code phone",
    "address": "address_code address_name kind street_name community_code start_date end_date",
}
FIELDS = [(spec, field) for spec in LAYERS.values() for field in spec.fields]


@pytest.mark.parametrize("name", CONTRACT)
def test_layer_has_the_promised_fields_in_order(name):
    promised = CONTRACT[name].split()
    assert [n for n in layer(name).names if n in promised] == promised


@pytest.mark.parametrize("name", ["street", "water", "building", "case", "survey"])
def test_sample_city_layers_are_described(name):
    assert layer(name).fields


def test_names_are_unique_within_a_layer():
    for spec in LAYERS.values():
        assert len(set(spec.names)) == len(spec.names), spec.name


def test_key_is_a_mandatory_field():
    for spec in LAYERS.values():
        if spec.key:
            assert spec.field(spec.key).is_mandatory, spec.name


@pytest.mark.parametrize(("spec", "field"), FIELDS, ids=[f"{s.name}-{f.name}" for s, f in FIELDS])
def test_field_is_fully_described(spec, field):
    assert field.alias_en
    assert field.alias_zh
    assert field.help_en.endswith(".")
    assert field.help_zh.endswith("。")
    assert (field.length > 0) == (field.type is FieldType.TEXT)
    if field.domain:
        assert max(len(v) for v in DOMAINS[field.domain].stored) <= field.length
    for text in (field.alias_en, field.alias_zh, field.help_en, field.help_zh):
        assert text == text.strip()


def test_abbreviations_are_unique_by_edition_and_layer():
    for spec in LAYERS.values():
        for e in EDITIONS:
            used = [f.abbreviations[e.id] for f in spec.fields if e.id in f.abbreviations]
            assert len({u.lower() for u in used}) == len(used), (spec.name, e.id)


def test_no_heading_means_two_fields_of_a_layer():
    for spec in LAYERS.values():
        owner: dict[str, str] = {}
        for f in spec.fields:
            headings = {f.name, f.alias_zh, *f.synonyms, *f.abbreviations.values()}
            for heading in {h.lower() for h in headings}:
                assert owner.setdefault(heading, f.name) == f.name, (spec.name, heading)


def test_component_carries_the_eighteen_standard_abbreviations():
    standard = "GLBJBSM GLBJMC ZGBMDM ZGBMMC QSDWDM QSDWMC YHDWDM YHDWMC SZDYWGBSM GLBJZT CSRQ"
    standard += " BGRQ SJLY BZ SZJDDM SZJDMC SZSQDM SZSQMC"
    fields = layer("component").fields
    used = [f.abbreviations.get("gbt47678_5_2026") for f in fields]
    assert [u for u in used if u] == standard.split()


@pytest.mark.parametrize(
    ("edition", "code", "class_code", "grid"),
    [("2026", 17, 5, 15), ("2013", 16, 4, 15), ("2007", 16, 4, 15)],
)
def test_component_lengths_follow_the_edition(edition, code, class_code, grid):
    spec = component_spec(edition)
    assert spec.field("component_code").length == code
    assert spec.field("class_code").length == class_code
    assert spec.field("grid_code").length == grid


def test_survey_has_the_headings_of_an_old_delivery():
    assert {"ObjID", "ObjName", "DeptCode1", "BGID", "ORDate"} <= set(layer("survey").names)
    assert not layer("survey").mandatory


def test_unknown_layer_is_refused():
    with pytest.raises(KeyError):
        layer("mailbox")
