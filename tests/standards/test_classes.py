import re

import pytest
from wangge.plugin.errors import WanggeError
from wangge.plugin.standards.classes import (
    ClassTable,
    ComponentClass,
    Subclass,
    class_table,
    read_class_table,
)
from wangge.plugin.standards.crosswalk import Passage, crosswalk, read_crosswalk
from wangge.plugin.standards.editions import EDITIONS
from wangge.plugin.standards.pinyin import character_initials, initials
from wangge.plugin.standards.spec import Geometry

TABLES = [(e, kind) for e in EDITIONS for kind in ("component", "matter")]


def make_class(code="01999", name="智慧灯杆", **more):
    return ComponentClass(code, code[:2], name, "", "市政公用设施", "municipal utilities", **more)


@pytest.mark.parametrize(
    ("edition", "kind", "count"),
    [
        ("2007", "component", 85),
        ("2013", "component", 153),
        ("2026", "component", 153),
        ("2007", "matter", 54),
        ("2013", "matter", 97),
        ("2026", "matter", 250),
    ],
)
def test_table_is_complete(edition, kind, count):
    assert len(class_table(edition, kind)) == count


@pytest.mark.parametrize(("edition", "kind"), TABLES)
def test_every_class_has_a_code_of_the_edition_and_both_names(edition, kind):
    table = class_table(edition, kind)
    for code, entry in table.items():
        assert code == entry.code == entry.major_code + entry.minor_code
        assert re.fullmatch(rf"[0-9]{{{edition.class_code_length}}}", code)
        assert entry.name_en
        assert entry.major_name_en
        assert re.search("[\u4e00-\u9fff]", entry.name_zh)
        assert entry.status in ("found", "memory", "provisional")
        assert bool(entry.geometries) == (kind == "component")


@pytest.mark.parametrize(("edition", "kind"), TABLES)
def test_names_are_unique_and_found_exactly(edition, kind):
    table = class_table(edition, kind)
    assert len({c.name_zh for c in table.values()}) == len(table)
    assert all(table.by_name(c.name_zh) is c for c in table.values())


@pytest.mark.parametrize(("edition", "kind"), TABLES)
def test_every_character_of_a_name_has_an_initial(edition, kind):
    for entry in class_table(edition, kind).values():
        for character in re.sub("[（）、]", "", entry.name_zh + entry.major_name_zh):
            assert re.fullmatch("[a-z]+", character_initials(character)), character


def test_major_classes_of_2026():
    assert list(class_table().majors) == ["01", "02", "03", "04", "05"]
    assert class_table().majors["01"] == "municipal utilities"


def test_2013_is_provisional_row_by_row_and_follows_the_known_event_codes():
    assert {c.status for c in class_table("2013").values()} == {"provisional"}
    events = class_table("2013", "matter")
    known = {"0101": "私搭乱建", "0110": "暴露垃圾", "0201": "非法小广告", "0405": "店外经营"}
    assert {code: events[code].name_zh for code in known} == known


@pytest.mark.parametrize(
    ("code", "preferred"),
    [("01037", Geometry.POINT), ("04013", Geometry.POLYGON), ("02017", Geometry.LINE)],
)
def test_preferred_geometry(code, preferred):
    assert class_table()[code].geometries[0] is preferred


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("供水井盖", "gsjg"),
        ("路灯", "ld"),
        ("燃气调压站（箱）", "rqtyzx"),
        ("行道树", "xds"),
        ("雨水箅子", "ysbz"),
        ("牌匾标识", "pbbs"),
        ("公共厕所", "ggcs"),
        ("重大危险源", "zdwxy"),
        ("紧急报警点SOS", "jjbjdsos"),
    ],
)
def test_pinyin_initials(name, typed):
    assert initials(name) == typed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gsjg", "供水井盖"),
        ("GSJG", "供水井盖"),
        ("ld", "路灯"),
        ("路灯", "路灯"),
        ("01037", "路灯"),
        ("rqdy", "燃气调压站（箱）"),
        ("street light", "路灯"),
        ("综合杆", "综合杆"),
        (" hlj", None),
    ],
)
def test_search_puts_the_meant_class_first(typed, first):
    found = class_table().search(typed)
    assert (found[0].name_zh if found else None) == first


def test_search_finds_parts_prefixes_and_all():
    table = class_table()
    assert {c.code for c in table.search("040")} == {c for c in table if c.startswith("040")}
    assert all("井盖" in c.name_zh for c in table.search("井盖"))
    assert len(table.search("井盖", limit=3)) == 3
    assert [c.code for c in table.search("")] == sorted(table)
    assert "street light" not in {c.name_en for c in table.search("tree")}


def test_city_class_gets_the_suffix_and_is_found_by_either_name():
    table = class_table().with_extensions([make_class()])
    assert table["01999"].name_zh == "智慧灯杆（自定义）"
    assert table["01999"].is_extension
    assert table.by_name("智慧灯杆") is table["01999"]
    assert len(class_table()) == len(table) - 1


def test_city_codes_are_assigned_downward():
    table = class_table()
    assert table.next_extension_code("01") == "01999"
    assert table.with_extensions([make_class()]).next_extension_code("01") == "01998"
    full = table.with_extensions(make_class(f"01{n:03d}", f"新{n}") for n in range(80, 1000))
    with pytest.raises(WanggeError, match="no free code"):
        full.next_extension_code("01")


def test_city_class_among_the_standards_codes_is_refused():
    with pytest.raises(WanggeError, match="01078"):
        class_table().with_extensions([make_class("01078")])
    assert "2101" in class_table("2007").with_extensions([make_class("2101")])


def test_city_may_set_geometry_and_accuracy_of_a_standard_class():
    meant = make_class("01037", "路灯", geometries=(Geometry.LINE,), accuracy="A")
    entry = class_table().with_extensions([meant])["01037"]
    assert (entry.name_en, entry.accuracy) == ("street light", "A")
    assert entry.geometries == (Geometry.LINE,)


def test_subclass_needs_its_class():
    table = class_table().with_extensions((), [Subclass("0100101", "01001", "球墨井盖")])
    assert [s.name_zh for s in table.subclasses("01001")] == ["球墨井盖"]
    assert table.subclasses("01002") == ()
    with pytest.raises(WanggeError, match="01016"):
        class_table().with_extensions((), [Subclass("0101601", "01016", "缺号")])


def test_two_classes_with_one_code_are_refused():
    with pytest.raises(WanggeError, match="甲” and to “乙"):
        ClassTable(EDITIONS[2], [make_class(name="甲"), make_class(name="乙")])


def test_own_table_is_read(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "\ufeffmajor_code,major_name,minor_code,minor_name,geometry\n1,公用设施,1,上水井盖,point\n",
        encoding="utf-8",
    )
    assert read_class_table(path, "2013")["0101"].name_zh == "上水井盖"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("major_code,minor_code,minor_name\n01,01,x\n", "major_name"),
        ("major_code,major_name,minor_code,minor_name,geometry\n01,x,01,y,cube\n", "Line 2"),
        ("major_code,major_name,minor_code,minor_name\n01,x,0001,y\n", "must have 4 digits"),
    ],
)
def test_wrong_own_table_is_explained(tmp_path, text, problem):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WanggeError, match=problem):
        read_class_table(path, "2013")


def test_own_table_in_another_encoding_is_refused_with_its_path(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("major_code,major_name\n01,公用设施\n".encode("gbk"))
    with pytest.raises(WanggeError, match=r"own\.csv"):
        read_class_table(path, "2013")


@pytest.mark.parametrize(("leave", "enter"), [("2007", "2026"), ("2013", "2026"), ("2007", "2013")])
def test_crosswalk_leaves_no_class_behind_and_leads_to_classes(leave, enter):
    passages = crosswalk(leave, enter)
    known = class_table(enter)
    assert list(passages) == list(class_table(leave))
    for entry in passages.values():
        assert all(target in known for target in entry.targets)
        assert (entry.target is None) == (entry.kind not in (Passage.SAME, Passage.RENAMED))
        assert (entry.kind is Passage.NONE) == (not entry.targets)


def test_crosswalk_keeps_the_name_where_it_says_same():
    for leave in ("2007", "2013"):
        old, new = class_table(leave), class_table("2026")
        for code, entry in crosswalk(leave, "2026").items():
            if entry.kind is Passage.SAME:
                assert old[code].name_zh == new[entry.target].name_zh


@pytest.mark.parametrize(
    ("code", "kind", "targets"),
    [
        ("0101", Passage.RENAMED, ("01001",)),
        ("0117", Passage.SPLIT, ("01030", "01031", "01032", "01033", "01034")),
        ("0302", Passage.SAME, ("03003",)),
        ("0306", Passage.MANUAL, ("03006", "03007")),
        ("0502", Passage.NONE, ()),
        ("0605", Passage.SAME, ("02031",)),
    ],
)
def test_crosswalk_from_2007(code, kind, targets):
    entry = crosswalk("2007")[code]
    assert (entry.kind, entry.targets) == (kind, targets)


def test_there_is_no_way_back():
    with pytest.raises(WanggeError, match="CJ/T 214-2007"):
        crosswalk("2026", "2007")


def test_wrong_crosswalk_row_is_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("from_code,to_codes,kind\n0101,01001 01002,same\n", encoding="utf-8")
    with pytest.raises(WanggeError, match="Line 2"):
        read_crosswalk(path, "2007")
