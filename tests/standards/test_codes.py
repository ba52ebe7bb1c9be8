import pytest
from hypothesis import given
from hypothesis import strategies as st
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards import codes
from wangge.plugin.standards.editions import EDITIONS, edition

DISTRICTS = st.builds(lambda p, rest: f"{p}{rest:04d}", st.integers(11, 82), st.integers(0, 9999))
NUMBERS = st.integers(1, 999)
EDITION = st.sampled_from(EDITIONS)


@st.composite
def communities(draw):
    street = codes.build_street(draw(DISTRICTS), draw(NUMBERS))
    return codes.build_community(street, draw(NUMBERS))


@given(communities(), NUMBERS)
def test_grid_code_built_is_the_grid_code_parsed(community, sequence):
    code = codes.build_grid(community, sequence)
    parsed = codes.parse_grid(code)
    assert (parsed.district, parsed.street) == (community[:6], community[:9])
    assert (parsed.community, parsed.sequence) == (community, sequence)
    assert str(parsed) == code
    assert codes.GRID_15.match(code)
    assert codes.COMMUNITY_12.match(community)
    assert codes.STREET_9.match(community[:9])
    assert codes.DISTRICT_6.match(community[:6])


@given(communities(), st.integers(1, 99))
def test_fourteen_digits_widen_without_changing_the_cell(community, sequence):
    old = f"{community}{sequence:02d}"
    new = codes.widen_grid_code(old)
    assert codes.parse_grid(old, "2007").sequence == codes.parse_grid(new).sequence == sequence
    assert codes.widen_grid_code(new) == new
    assert str(codes.parse_grid(old, "2007")) == old
    assert any(new in sentence for sentence in codes.explain_grid_code(old))


@given(DISTRICTS, st.integers(0, 99999), st.integers(1, 999_999), EDITION)
def test_component_code_built_is_the_component_code_parsed(district, number, sequence, chosen):
    width = chosen.class_code_length
    class_code = f"{number % 10**width:0{width}d}"
    code = codes.build_component(district, class_code, sequence, chosen)
    parsed = codes.parse_component(code, chosen)
    assert (parsed.district, parsed.class_code) == (district, class_code)
    assert (parsed.sequence, parsed.edition) == (sequence, chosen.id)
    assert str(parsed) == code
    assert len(code) == chosen.component_code_length


EXPLAIN = {
    "district": codes.explain_district_code,
    "street": codes.explain_street_code,
    "community": codes.explain_community_code,
    "grid": codes.explain_grid_code,
    "component": codes.explain_component_code,
}
RIGHT = {
    "district": "510107",
    "street": "510107001",
    "community": "510107001002",
    "grid": "510107001002003",
    "component": "51010701001000004",
}
PATTERNS = {
    "district": codes.DISTRICT_6,
    "street": codes.STREET_9,
    "community": codes.COMMUNITY_12,
    "grid": codes.GRID_15,
    "component": codes.COMPONENT_17,
}


@pytest.mark.parametrize("kind", RIGHT)
def test_right_code_needs_no_words(kind):
    assert EXPLAIN[kind](RIGHT[kind]) == []


@pytest.mark.parametrize("kind", RIGHT)
@given(data=st.data())
def test_one_character_too_many_or_too_few_is_explained(kind, data):
    right = RIGHT[kind]
    at = data.draw(st.integers(0, len(right) - 1))
    shorter = right[:at] + right[at + 1 :]
    longer = right[:at] + data.draw(st.sampled_from("0123456789")) + right[at:]
    for wrong in (shorter, longer):
        sentences = EXPLAIN[kind](wrong)
        assert str(len(wrong)) in sentences[0]
        assert wrong in sentences[0]


@pytest.mark.parametrize("kind", RIGHT)
@pytest.mark.parametrize("character", ["O", "１", " ", "\u200b", "\ufeff", "²", "٣", "\n"])
@given(data=st.data())
def test_foreign_character_is_named_with_its_place(kind, character, data):
    right = RIGHT[kind]
    at = data.draw(st.integers(0, len(right) - 1))
    sentence = EXPLAIN[kind](right[:at] + character + right[at + 1 :])[0]
    named = character if character.isprintable() and character != " " else f"{ord(character):04X}"
    assert named in sentence
    assert str(at + 1) in sentence


@pytest.mark.parametrize("kind", RIGHT)
@given(text=st.text("0123456789０a ", max_size=18))
def test_pattern_and_explanation_agree(kind, text):
    assert bool(PATTERNS[kind].match(text)) == (EXPLAIN[kind](text) == [])


@pytest.mark.parametrize("kind", RIGHT)
@pytest.mark.parametrize("nothing", ["", None])
def test_missing_code_is_explained(kind, nothing):
    assert "empty" in EXPLAIN[kind](nothing)[0]


@pytest.mark.parametrize("province", ["10", "83", "00", "99"])
def test_province_that_does_not_exist_is_named(province):
    assert province in codes.explain_district_code(province + "0107")[0]


def test_street_given_for_a_community_is_explained():
    assert "community number is 000" in codes.explain_community_code("510107001000")[0]


def test_older_component_code_is_told_to_be_of_another_edition():
    assert "GB/T 47678.5-2026" in codes.explain_component_code("5101070101000001")[-1]
    assert "CJ/T 214-2007" in codes.explain_component_code("51010701001000001", "2007")[-1]


def test_cell_1000_is_refused_and_names_the_community():
    with pytest.raises(WanggeError, match="510107001002"):
        codes.build_grid("510107001002", 1000)


@pytest.mark.parametrize("sequence", [0, 1_000_000])
def test_running_number_that_does_not_fit_is_refused(sequence):
    with pytest.raises(WanggeError, match=str(sequence)):
        codes.build_component("510107", "01001", sequence)


def test_class_code_of_another_edition_is_refused():
    with pytest.raises(WanggeError, match="must have 5 digits"):
        codes.build_component("510107", "0101", 1)


@pytest.mark.parametrize(
    "text", ["GB/T 47678.5-2026", "gb/t47678.5", "2026", "", "ＧＢ／Ｔ 47678.5"]
)
def test_edition_is_found_by_common_spellings(text):
    assert edition(text).id == "gbt47678_5_2026"


def test_unknown_edition_names_the_known_ones():
    with pytest.raises(WanggeError, match="cjt214_2007"):
        edition("CJ/T 999")


def test_only_the_2013_edition_is_provisional():
    assert [e.id for e in EDITIONS if e.caution] == ["gbt30428_2_2013"]
