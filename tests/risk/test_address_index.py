import numpy as np
import pytest
from shapely import LineString, Point, box
from wangge.plugin.errors import WanggeError
from wangge.plugin.risk.intake.address_index import AddressIndex, Match
from wangge.plugin.rules.batch import make_batch


def make_index(*rows, **columns):
    return AddressIndex(
        make_batch(
            {
                "address_code": [f"A{i}" for i in range(len(rows))],
                "address_name": [name for name, _ in rows],
                **columns,
            },
            [shape for _, shape in rows],
        )
    )


def test_as_written_then_normalised_then_alike():
    index = make_index(("建设路12号", Point(1, 1)), ("建设路21号", Point(2, 2)))
    exact, normal, alike, none = index.find(
        ["建设路12号", " 建设路 十二 号", "渝北区建设路12号旁", "天上人间"]
    )
    assert (exact.match, exact.is_certain) == (Match.EXACT, True)
    assert (normal.match, normal.candidates[0].code) == (Match.NORMALISED, "A0")
    assert (alike.match, alike.is_certain) == (Match.FUZZY, False)
    assert alike.candidates[0].name == "建设路12号"
    assert (none.match, none.candidates) == (Match.NONE, ())


def test_another_house_number_is_never_likely():
    index = make_index(("人民大道东段112号", Point(1, 1)))
    (found,) = index.find(["人民大道东段113号"])
    assert found.candidates[0].likeness <= 0.6


def test_an_address_found_twice_is_ambiguous_unless_it_is_one_spot():
    index = make_index(
        ("中山路1号", Point(0, 0)),
        ("中山路1号", Point(500, 0)),
        ("中山路2号", Point(9, 9)),
        ("中山路2号", Point(9, 9.5)),
    )
    twice, same = index.find(["中山路1号", "中山路2号"])
    assert twice.is_ambiguous
    assert [c.code for c in twice.candidates] == ["A0", "A1"]
    assert same.is_certain


def test_streets_and_areas_are_stood_for_by_a_spot_on_them():
    index = make_index(("长街", LineString([(0, 0), (4, 0)])), ("北区", box(0, 0, 2, 2)))
    for text, shape in (("长街", LineString([(0, 0), (4, 0)])), ("北区", box(0, 0, 2, 2))):
        (found,) = index.find([text])
        assert index.points[found.candidates[0].row].distance(shape) == 0


def test_names_given_up_and_places_without_geometry_are_left_out():
    index = make_index(
        ("旧街1号", Point(0, 0)),
        ("新街1号", None),
        end_date=np.array(["2020-01-01", "NaT"], "datetime64[D]"),
    )
    assert len(index) == 0
    assert index.find(["旧街1号"])[0].match is Match.NONE


def test_an_answer_names_a_code_or_a_name_used_once():
    index = make_index(("甲", Point(0, 0)), ("甲", Point(9, 0)), ("乙", Point(1, 1)))
    assert index.named("A1") == 1
    assert index.named("乙") == 2
    assert index.named("甲") is None


def test_layers_that_cannot_serve_are_refused():
    with pytest.raises(WanggeError, match="no geometry"):
        AddressIndex(make_batch({"address_name": ["甲"]}))
    with pytest.raises(WanggeError, match="address_name"):
        AddressIndex(make_batch({"name": ["甲"]}, [Point(0, 0)]))
