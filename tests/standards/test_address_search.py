"""Places are found while somebody types."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wangge.plugin.standards.address_search import AddressMatch, AddressSearch
from wangge.plugin.standards.addresses import normalise_address

NAMES = [
    "中山路",
    "中山路1号",
    "中山路12号",
    "中山路123号",
    "中山支路12号",
    "人民公园",
    "人民路9号",
    "龙湖小区3栋",
    "中山老街12号",
]
CODES = [f"DZ{i:04d}" for i in range(len(NAMES))]
SEARCH = AddressSearch(NAMES, CODES, [False] * 8 + [True])


def found(typed, limit=20):
    return [hit.name for hit in SEARCH.search(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("中山路12号", "中山路12号"),
        ("中山路一十二号", "中山路12号"),
        ("中山路一百二十三", "中山路123号"),
        ("中山路１２号", "中山路12号"),
        ("人民公", "人民公园"),
        ("公园", "人民公园"),
        ("支路", "中山支路12号"),
        ("支路 12", "中山支路12号"),
        ("龙湖小区3号楼", "龙湖小区3栋"),
        ("dz0006", "人民路9号"),
        ("rmgy", "人民公园"),
        ("zsl123", "中山路123号"),
        ("龙小区3", "龙湖小区3栋"),
        ("重庆市临江区人民路9号旁边", "人民路9号"),
    ],
)
def test_what_is_typed_finds_the_place(typed, first):
    assert found(typed)[0] == first


def test_the_street_comes_before_its_plates_and_these_by_number():
    assert found("中山路")[:4] == ["中山路", "中山路1号", "中山路12号", "中山路123号"]


def test_names_that_were_given_up_come_last_and_say_so():
    hits = SEARCH.search("中山 12号")
    assert hits[-1].name == "中山老街12号"
    assert [h.retired for h in hits] == [False] * (len(hits) - 1) + [True]


@pytest.mark.parametrize("typed", ["", " ", "，。", "没有这个地方", "xyz"])
def test_nothing_finds_nothing(typed):
    assert found(typed) == []


def test_no_more_than_asked_for():
    assert len(found("中山", 2)) == 2


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.text("中山人民路街大号123", min_size=1, max_size=8), min_size=1, max_size=20),
    data=st.data(),
)
def test_every_name_is_found_by_itself_and_by_any_part_of_it(names, data):
    search = AddressSearch(names)
    row = data.draw(st.integers(0, len(names) - 1))
    normal = normalise_address(names[row])
    hits = search.search(names[row], limit=len(names))
    assert not normal or row in {h.row for h in hits if h.match is AddressMatch.SAME}
    start = data.draw(st.integers(0, max(0, len(normal) - 1)))
    part = normal[start : start + 3]
    if part and normalise_address(part) == part:
        found = {h.row: h for h in search.search(part, limit=len(names))}
        assert row in found
        assert found[row].match <= AddressMatch.HOLDS
