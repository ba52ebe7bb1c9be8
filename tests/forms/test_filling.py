"""Fields that fill themselves, by plain QGIS expressions."""

import re

import pytest
from qgis.core import NULL, QgsExpressionContextUtils, QgsGeometry
from qgis.PyQt.QtCore import QDate


def test_a_click_fills_grid_community_street_name_and_code(census):
    feature = census.new("POINT(150 50)", class_code="01001")
    assert feature["grid_code"] == "500101001001002"
    assert feature["community_code"] == "500101001001"
    assert feature["community_name"] == "民权社区"
    assert feature["street_code"] == "500101001"
    assert feature["street_name"] == "解放碑街道"
    assert feature["component_name"] == "供水井盖"
    assert feature["component_code"] == "50010101001000001"
    assert feature["standard"] == "gbt47678_5_2026"
    assert feature["first_date"] == QDate.currentDate()
    assert feature["surveyor"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", feature["uuid"])


def test_each_new_component_gets_the_next_number(census):
    codes = [census.add(f"POINT({x} 50)", class_code="01001")["component_code"] for x in (10, 20)]
    other = census.add("POINT(30 50)", class_code="01002")["component_code"]
    census.commit()
    later = census.new("POINT(40 50)", class_code="01001")["component_code"]
    assert [*codes, later] == [f"5001010100100000{n}" for n in (1, 2, 3)]
    assert other == "50010101002000001"


def test_numbers_are_shared_by_points_lines_and_areas(census):
    census.add("POINT(10 50)", class_code="01001")
    census.add("LINESTRING(10 10,60 10)", layer="component_line", class_code="01001")
    area = census.new(
        "POLYGON((10 10,20 10,20 20,10 10))", layer="component_polygon", class_code="01001"
    )
    assert area["component_code"] == "50010101001000003"


def test_a_team_gives_only_numbers_of_its_block(census):
    from wangge.forms.codes import set_code_block

    set_code_block(census.project, 2001, 2002)
    given = [census.add(f"POINT({x} 50)", class_code="01001")["component_code"] for x in (1, 2, 3)]
    assert given[:2] == ["50010101001002001", "50010101001002002"]
    assert given[2] in (None, NULL)


def test_no_code_without_class_or_district(census):
    QgsExpressionContextUtils.setProjectVariable(census.project, "wangge_district_code", "")
    assert census.new("POINT(50 50)")["component_code"] in (None, NULL)
    assert census.new("POINT(9000 50)", class_code="01001")["component_code"] in (None, NULL)
    QgsExpressionContextUtils.setProjectVariable(census.project, "wangge_district_code", "500199")
    outside = census.new("POINT(9000 50)", class_code="01001")
    assert outside["component_code"] == "50019901001000001"


def test_on_a_border_the_smallest_code_wins(census):
    assert census.new("POINT(200 50)")["grid_code"] == "500101001001002"
    assert census.new("POINT(100 50)")["grid_code"] == "500101001001001"


@pytest.mark.parametrize(
    ("wkt", "layer", "cell"),
    [
        ("LINESTRING(80 50,190 50)", "component_line", "500101001001002"),
        ("LINESTRING(10 50,120 50)", "component_line", "500101001001001"),
        ("POLYGON((60 10,110 10,110 20,60 20,60 10))", "component_polygon", "500101001001001"),
        ("POLYGON((290 10,390 10,390 20,290 20,290 10))", "component_polygon", "500101002001002"),
    ],
)
def test_lines_and_areas_go_where_most_of_them_lies(census, wkt, layer, cell):
    assert census.new(wkt, layer=layer)["grid_code"] == cell


def test_a_moved_component_takes_its_new_place(census):
    census.add("POINT(150 50)", class_code="01001")
    census.commit()
    layer = census["component"]
    layer.startEditing()
    fid = next(layer.getFeatures()).id()
    layer.changeGeometry(fid, QgsGeometry.fromWkt("POINT(350 50)"))
    moved = layer.getFeature(fid)
    assert moved["grid_code"] == "500101002001002"
    assert moved["community_name"] == "大溪社区"
    assert moved["street_name"] == "朝天门街道"
    assert moved["component_code"] == "50010101001000001"


def test_a_change_on_a_later_day_is_dated(census):
    census.add("POINT(150 50)", class_code="01001")
    census.commit()
    layer = census["component"]
    layer.startEditing()
    fid = next(layer.getFeatures()).id()
    field = layer.fields().indexOf
    layer.changeAttributeValue(fid, field("status"), "破损")
    assert layer.getFeature(fid)["changed_date"] in (None, NULL)
    layer.changeAttributeValue(fid, field("first_date"), QDate(2020, 1, 2))
    layer.changeAttributeValue(fid, field("status"), "完好")
    assert layer.getFeature(fid)["changed_date"] == QDate.currentDate()


def test_the_department_gives_its_name(census):
    feature = census.new("POINT(1 1)", authority_code="11500101MB0000002B")
    assert feature["authority_name"] == "园林绿化管理处"
    unknown = census.new("POINT(1 1)", authority_code="11500101MB0000009X")
    assert unknown["authority_name"] in (None, NULL)


def test_the_city_sets_the_accuracy_of_its_classes(census):
    assert census.new("POINT(1 1)", class_code="01999")["accuracy"] == "A"


def test_another_class_gives_another_code(census):
    census.add("POINT(150 50)", class_code="01001")
    census.commit()
    layer = census["component"]
    layer.startEditing()
    fid = next(layer.getFeatures()).id()
    layer.changeAttributeValue(fid, layer.fields().indexOf("class_code"), "01003")
    changed = layer.getFeature(fid)
    assert changed["component_code"] == "50010101003000001"
    assert changed["component_name"] == "雨水井盖"
