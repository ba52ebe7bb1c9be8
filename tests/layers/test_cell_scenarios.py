"""Scenarios of a layer of cells: kept beside it, brought back in one step."""

from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from wangge.plugin.errors import WanggeError
from wangge.plugin.grid.editing import halve_cell, merge_cells
from wangge.plugin.layers.cell_edits import read_near, write_edit
from wangge.plugin.layers.cell_scenarios import (
    delete_scenario,
    list_scenarios,
    restore_scenario,
    save_scenario,
    scenario_file,
)

HOME = "500112001001"
EVERYWHERE = QgsRectangle(-1e4, -1e4, 1e4, 1e4)


@pytest.fixture
def layer(tmp_path):
    """A row of five 100 m squares in a GeoPackage."""
    made = QgsVectorLayer(
        "Polygon?crs=EPSG:4547&field=grid_code:string(15)&field=community_code:string(12)"
        "&field=area_m2:double&field=start_date:date&field=end_date:date&field=load:double",
        "cells",
        "memory",
    )
    rows = []
    for i in range(5):
        feature = QgsFeature(made.fields())
        feature["grid_code"], feature["community_code"] = f"{HOME}{i + 1:03d}", HOME
        feature["area_m2"] = 10_000.0
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(100 * i, 0, 100 * i + 100, 100)))
        rows.append(feature)
    made.dataProvider().addFeatures(rows)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "unit_grid"
    path = str(tmp_path / "city.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(made, path, QgsCoordinateTransformContext(), options)
    return QgsVectorLayer(f"{path}|layername=unit_grid", "Unit grids", "ogr")


def state(layer):
    """Code -> (outline, load) of the active cells."""
    near = read_near(layer, EVERYWHERE)
    return {
        code: (shape.normalize().wkt, str(load))
        for code, shape, load in zip(near.codes, near.cells, near.loads, strict=True)
    }


def halve(layer, place):
    near = read_near(layer, EVERYWHERE)
    index = near.at(*place)
    write_edit(layer, near, halve_cell(near.cells, index), "Halve cell")


def test_a_scenario_brings_the_cells_back_in_one_step(layer):
    start = state(layer)
    save_scenario(layer, "现状")
    halve(layer, (50, 20))
    near = read_near(layer, EVERYWHERE)
    rows = [near.at(250, 50), near.at(350, 50)]
    write_edit(layer, near, merge_cells(near.cells, rows, near.communities), "Merge cells")
    changed = state(layer)
    assert changed != start
    steps = layer.undoStack().count()
    assert restore_scenario(layer, "现状", "Restore scenario") > 0
    assert state(layer) == start
    assert layer.undoStack().count() == steps + 1
    layer.undoStack().undo()
    assert state(layer) == changed


def test_edits_not_yet_saved_are_in_a_scenario(layer):
    halve(layer, (50, 20))
    halved = state(layer)
    assert save_scenario(layer, "halved").cells == 6
    layer.rollBack()
    restore_scenario(layer, "halved", "Restore scenario")
    assert state(layer) == halved


def test_saved_cells_that_a_scenario_has_not_end_and_keep_their_codes(layer):
    save_scenario(layer, "before")
    halve(layer, (50, 20))
    layer.commitChanges()
    restore_scenario(layer, "before", "Restore scenario")
    layer.commitChanges()
    ended = [f["grid_code"] for f in layer.getFeatures() if f["end_date"]]
    assert ended == [f"{HOME}006"]
    halve(layer, (50, 20))
    assert f"{HOME}007" in state(layer)


def test_nothing_happens_when_the_cells_are_as_in_the_scenario(layer):
    save_scenario(layer, "now")
    assert restore_scenario(layer, "now", "Restore scenario") == 0
    assert not layer.isEditable()


def test_scenarios_are_listed_and_deleted(layer):
    assert list_scenarios(layer) == ()
    save_scenario(layer, "A")
    save_scenario(layer, "方案 乙")
    assert {(s.name, s.cells) for s in list_scenarios(layer)} == {("A", 5), ("方案 乙", 5)}
    for scenario in list_scenarios(layer):
        assert QgsVectorLayer(scenario.source, "", "ogr").featureCount() == 5
    assert scenario_file(layer).name == "city_unit_grid_scenarios.gpkg"
    delete_scenario(layer, "A")
    assert [s.name for s in list_scenarios(layer)] == ["方案 乙"]
    delete_scenario(layer, "方案 乙")
    assert not Path(scenario_file(layer)).exists()


@pytest.mark.parametrize("name", ["", "  ", "a|b", 'a"b', "a/b", "x" * 61])
def test_names_that_no_table_can_have_are_refused(layer, name):
    with pytest.raises(WanggeError, match="Give the scenario a name"):
        save_scenario(layer, name)
    assert list_scenarios(layer) == ()


def test_a_name_is_given_once(layer):
    save_scenario(layer, "Plan")
    with pytest.raises(WanggeError, match="already"):
        save_scenario(layer, "plan")


def test_a_filtered_layer_is_refused(layer):
    save_scenario(layer, "all")
    layer.setSubsetString(f"grid_code = '{HOME}001'")
    with pytest.raises(WanggeError, match="Clear its filter"):
        restore_scenario(layer, "all", "Restore scenario")


def test_a_scenario_that_is_gone_is_told(layer):
    save_scenario(layer, "one")
    with pytest.raises(WanggeError, match="no scenario"):
        restore_scenario(layer, "other", "Restore scenario")


def test_a_layer_in_memory_needs_a_saved_project():
    cells = QgsVectorLayer("Polygon?crs=EPSG:4547&field=grid_code:string", "cells", "memory")
    with pytest.raises(WanggeError, match="Save the project first"):
        scenario_file(cells)
