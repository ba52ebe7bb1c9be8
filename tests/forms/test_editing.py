"""Setting and changing components by hand, without a window."""

from pathlib import Path

import pytest
from qgis.core import NULL, QgsGeometry, QgsProcessingContext, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime

from .conftest import make_layer


@pytest.fixture
def classes(census):
    from wangge.plugin.layers.component_entry import classes_of

    return classes_of(census.project)


def set_component(census, chosen, wkt, **values):
    from wangge.plugin.layers.component_entry import add_component, new_component

    layer = census["component"]
    feature = new_component(layer, QgsGeometry.fromWkt(wkt), chosen, values)
    add_component(layer, feature, "add")
    return feature


def rows(census, layer="component"):
    return list(census[layer].getFeatures())


def test_the_layers_of_each_kind_are_found(census):
    from wangge.plugin.layers.component_entry import component_layers

    found = {k.value: layer for k, layer in component_layers(census.project).items()}
    assert found == {
        "point": census["component"],
        "line": census["component_line"],
        "polygon": census["component_polygon"],
    }


def test_the_city_s_own_classes_are_known_though_its_profile_is_not_here(classes):
    assert classes["01999"].name_zh == "智慧灯杆（自定义）"
    assert [c.code for c in classes.search("zhdg")] == ["01999"]


def test_a_click_makes_a_whole_component_and_undo_takes_it_back(census, classes):
    set_component(census, classes["01001"], "POINT(150 50)", status="破损", note="x")
    (made,) = rows(census)
    assert made["class_code"] == "01001"
    assert made["major_code"] == "01"
    assert made["status"] == "破损"
    assert made["note"] == "x"
    assert made["grid_code"] == "500101001001002"
    assert made["component_code"] == "50010101001000001"
    census["component"].undoStack().undo()
    assert rows(census) == []


@pytest.mark.parametrize(
    ("x", "code", "near"), [(10.4, "01001", 1), (10.4, "01002", 0), (12.0, "01001", 0)]
)
def test_near_duplicates_are_of_the_same_class_and_within_the_distance(
    census, classes, x, code, near
):
    from wangge.plugin.layers.component_entry import near_components

    set_component(census, classes["01001"], "POINT(10 50)")
    found = near_components(
        [census["component"]],
        QgsGeometry.fromWkt(f"POINT({x} 50)"),
        census["component"],
        code,
        1.0,
    )
    assert len(found) == near
    for one in found:
        assert one.code == "50010101001000001"
        assert one.distance == pytest.approx(0.4, abs=0.01)


def test_near_duplicates_are_measured_in_metres_on_a_map_in_degrees(qgis_app, qgis_new_project):
    from wangge.plugin.layers.component_entry import near_components

    fields = ("component_code", "class_code", "component_name")
    row = ("POINT(106.5 29.5)", ("c", "01001", "供水井盖"))
    layer = make_layer("Point", fields, [row], crs="EPSG:4490")
    QgsProject.instance().addMapLayer(layer)
    beside = QgsGeometry.fromWkt("POINT(106.50001 29.5)")  # 0.97 m to the east
    (found,) = near_components([layer], beside, layer, "01001", 1.2)
    assert found.distance == pytest.approx(0.97, abs=0.01)
    assert near_components([layer], beside, layer, "01001", 0.9) == []


def test_many_are_changed_in_one_step(census, classes):
    from wangge.plugin.layers.component_editing import change_components

    for x in (10, 20, 30):
        set_component(census, classes["01001"], f"POINT({x} 50)")
    census.commit()
    layer = census["component"]
    ids = [f.id() for f in rows(census)][:2]
    changed = change_components(
        layer, ids, {"status": "破损", "authority_code": "11500101MB0000001A"}, "change"
    )
    assert changed == 2
    assert [f["status"] for f in rows(census)] == ["破损", "破损", "完好"]
    assert [f["authority_name"] for f in rows(census)] == ["市政设施管理处", "市政设施管理处", NULL]
    layer.undoStack().undo()
    assert {f["status"] for f in rows(census)} == {"完好"}
    assert change_components(layer, ids, {"status": "完好"}, "nothing") == 0


def test_a_new_class_brings_name_and_codes_that_nobody_has(census, classes):
    from wangge.plugin.layers.component_editing import change_components

    set_component(census, classes["01002"], "POINT(5 50)")
    for x in (10, 20):
        set_component(census, classes["01001"], f"POINT({x} 50)", subclass_code="0100101")
    census.commit()
    ids = [f.id() for f in rows(census) if f["class_code"] == "01001"]
    changed = change_components(census["component"], ids, {}, "class", chosen=classes["01002"])
    assert changed == 2
    assert sorted(f["component_code"] for f in rows(census)) == [
        f"5001010100200000{n}" for n in (1, 2, 3)
    ]
    assert {f["component_name"] for f in rows(census)} == {"污水井盖"}
    assert {f["subclass_code"] or NULL for f in rows(census)} == {NULL}


def test_codes_of_a_new_class_stay_in_the_team_s_block(census, classes):
    from wangge.forms.codes import set_code_block
    from wangge.plugin.errors import WanggeError
    from wangge.plugin.layers.component_editing import change_components

    for x in (10, 20):
        set_component(census, classes["01001"], f"POINT({x} 50)")
    census.commit()
    ids = [f.id() for f in rows(census)]
    set_code_block(census.project, 501, 501)
    with pytest.raises(WanggeError, match="501"):
        change_components(census["component"], ids, {}, "class", chosen=classes["01002"])
    assert {f["class_code"] for f in rows(census)} == {"01001"}
    set_code_block(census.project, 501, 600)
    change_components(census["component"], ids, {}, "class", chosen=classes["01002"])
    assert [f["component_code"][-6:] for f in rows(census)] == ["000501", "000502"]


def test_a_change_on_a_later_day_is_dated_in_bulk_too(census, classes):
    from wangge.plugin.layers.component_editing import change_components

    set_component(census, classes["01001"], "POINT(10 50)", first_date=QDate(2020, 1, 1))
    (row,) = rows(census)
    change_components(census["component"], [row.id()], {"status": "破损"}, "change")
    (row,) = rows(census)
    assert row["changed_date"] == QDate.currentDate()


def test_those_of_the_class_already_keep_their_subclass(census, classes):
    from wangge.plugin.layers.component_editing import change_components

    set_component(census, classes["01001"], "POINT(10 50)", subclass_code="0100101")
    set_component(census, classes["01002"], "POINT(20 50)")
    census.commit()
    ids = [f.id() for f in rows(census)]
    changed = change_components(census["component"], ids, {}, "class", chosen=classes["01001"])
    assert changed == 1
    assert [f["subclass_code"] or "" for f in rows(census)] == ["0100101", ""]


def test_a_cancelled_change_changes_nothing(census, classes):
    from wangge.plugin.errors import Cancelled
    from wangge.plugin.layers.component_editing import change_components
    from wangge.plugin.progress import Silent

    class Impatient(Silent):
        def __init__(self):
            self.seen = 0

        def report(self, fraction):
            self.seen += 1

        def is_cancelled(self):
            return self.seen > 1

    for x in range(120):
        set_component(census, classes["01001"], f"POINT({x} 50)")
    census.commit()
    ids = [f.id() for f in rows(census)]
    with pytest.raises(Cancelled):
        change_components(
            census["component"], ids, {"status": "破损"}, "change", progress=Impatient()
        )
    assert {f["status"] for f in rows(census)} == {"完好"}


def test_an_unknown_field_is_told_and_nothing_changes(census, classes):
    from wangge.plugin.errors import WanggeError
    from wangge.plugin.layers.component_editing import change_components

    set_component(census, classes["01001"], "POINT(10 50)")
    (row,) = rows(census)
    with pytest.raises(WanggeError, match="colour"):
        change_components(census["component"], [row.id()], {"colour": "red"}, "change")


def test_saved_changes_become_history(census, classes):
    from wangge.plugin.layers.component_history import HistoryKeeper

    failures = []
    layer = census["component"]
    set_component(census, classes["01001"], "POINT(10 50)")
    set_component(census, classes["01001"], "POINT(20 50)")
    census.commit()
    first, second = (f.id() for f in rows(census))
    keeper = HistoryKeeper(layer, failures.append)
    layer.startEditing()
    layer.changeAttributeValue(first, layer.fields().indexOf("status"), "破损")
    layer.changeAttributeValue(first, layer.fields().indexOf("note"), "not followed")
    layer.changeGeometry(first, QgsGeometry.fromWkt("POINT(150 50)"))
    layer.deleteFeature(second)
    assert rows(census, "component_history") == []
    census.commit()
    told = {(f["field"], f["old_value"], f["new_value"]) for f in rows(census, "component_history")}
    assert ("status", "完好", "破损") in told
    assert {field for field, _, _ in told} == {"status", "geometry", "deleted"}
    moved = next(one for one in told if one[0] == "geometry")
    assert "10" in moved[1]
    assert "150" in moved[2]
    assert failures == []
    keeper.stop()
    layer.startEditing()
    layer.changeAttributeValue(first, layer.fields().indexOf("status"), "完好")
    census.commit()
    assert len(rows(census, "component_history")) == 3


def test_discarded_changes_are_no_history(census, classes):
    from wangge.plugin.layers.component_history import HistoryKeeper

    layer = census["component"]
    set_component(census, classes["01001"], "POINT(10 50)")
    census.commit()
    keeper = HistoryKeeper(layer, lambda name: None)
    layer.startEditing()
    layer.changeAttributeValue(rows(census)[0].id(), layer.fields().indexOf("status"), "破损")
    layer.rollBack()
    layer.startEditing()
    census.commit()
    assert rows(census, "component_history") == []
    keeper.stop()


def test_a_project_without_components_has_no_layers(qgis_app, qgis_new_project):
    from wangge.plugin.layers.component_entry import classes_of, component_layers

    assert component_layers(QgsProject.instance()) == {}
    assert "01001" in classes_of(QgsProject.instance())


def test_what_a_device_without_wangge_changed_is_history_after_the_merge(census, classes, tmp_path):
    from wangge.plugin.census.project import merge_into_project
    from wangge.processing.census.pack_field_packages import PackFieldPackages

    from .conftest import Log

    set_component(census, classes["01001"], "POINT(10 50)")
    census.commit()
    (row,) = rows(census)
    context = QgsProcessingContext()
    context.setProject(census.project)
    given = {
        "INPUT": census["component"],
        "GRIDS": census["unit_grid"],
        "FOLDER": str(tmp_path / "out"),
    }
    assert PackFieldPackages().create().run(given, context, Log(), {}, False)[1]
    (package,) = (tmp_path / "out").iterdir()
    # QField: a layer edited with nobody listening.
    field = QgsVectorLayer(f"{package}/package.gpkg|layername=component", "field", "ogr")
    assert field.startEditing()
    (packed,) = field.getFeatures()
    field.changeAttributeValue(packed.id(), field.fields().indexOf("status"), "破损")
    assert field.commitChanges()
    container = Path(census["component"].source().split("|")[0])
    merge_into_project(container, "component", [package])
    table = census["component_history"]
    table.reload()
    (told,) = table.getFeatures()
    assert (told["uuid"], told["field"]) == (row["uuid"], "status")
    assert (told["old_value"], told["new_value"]) == ("完好", "破损")
    assert told["changed_by"] == package.name
    assert abs(told["changed_at"].secsTo(QDateTime.currentDateTime())) < 600
